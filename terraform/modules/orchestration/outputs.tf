output "state_machine_arns" {
  description = "The ARN of the state machine of each sequence."
  value       = { for sequence, machine in aws_sfn_state_machine.sequence : sequence => machine.arn }
}

output "log_groups" {
  description = "The log group of each sequence."
  value       = { for sequence, group in aws_cloudwatch_log_group.sequence : sequence => group.name }
}

output "topic_arn" {
  description = "The topic of notifications."
  value       = aws_sns_topic.notices.arn
}

output "dead_letter_queue" {
  description = "The name of the queue of what schedules could not start."
  value       = aws_sqs_queue.dead_letters.name
}

output "definitions" {
  description = "The definition of each sequence as Step Functions gets it."
  value       = local.definitions
}
