# What dev is. Account, source and addresses of people are not for this file: README.md, "Deploy dev".
environment = "dev"
region      = "us-east-1"

# A slice of the snapshot is enough to try a change.
job_sizes = {
  "infobase-split-and-bucket"    = { number_of_workers = 4 }
  "infobase-split-and-part"      = { number_of_workers = 4 }
  "addressable-bucket"           = { number_of_workers = 2 }
  "addressable-split-and-part"   = { number_of_workers = 2 }
  "generate-data-monitor-report" = { number_of_workers = 2 }
}

log_retention_days = 14
log_execution_data = true
tell_of_job_runs   = false
versioned_data     = false
schedules          = {}
monitor_schedule   = null
max_hours          = { bucketed = 6, partitioned = 6 }
