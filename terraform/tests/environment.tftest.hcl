# Run once with each file of environments/: -var-file=environments/dev.tfvars.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mocked" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111122223333:log-group:mocked" }
  }
  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:us-east-1:111122223333:stateMachine:mocked" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:111122223333:mocked" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:us-east-1:111122223333:mocked" }
  }
  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:mocked" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mocked" }
  }
}

variables {
  account_id  = "111122223333"
  source_root = "s3://raw-bucket/opus/"
  jars        = { "1.0.0" = "../jobs/target/jobs.jar" }
  jar_version = "1.0.0"
}

run "the_environment_is_in_every_name" {
  command = plan
  assert {
    condition     = alltrue([for job, name in output.job_names : name == "etl-omc-flywheel-${var.environment}-${job}"])
    error_message = "A job is not called etl-omc-flywheel-<environment>-<job>."
  }
  assert {
    condition     = alltrue([for alarm in output.alarms : startswith(alarm, "etl-omc-flywheel-${var.environment}-")]) && output.dashboard == "etl-omc-flywheel-${var.environment}"
    error_message = "An alarm or the dashboard is not of this environment."
  }
  assert {
    condition     = output.roots.split_cluster == "s3://etl-omc-flywheel-${var.environment}-111122223333-lake/split_cluster/"
    error_message = "The data lies elsewhere."
  }
}

run "the_sequences_start_jobs_that_are_there" {
  command = plan
  assert {
    condition = alltrue(flatten([for definition in values(module.orchestration.definitions) :
      [for name in distinct(flatten(regexall("\"JobName\": \"([^\"]+)\"", definition))) : contains(values(output.job_names), name)]
    ]))
    error_message = "A sequence starts a job that is not made."
  }
  assert {
    condition     = length(distinct(flatten([for definition in values(module.orchestration.definitions) : flatten(regexall("\"JobName\": \"([^\"]+)\"", definition))]))) == length(output.job_names)
    error_message = "A job is made that no sequence starts."
  }
}

run "jobs_read_the_committed_mappings" {
  command = plan
  assert {
    condition     = output.jobs["infobase-split-and-bucket"].arguments["--CSV_FILE"] != output.jobs["infobase-split-and-part"].arguments["--CSV_FILE"]
    error_message = "Both pipelines have one mapping."
  }
  assert {
    condition = alltrue([for job in ["infobase-split-and-bucket", "infobase-split-and-part", "addressable-split-and-part"] :
      can(regex("^s3://etl-omc-flywheel-${var.environment}-111122223333-artifacts/mapping/[0-9a-f]{12}/omc_flywheel_[a-z_]+\\.csv$", output.jobs[job].arguments["--CSV_FILE"]))
    ])
    error_message = "A mapping is not named by what it holds."
  }
}

run "the_data_monitor_tells_the_topic_of_the_sequences" {
  command = plan
  assert {
    condition     = output.jobs["generate-data-monitor-report"].arguments["--SNS_TOPIC_ARN"] == "arn:aws:sns:us-east-1:111122223333:etl-omc-flywheel-${var.environment}-notices"
    error_message = "The data monitor tells another topic."
  }
}

run "what_is_there_is_not_made" {
  command = plan
  variables {
    create_buckets          = false
    create_databases        = false
    create_athena_workgroup = false
    data_bucket             = "lake-bucket"
    data_prefix             = "opus/"
    part_database           = "omc_flywheel_part"
  }
  assert {
    condition     = length(module.storage.bucket_arns) == 0 && length(module.storage.databases) == 0
    error_message = "A bucket or a database is made."
  }
  assert {
    condition     = output.jobs["register-part-tables"].arguments["--SOURCE_PATH"] == "s3://lake-bucket/opus/split_part/" && output.jobs["register-part-tables"].arguments["--STAGED_DB"] == "omc_flywheel_part"
    error_message = "Jobs do not use what is there."
  }
}

run "lake_formation_is_left_alone_unless_it_governs" {
  command = plan
  assert {
    condition     = length(module.lakeformation) == 0
    error_message = "Lake Formation is told of locations that nobody asked for."
  }
}

run "everything_can_be_switched_on" {
  variables {
    # It could not be taken away after the test.
    create_databases       = false
    kms_key_arn            = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555"
    source_kms_key_arn     = "arn:aws:kms:us-east-1:444455556666:key/11111111-2222-3333-4444-555555555555"
    topic_kms_key_arn      = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555"
    lake_formation         = true
    security_configuration = "flywheel"
    monitor_schedule       = { expression = "rate(7 days)" }
    schedules              = { bucketed = { expression = "rate(7 days)" }, partitioned = { expression = "rate(7 days)" } }
    success_within_days    = { bucketed = 7 }
    notification_emails    = ["somebody@example.com"]
    data_bucket            = "a-bucket-whose-name-is-as-long-as-the-names-of-buckets-may-be63"
    membership_id          = "00000000-1111-4222-8333-444444444444"
  }
  assert {
    condition     = output.jobs["addressable-bucket"].arguments["--KMS_KEY_ID"] == "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555"
    error_message = "Jobs do not encrypt with the key."
  }
  assert {
    condition     = alltrue([for policy in values(module.iam.policies) : length(jsonencode(policy)) <= 10240])
    error_message = "With everything on, a policy is longer than IAM takes."
  }
  assert {
    condition     = !strcontains(jsonencode(module.iam.policies), "_NONE_")
    error_message = "What is not there is the resource of a statement."
  }
}

run "another_accounts_number_is_refused" {
  command         = plan
  expect_failures = [var.account_id]
  variables {
    account_id = "1111-2222-3333"
  }
}
