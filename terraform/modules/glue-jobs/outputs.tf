output "job_names" {
  description = "The name on AWS of each job."
  value       = { for name, job in aws_glue_job.this : name => job.name }
}

output "log_groups" {
  description = "The log groups of each job: what it logs (<job>/error) and what it prints (<job>/output), under a security configuration that encrypts logs <job>/encrypted/error and <job>/encrypted/output."
  value       = { for key, group in aws_cloudwatch_log_group.jobs : key => group.name }
}

output "jar" {
  description = "The jar that all jobs run."
  value       = "s3://${local.artifacts_bucket}/${local.jar_key}"
}
