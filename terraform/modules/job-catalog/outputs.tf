output "job_prefix" {
  description = "What the names of all Glue jobs of this environment begin with."
  value       = local.job_prefix
}

output "jobs" {
  description = "Every job by its short name: Glue name, main class, role, workers, limits and arguments as Glue takes them."
  value       = local.jobs

  precondition {
    condition     = alltrue([for job in values(local.jobs) : length(job.glue_name) <= 255])
    error_message = "A Glue job has a name of more than 255 characters."
  }
  precondition {
    condition     = alltrue([for job in values(local.jobs) : alltrue([for value in values(job.arguments) : trimspace(value) != ""])])
    error_message = "jobs.json gives an argument no value; write _NONE_."
  }
}
