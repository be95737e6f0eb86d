output "alarms" {
  description = "The names of all alarms."
  value = concat(
    [for alarm in values(aws_cloudwatch_metric_alarm.failed) : alarm.alarm_name],
    [for alarm in values(aws_cloudwatch_metric_alarm.slow) : alarm.alarm_name],
    [for alarm in values(aws_cloudwatch_metric_alarm.stale) : alarm.alarm_name],
    [aws_cloudwatch_metric_alarm.dead_letters.alarm_name, aws_cloudwatch_metric_alarm.unfinished.alarm_name],
  )
}

output "dashboard" {
  description = "The name of the dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
