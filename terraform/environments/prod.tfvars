# What prod is. Account, source and addresses of people are not for this file: README.md, "Deploy dev".
environment = "prod"
region      = "us-east-1"

job_sizes = {}

log_retention_days = 365
log_execution_data = false
tell_of_job_runs   = true
versioned_data     = true

# The producer delivers in the first days of a month.
schedules = {
  bucketed    = { expression = "cron(0 2 6 * ? *)", time_zone = "America/New_York", flexible_minutes = 15 }
  partitioned = { expression = "cron(0 14 6 * ? *)", time_zone = "America/New_York", flexible_minutes = 15 }
}
# It says when the newest snapshot is older than FRESHNESS_DAYS, whatever the reason.
monitor_schedule = { expression = "cron(0 7 ? * MON *)", time_zone = "America/New_York" }
max_hours        = { bucketed = 10, partitioned = 10 }
