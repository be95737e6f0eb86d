output "job_names" {
  description = "The name on AWS of each job."
  value       = { for name, job in aws_glue_job.this : name => job.name }
}

output "log_groups" {
  description = "The log groups of all jobs: what they log (error) and what they print (output)."
  value       = { for kind, group in aws_cloudwatch_log_group.jobs : kind => group.name }
}

output "jar" {
  description = "The jar that all jobs run."
  value       = "s3://${local.artifacts_bucket}/${local.jar_key}"
}
