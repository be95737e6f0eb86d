mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111122223333:log-group:mocked" }
  }
  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:us-east-1:111122223333:stateMachine:mocked" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:111122223333:etl-omc-flywheel-dev-notices" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:us-east-1:111122223333:etl-omc-flywheel-dev-dead-letters" }
  }
}

variables {
  environment            = "dev"
  job_prefix             = "etl-omc-flywheel-dev-"
  partition              = "aws"
  region                 = "us-east-1"
  account                = "111122223333"
  state_machine_role_arn = "arn:aws:iam::111122223333:role/state-machine"
  scheduler_role_arn     = "arn:aws:iam::111122223333:role/scheduler"
  sns_topic_arn          = "arn:aws:sns:us-east-1:111122223333:etl-omc-flywheel-dev-notices"
  runs_root              = "s3://lake-bucket/opus/runs/"
  split_cluster_root     = "s3://lake-bucket/split_cluster/"
  split_part_root        = "s3://lake-bucket/split_part/"
}

run "each_file_is_a_state_machine" {
  assert {
    condition     = toset([for machine in values(aws_sfn_state_machine.sequence) : machine.name]) == toset(["etl-omc-flywheel-dev-bucketed", "etl-omc-flywheel-dev-partitioned"])
    error_message = "The state machines are not those of the files run-sequence/*.asl.json."
  }
  assert {
    condition     = alltrue([for machine in values(aws_sfn_state_machine.sequence) : machine.type == "STANDARD" && machine.logging_configuration[0].level == "ALL" && endswith(machine.logging_configuration[0].log_destination, ":*")])
    error_message = "A state machine is no standard one, or does not log everything."
  }
  assert {
    condition     = alltrue([for definition in values(output.definitions) : can(jsondecode(definition).StartAt) && !strcontains(definition, "$${")])
    error_message = "A definition is no JSON, or has a placeholder left."
  }
  assert {
    condition     = strcontains(output.definitions["bucketed"], "\"Bucket\": \"lake-bucket\"") && strcontains(output.definitions["bucketed"], "States.Format('opus/runs/bucketed/{}/snapshot.json'")
    error_message = "The decision is read from elsewhere than runs_root."
  }
  assert {
    condition     = alltrue([for definition in values(output.definitions) : strcontains(definition, output.topic_arn)])
    error_message = "A sequence tells another topic than the one that is made."
  }
}

run "nothing_starts_by_itself_without_a_schedule" {
  assert {
    condition     = length(aws_scheduler_schedule.sequence) == 0 && length(aws_scheduler_schedule.monitor) == 0
    error_message = "A sequence has a schedule that nobody asked for."
  }
}

run "a_schedule_starts_the_newest_snapshot" {
  variables {
    schedules = {
      partitioned = { expression = "cron(0 6 2 * ? *)", time_zone = "Europe/Berlin", flexible_minutes = 15 }
      bucketed    = { expression = "rate(7 days)", enabled = false, skip = ["addressable-bucket"] }
    }
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.sequence["partitioned"].target[0].input).snapshot_dt == "_NONE_"
    error_message = "A schedule does not ask for the newest snapshot."
  }
  assert {
    condition     = alltrue([for value in values(jsondecode(aws_scheduler_schedule.sequence["partitioned"].target[0].input)) : can(regex("^.+$", value))])
    error_message = "A value of the input is not a text, or empty."
  }
  assert {
    condition     = aws_scheduler_schedule.sequence["partitioned"].schedule_expression_timezone == "Europe/Berlin" && aws_scheduler_schedule.sequence["partitioned"].state == "ENABLED"
    error_message = "The schedule is not on, or in another time zone."
  }
  assert {
    condition     = aws_scheduler_schedule.sequence["partitioned"].flexible_time_window[0].mode == "FLEXIBLE" && aws_scheduler_schedule.sequence["bucketed"].flexible_time_window[0].mode == "OFF"
    error_message = "The window is not the one asked for."
  }
  assert {
    condition     = aws_scheduler_schedule.sequence["bucketed"].state == "DISABLED" && jsondecode(aws_scheduler_schedule.sequence["bucketed"].target[0].input).skip == "addressable-bucket"
    error_message = "The schedule is on, or skips nothing."
  }
  assert {
    condition     = alltrue([for schedule in values(aws_scheduler_schedule.sequence) : schedule.target[0].dead_letter_config[0].arn == aws_sqs_queue.dead_letters.arn && schedule.target[0].retry_policy[0].maximum_retry_attempts > 0])
    error_message = "What a schedule cannot start is lost."
  }
}

run "the_data_monitor_may_have_a_schedule_of_its_own" {
  variables {
    monitor_schedule = { expression = "rate(7 days)" }
  }
  assert {
    condition     = jsondecode(aws_scheduler_schedule.monitor[0].target[0].input).JobName == "etl-omc-flywheel-dev-generate-data-monitor-report" && aws_scheduler_schedule.monitor[0].target[0].arn == "arn:aws:scheduler:::aws-sdk:glue:startJobRun"
    error_message = "The schedule does not start the data monitor."
  }
}

run "a_schedule_of_an_unknown_sequence_is_refused" {
  command         = plan
  expect_failures = [var.schedules]
  variables {
    schedules = { monthly = { expression = "rate(7 days)" } }
  }
}

run "a_step_that_is_not_there_cannot_be_skipped" {
  command         = plan
  expect_failures = [var.schedules]
  variables {
    schedules = { bucketed = { expression = "rate(7 days)", skip = ["adressable-bucket"] } }
  }
}

run "an_expression_that_is_none_is_refused" {
  command         = plan
  expect_failures = [var.schedules]
  variables {
    schedules = { bucketed = { expression = "0 6 * * *" } }
  }
}

run "a_time_zone_that_is_none_is_refused" {
  command         = plan
  expect_failures = [var.schedules]
  variables {
    schedules = { bucketed = { expression = "rate(7 days)", time_zone = "berlin" } }
  }
}

run "an_address_that_is_none_is_refused" {
  command         = plan
  expect_failures = [var.notification_emails]
  variables {
    notification_emails = ["somebody"]
  }
}

run "the_topic_takes_no_other_accounts" {
  assert {
    condition     = alltrue([for statement in jsondecode(aws_sns_topic_policy.notices.policy).Statement : can(statement.Condition)])
    error_message = "A statement of the topic has no condition."
  }
  assert {
    condition     = strcontains(aws_sns_topic_policy.notices.policy, "aws:SecureTransport") && strcontains(aws_sqs_queue_policy.dead_letters.policy, "aws:SecureTransport")
    error_message = "The topic or the queue can be used without TLS."
  }
}
