output "state_machine_arns" {
  description = "The ARN of the state machine of each sequence."
  value       = module.orchestration.state_machine_arns
}

output "job_names" {
  description = "The name on AWS of each job."
  value       = module.glue_jobs.job_names
}

output "log_groups" {
  description = "The log groups of jobs (<job>/error, <job>/output) and of sequences."
  value       = merge(module.glue_jobs.log_groups, module.orchestration.log_groups)
}

output "role_arns" {
  description = "The ARN of each role."
  value       = module.iam.role_arns
}

output "roots" {
  description = "Where everything lies on S3."
  value       = merge(local.roots, { artifacts = local.artifacts_root, source = var.source_root, reports = "s3://${local.report_bucket}/" })
}

output "jar" {
  description = "The jar that all jobs run."
  value       = module.glue_jobs.jar
}

output "topic_arn" {
  description = "The topic of notifications."
  value       = module.orchestration.topic_arn
}

output "dashboard" {
  description = "The name of the dashboard."
  value       = module.monitoring.dashboard
}

output "alarms" {
  description = "The names of all alarms."
  value       = module.monitoring.alarms
}

output "jobs" {
  description = "Every job as the catalog evaluates it."
  value       = module.job_catalog.jobs
}
