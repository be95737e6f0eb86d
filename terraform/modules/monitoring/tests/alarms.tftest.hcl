mock_provider "aws" {
  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:mocked" }
  }
}

variables {
  job_prefix = "etl-omc-flywheel-dev-"
  region     = "us-east-1"
  state_machine_arns = {
    bucketed    = "arn:aws:states:us-east-1:111122223333:stateMachine:etl-omc-flywheel-dev-bucketed"
    partitioned = "arn:aws:states:us-east-1:111122223333:stateMachine:etl-omc-flywheel-dev-partitioned"
  }
  job_names         = { "addressable-bucket" = "etl-omc-flywheel-dev-addressable-bucket" }
  job_log_groups    = { "addressable-bucket/error" = "/aws-glue/etl-omc-flywheel-dev-addressable-bucket/error", "addressable-bucket/output" = "/aws-glue/etl-omc-flywheel-dev-addressable-bucket/output" }
  dead_letter_queue = "etl-omc-flywheel-dev-dead-letters"
  topic_arn         = "arn:aws:sns:us-east-1:111122223333:etl-omc-flywheel-dev-notices"
}

run "whatever_ends_badly_is_told_of" {
  assert {
    condition = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.failed) :
      toset([for query in alarm.metric_query : query.metric[0].metric_name if length(query.metric) > 0]) == toset(["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"])
    ])
    error_message = "An execution that failed, took too long or was stopped is not told of."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.failed) : alarm.evaluation_periods >= 3 && alarm.datapoints_to_alarm == 1])
    error_message = "A failure whose metric comes late is taken for none."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.failed) : contains(alarm.alarm_actions, var.topic_arn)]) && contains(aws_cloudwatch_metric_alarm.dead_letters.alarm_actions, var.topic_arn) && contains(aws_cloudwatch_metric_alarm.unfinished.alarm_actions, var.topic_arn)
    error_message = "An alarm tells nobody."
  }
  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.failed), values(aws_cloudwatch_metric_alarm.slow)) : length(alarm.alarm_description) <= 1024 && startswith(alarm.alarm_name, "etl-omc-flywheel-dev-")])
    error_message = "An alarm is not of this environment, or says more than CloudWatch takes."
  }
}

run "what_took_longer_than_usual_is_told_of" {
  variables {
    max_hours = { bucketed = 2 }
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.slow["bucketed"].threshold == 7200000 && aws_cloudwatch_metric_alarm.slow["partitioned"].threshold == 43200000
    error_message = "The time is not in milliseconds."
  }
}

run "a_sequence_that_does_not_start_any_more_is_told_of" {
  variables {
    success_within_days = { bucketed = 7 }
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.stale["bucketed"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.stale["bucketed"].evaluation_periods == 7 && aws_cloudwatch_metric_alarm.stale["bucketed"].period == 86400
    error_message = "Days without an execution do not count."
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.stale) == 1
    error_message = "A sequence that nobody named has an alarm."
  }
}

run "more_days_than_cloudwatch_looks_back_are_refused" {
  command         = plan
  expect_failures = [var.success_within_days]
  variables {
    success_within_days = { bucketed = 35 }
  }
}

run "a_sequence_that_is_not_there_is_refused" {
  command         = plan
  expect_failures = [var.success_within_days]
  variables {
    success_within_days = { monthly = 7 }
  }
}

run "what_was_killed_is_told_of" {
  assert {
    condition     = toset([for filter in values(aws_cloudwatch_log_metric_filter.unfinished) : filter.log_group_name]) == toset(values(var.job_log_groups))
    error_message = "A log group is not looked at."
  }
  assert {
    condition     = alltrue([for filter in values(aws_cloudwatch_log_metric_filter.unfinished) : filter.metric_transformation[0].name == aws_cloudwatch_metric_alarm.unfinished.metric_name && filter.metric_transformation[0].namespace == aws_cloudwatch_metric_alarm.unfinished.namespace])
    error_message = "The alarm looks at another metric than the filters write."
  }
  assert {
    condition = alltrue([for filter in values(aws_cloudwatch_log_metric_filter.unfinished) :
      strcontains(filter.pattern, "\"was left PREPARED\"") && strcontains(filter.pattern, "\"was left COMMITTING\"")
      && strcontains(file("../../../common/src/main/java/com/omc/flywheel/common/publish/Publication.java"), "run {} was left {} and is {} now")
    ])
    error_message = "The pattern is not what a job says that recovers a run."
  }
  assert {
    condition = alltrue([for filter in values(aws_cloudwatch_log_metric_filter.unfinished) :
      strcontains(filter.pattern, "\"has not ended\"")
      && strcontains(file("../../../common/src/main/java/com/omc/flywheel/common/quality/DataSetCheck.java"), "run %s has not ended ")
    ])
    error_message = "The pattern is not what the data monitor says of a run that did not end."
  }
}

run "only_jobs_of_this_environment_are_told_of" {
  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.job_runs[0].event_pattern).detail.jobName[0].prefix == "etl-omc-flywheel-dev-"
    error_message = "Jobs of others are told of."
  }
}

run "who_does_not_want_every_run_is_spared" {
  variables {
    tell_of_job_runs = false
  }
  assert {
    condition     = length(aws_cloudwatch_event_rule.job_runs) == 0 && length(aws_cloudwatch_event_target.job_runs) == 0
    error_message = "Every run is told of all the same."
  }
}

run "the_dashboard_shows_every_sequence" {
  assert {
    condition     = alltrue([for sequence in keys(var.state_machine_arns) : strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "${sequence}: executions")])
    error_message = "A sequence is not on the dashboard."
  }
}
