locals {
  sequences   = "${path.module}/../../../run-sequence"
  runs_bucket = split("/", trimprefix(var.runs_root, "s3://"))[0]

  # The same files that the local runner interprets.
  definitions = {
    for file in fileset(local.sequences, "*.asl.json") : trimsuffix(file, ".asl.json") => templatefile("${local.sequences}/${file}", {
      environment        = var.environment
      start_command      = "run-sequence/run aws"
      env_option         = " --env ${var.environment}"
      job_prefix         = var.job_prefix
      sns_topic_arn      = var.sns_topic_arn
      runs_root          = var.runs_root
      runs_bucket        = local.runs_bucket
      runs_prefix        = trimprefix(var.runs_root, "s3://${local.runs_bucket}/")
      split_cluster_root = var.split_cluster_root
      split_part_root    = var.split_part_root
    })
  }

  # What each sequence can leave out, as it asks itself; it takes no notice of another name.
  steps = { for sequence, definition in local.definitions : sequence =>
    flatten(regexall("StringSplit\\(\\$\\.input\\.skip, ','\\), '([a-z-]+)'", definition))
  }
}

resource "aws_cloudwatch_log_group" "sequence" {
  for_each = local.definitions

  # Under this prefix CloudWatch needs no resource policy of its own for each group: Step Functions developer guide, logging.
  name              = "/aws/vendedlogs/states/${var.job_prefix}${each.key}"
  retention_in_days = var.log_retention_days
}

resource "aws_sfn_state_machine" "sequence" {
  for_each = local.definitions

  name       = "${var.job_prefix}${each.key}"
  type       = "STANDARD"
  role_arn   = var.state_machine_role_arn
  definition = each.value

  logging_configuration {
    level                  = "ALL"
    include_execution_data = var.log_execution_data
    log_destination        = "${aws_cloudwatch_log_group.sequence[each.key].arn}:*"
  }

  tracing_configuration {
    enabled = var.tracing
  }

  lifecycle {
    precondition {
      condition     = length(each.value) <= 1048576
      error_message = "The definition of ${each.key} is larger than the 1 MB that Step Functions takes (quotas)."
    }
  }

  depends_on = [aws_sns_topic.notices]
}

resource "aws_sns_topic" "notices" {
  name              = reverse(split(":", var.sns_topic_arn))[0]
  kms_master_key_id = var.topic_kms_key_arn == "_NONE_" ? null : var.topic_kms_key_arn
}

resource "aws_sns_topic_policy" "notices" {
  arn = aws_sns_topic.notices.arn

  # Jobs and state machines publish by what their roles may.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AlarmsOfThisAccount"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = var.sns_topic_arn
        Condition = {
          StringEquals = { "aws:SourceAccount" = var.account }
          ArnLike      = { "aws:SourceArn" = "arn:${var.partition}:cloudwatch:${var.region}:${var.account}:alarm:${var.job_prefix}*" }
        }
      },
      {
        Sid       = "EventsOfThisAccount"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = var.sns_topic_arn
        Condition = {
          ArnLike = { "aws:SourceArn" = "arn:${var.partition}:events:${var.region}:${var.account}:rule/${var.job_prefix}*" }
        }
      },
      {
        Sid       = "OnlyByTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = var.sns_topic_arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = var.notification_emails

  topic_arn = aws_sns_topic.notices.arn
  protocol  = "email"
  endpoint  = each.value
}

# What a schedule could not start in an hour, for two weeks: SQS keeps nothing longer.
resource "aws_sqs_queue" "dead_letters" {
  name                      = "${var.job_prefix}dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyByTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.dead_letters.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_scheduler_schedule_group" "sequences" {
  name = trimsuffix(var.job_prefix, "-")
}

resource "aws_scheduler_schedule" "sequence" {
  for_each = var.schedules

  name                         = "${var.job_prefix}${each.key}"
  description                  = "Starts the sequence ${each.key} with the newest snapshot."
  group_name                   = aws_scheduler_schedule_group.sequences.name
  schedule_expression          = each.value.expression
  schedule_expression_timezone = each.value.time_zone
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode                      = each.value.flexible_minutes == 0 ? "OFF" : "FLEXIBLE"
    maximum_window_in_minutes = each.value.flexible_minutes == 0 ? null : each.value.flexible_minutes
  }

  target {
    arn      = aws_sfn_state_machine.sequence[each.key].arn
    role_arn = var.scheduler_role_arn

    input = jsonencode({
      snapshot_dt           = "_NONE_"
      tables                = "_NONE_"
      force                 = "false"
      allow_mixed_snapshots = tostring(each.value.allow_mixed_snapshots)
      allow_dropped_columns = tostring(each.value.allow_dropped_columns)
      skip                  = length(each.value.skip) == 0 ? "_NONE_" : join(",", each.value.skip)
    })

    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 20
    }

    dead_letter_config {
      arn = aws_sqs_queue.dead_letters.arn
    }
  }
}

# A sequence that does not start any more tells nobody; this one asks how old the newest snapshot is.
resource "aws_scheduler_schedule" "monitor" {
  count = var.monitor_schedule == null ? 0 : 1

  name                         = "${var.job_prefix}generate-data-monitor-report"
  description                  = "Starts the data monitor, whether or not a sequence runs."
  group_name                   = aws_scheduler_schedule_group.sequences.name
  schedule_expression          = var.monitor_schedule.expression
  schedule_expression_timezone = var.monitor_schedule.time_zone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:${var.partition}:scheduler:::aws-sdk:glue:startJobRun"
    role_arn = var.scheduler_role_arn
    input    = jsonencode({ JobName = "${var.job_prefix}generate-data-monitor-report" })

    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 20
    }

    dead_letter_config {
      arn = aws_sqs_queue.dead_letters.arn
    }
  }
}
