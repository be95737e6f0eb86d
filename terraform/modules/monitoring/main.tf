locals {
  namespace = "Flywheel"
  unnamed   = trimsuffix(var.job_prefix, "-")

  # What jobs say of a run that did not come to its end: the data monitor's alerts (DataSetCheck: "run ... has not ended
  # (...)", "run ... has not ended its versions of ...") and who recovers one (Publication: "run ... was left ... and is ...
  # now"). Terms after a question mark are alternatives.
  unfinished_pattern = "?\"has not ended\" ?\"was left PREPARED\" ?\"was left COMMITTING\""
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  for_each = var.state_machine_arns

  alarm_name          = "${var.job_prefix}${each.key}-failed"
  alarm_description   = "An execution of ${each.key} failed, was stopped or took too long. Its notification names step, cause and command; else see the execution."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  # FILL also fills the newest period, which a metric that comes late has not reached yet; so the periods before it are looked
  # at again: CloudWatch user guide, metric math.
  evaluation_periods  = 3
  datapoints_to_alarm = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]

  metric_query {
    id          = "ended_badly"
    label       = "Executions that did not succeed"
    expression  = "FILL(failed, 0) + FILL(timed_out, 0) + FILL(aborted, 0)"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { failed = "ExecutionsFailed", timed_out = "ExecutionsTimedOut", aborted = "ExecutionsAborted" }
    content {
      id = metric_query.key
      metric {
        namespace   = "AWS/States"
        metric_name = metric_query.value
        dimensions  = { StateMachineArn = each.value }
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  for_each = var.state_machine_arns

  alarm_name          = "${var.job_prefix}${each.key}-slow"
  alarm_description   = "An execution of ${each.key} took longer than ${lookup(var.max_hours, each.key, 12)} hours. Look which step: the dashboard has the time of each job."
  namespace           = "AWS/States"
  metric_name         = "ExecutionTime"
  dimensions          = { StateMachineArn = each.value }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  # The metric is in milliseconds.
  threshold          = lookup(var.max_hours, each.key, 12) * 3600 * 1000
  period             = 300
  evaluation_periods = 1
  treat_missing_data = "notBreaching"
  alarm_actions      = [var.topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "stale" {
  for_each = var.success_within_days

  alarm_name          = "${var.job_prefix}${each.key}-stale"
  alarm_description   = "No execution of ${each.key} has succeeded for ${each.value} days. See whether its schedule is on, whether something lies in the dead-letter queue, and whether there is a new snapshot."
  namespace           = "AWS/States"
  metric_name         = "ExecutionsSucceeded"
  dimensions          = { StateMachineArn = var.state_machine_arns[each.key] }
  statistic           = "Sum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 86400
  evaluation_periods  = each.value
  # A day without an execution has no data: that is what is looked for.
  treat_missing_data = "breaching"
  alarm_actions      = [var.topic_arn]
  ok_actions         = [var.topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${var.job_prefix}dead-letters"
  alarm_description   = "A schedule could not start what it should. The message in the queue ${var.dead_letter_queue} says why (its attributes ERROR_CODE and ERROR_MESSAGE)."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = var.dead_letter_queue }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
}

resource "aws_cloudwatch_log_metric_filter" "unfinished" {
  for_each = var.job_log_groups

  name           = "${var.job_prefix}unfinished-${replace(each.key, "/", "-")}"
  log_group_name = each.value
  pattern        = local.unfinished_pattern

  metric_transformation {
    namespace = local.namespace
    name      = "${var.job_prefix}unfinished-runs"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "unfinished" {
  alarm_name          = "${var.job_prefix}unfinished-runs"
  alarm_description   = "A job found a run that had not come to its end: it was killed, and readers may have seen old and new files together. run-sequence/run local status s3://... --aws says what is left; the job with --RECOVER_ONLY true settles it."
  namespace           = local.namespace
  metric_name         = "${var.job_prefix}unfinished-runs"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
}

resource "aws_cloudwatch_event_rule" "job_runs" {
  count = var.tell_of_job_runs ? 1 : 0

  name        = "${var.job_prefix}job-runs"
  description = "Runs of jobs of this environment that failed or took too long."

  event_pattern = jsonencode({
    source        = ["aws.glue"]
    "detail-type" = ["Glue Job State Change"]
    detail = {
      jobName = [{ prefix = var.job_prefix }]
      state   = ["FAILED", "TIMEOUT"]
    }
  })
}

resource "aws_cloudwatch_event_target" "job_runs" {
  count = var.tell_of_job_runs ? 1 : 0

  rule = aws_cloudwatch_event_rule.job_runs[0].name
  arn  = var.topic_arn

  input_transformer {
    input_paths = {
      job     = "$.detail.jobName"
      run     = "$.detail.jobRunId"
      state   = "$.detail.state"
      message = "$.detail.message"
    }
    # A message may have quotation marks and lines, which only a value of its own has escaped.
    input_template = "{\"job\": <job>, \"run\": <run>, \"state\": <state>, \"message\": <message>}"
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = local.unnamed

  dashboard_body = jsonencode({
    widgets = concat(
      [
        {
          type   = "alarm"
          x      = 0
          y      = 0
          width  = 24
          height = 3
          properties = {
            title = "Alarms"
            alarms = concat(
              [for alarm in values(aws_cloudwatch_metric_alarm.failed) : alarm.arn],
              [for alarm in values(aws_cloudwatch_metric_alarm.slow) : alarm.arn],
              [for alarm in values(aws_cloudwatch_metric_alarm.stale) : alarm.arn],
              [aws_cloudwatch_metric_alarm.dead_letters.arn, aws_cloudwatch_metric_alarm.unfinished.arn],
            )
          }
        },
      ],
      flatten([for row, sequence in keys(var.state_machine_arns) : [
        {
          type   = "metric"
          x      = 0
          y      = 3 + row * 6
          width  = 12
          height = 6
          properties = {
            title  = "${sequence}: executions"
            region = var.region
            stat   = "Sum"
            period = 86400
            view   = "timeSeries"
            metrics = [
              for name in ["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"] :
              ["AWS/States", name, "StateMachineArn", var.state_machine_arns[sequence]]
            ]
          }
        },
        {
          type   = "metric"
          x      = 12
          y      = 3 + row * 6
          width  = 12
          height = 6
          properties = {
            title   = "${sequence}: milliseconds an execution took"
            region  = var.region
            stat    = "Maximum"
            period  = 86400
            view    = "timeSeries"
            metrics = [["AWS/States", "ExecutionTime", "StateMachineArn", var.state_machine_arns[sequence]]]
          }
        },
      ]]),
      [
        {
          type   = "metric"
          x      = 0
          y      = 3 + length(var.state_machine_arns) * 6
          width  = 12
          height = 8
          properties = {
            title  = "Milliseconds a job took"
            region = var.region
            stat   = "Maximum"
            period = 86400
            view   = "timeSeries"
            metrics = [
              for job, name in var.job_names : ["Glue", "glue.driver.aggregate.elapsedTime", "JobName", name, "JobRunId", "ALL", "Type", "count", { label = job }]
            ]
          }
        },
        {
          type   = "log"
          x      = 12
          y      = 3 + length(var.state_machine_arns) * 6
          width  = 12
          height = 8
          properties = {
            title  = "What jobs warned of"
            region = var.region
            view   = "table"
            query = join("", concat(
              [for name in values(var.job_log_groups) : "SOURCE '${name}' | "],
              ["fields @timestamp, @logStream, @message | filter @message like /WARN|ERROR/ | sort @timestamp desc | limit 50"],
            ))
          }
        },
      ],
    )
  })
}
