locals {
  name_of = { for role in keys(local.permissions) : role => "${var.job_prefix}${role}" }

  # "s3://bucket/prefix/" is "bucket/prefix/" in the ARN of objects and "bucket" in that of the bucket.
  locations = {
    source         = trimprefix(var.source_root, "s3://")
    split_cluster  = trimprefix(var.split_cluster_root, "s3://")
    split_part     = trimprefix(var.split_part_root, "s3://")
    bucketed       = trimprefix(var.bucketed_root, "s3://")
    identity       = trimprefix(var.identity_root, "s3://")
    runs           = trimprefix(var.runs_root, "s3://")
    athena_results = trimprefix(var.athena_results, "s3://")
    artifacts      = trimprefix(var.artifacts_root, "s3://")
  }
  buckets = { for name, location in local.locations : "${name}_bucket" => split("/", location)[0] }

  # What jobs are told by arguments, or what they do when they are told nothing: jobs/README.md.
  told = { for name, job in var.jobs : name => { for argument, value in job.arguments : argument => value if value != "_NONE_" } }
  names = {
    staged_database          = local.told["register-staged-tables"]["--DATABASE"]
    final_database           = local.told["create-athena-bucketed-tables"]["--FINAL_DB"]
    part_database            = local.told["register-part-tables"]["--STAGED_DB"]
    staged_prefix            = lookup(local.told["register-staged-tables"], "--TABLE_PREFIX", "ext_")
    bucketed_prefix          = lookup(local.told["create-athena-bucketed-tables"], "--TABLE_PREFIX", "bucketed_")
    part_prefix              = lookup(local.told["register-part-tables"], "--TABLE_PREFIX", "part_")
    id_table                 = lookup(local.told["create-part-addressable-ids-er-table"], "--TARGET_TABLE", "part_addressable_ids_er")
    athena_workgroup         = lookup(local.told["prepare-part-tables"], "--WORKGROUP", "_NONE_")
    membership_id            = lookup(local.told["generate-cleanrooms-report"], "--MEMBERSHIP_ID", "*")
    cleanrooms_report_prefix = lookup(local.told["generate-cleanrooms-report"], "--REPORT_PREFIX", "cleanrooms-reports/")
    monitor_report_prefix    = lookup(local.told["generate-data-monitor-report"], "--REPORT_PREFIX", "data-monitor-reports/")
  }

  permissions = jsondecode(templatefile("${path.module}/permissions.json", merge(local.locations, local.buckets, local.names, {
    partition          = var.partition
    region             = var.region
    account            = var.account
    job_prefix         = var.job_prefix
    report_bucket      = var.report_bucket
    sns_topic_arn      = var.sns_topic_arn
    kms_key_arn        = var.kms_key_arn
    source_kms_key_arn = var.source_kms_key_arn
    topic_kms_key_arn  = var.topic_kms_key_arn
  })))

  # Jobs that build by Spark and repair by the catalog alone need no Athena; they take either in any case of its letters.
  by_athena = contains([for choice in [
    lookup(local.told["create-athena-bucketed-tables"], "--ENGINE", "athena"),
    lookup(local.told["create-part-addressable-ids-er-table"], "--ENGINE", "athena"),
    lookup(local.told["prepare-part-tables"], "--REPAIR", "athena"),
  ] : lower(choice)], "athena")
  holds = {
    athena                   = local.by_athena
    kms                      = var.kms_key_arn != "_NONE_"
    "source-kms"             = var.source_kms_key_arn != "_NONE_"
    "topic-kms"              = var.topic_kms_key_arn != "_NONE_"
    lakeformation            = var.lake_formation
    "security-configuration" = var.security_configuration
    "monitor-schedule"       = var.monitor_schedule
    tracing                  = var.tracing
  }

  policies = {
    for role, statements in local.permissions : role => {
      Version = "2012-10-17"
      Statement = [
        for statement in statements : merge(
          {
            Sid      = statement.sid
            Effect   = "Allow"
            Action   = statement.actions
            Resource = distinct(statement.resources)
          },
          { for key, conditions in statement : "Condition" => conditions if key == "conditions" },
        ) if try(local.holds[statement.when], !can(statement.when))
      ]
    }
  }

  # Who may take on a role, and for which resources, however the service is asked (confused deputy). AWS does not say that
  # Glue names the job for which it takes on a role, so that is compared only where it does.
  trusted = merge(
    { for role in ["data", "catalog", "reports"] : role => {
      service = "glue.amazonaws.com"
      source  = "arn:${var.partition}:glue:${var.region}:${var.account}:*"
      suffix  = "IfExists"
    } },
    {
      "state-machine" = {
        service = "states.amazonaws.com"
        source  = "arn:${var.partition}:states:${var.region}:${var.account}:stateMachine:${var.job_prefix}*"
        suffix  = ""
      }
      scheduler = {
        service = "scheduler.amazonaws.com"
        source  = "arn:${var.partition}:scheduler:${var.region}:${var.account}:schedule-group/${trimsuffix(var.job_prefix, "-")}"
        suffix  = ""
      }
    }
  )
}

resource "aws_iam_role" "this" {
  for_each = local.policies

  name        = local.name_of[each.key]
  description = "Flywheel ETL: what ${each.key} may do, as permissions.json says."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = local.trusted[each.key].service }
      Condition = {
        "StringEquals${local.trusted[each.key].suffix}" = { "aws:SourceAccount" = var.account }
        "ArnLike${local.trusted[each.key].suffix}"      = { "aws:SourceArn" = local.trusted[each.key].source }
      }
    }]
  })

  lifecycle {
    precondition {
      condition     = length(local.name_of[each.key]) <= 64
      error_message = "The role ${local.name_of[each.key]} has a name of more than 64 characters (AWS IAM quotas)."
    }
  }
}

resource "aws_iam_role_policy" "this" {
  for_each = local.policies

  name   = "permissions"
  role   = aws_iam_role.this[each.key].id
  policy = jsonencode(each.value)

  lifecycle {
    precondition {
      condition     = length(jsonencode(each.value)) <= 10240
      error_message = "The policy of ${each.key} has more than 10240 characters, what IAM takes inline for a role (AWS IAM quotas)."
    }
  }
}
