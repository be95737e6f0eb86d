mock_provider "aws" {}

variables {
  job_prefix         = "etl-omc-flywheel-dev-"
  partition          = "aws"
  region             = "us-east-1"
  account            = "111122223333"
  source_root        = "s3://raw-bucket/opus/"
  split_cluster_root = "s3://lake-bucket/split_cluster/"
  split_part_root    = "s3://lake-bucket/split_part/"
  bucketed_root      = "s3://lake-bucket/bucketed/"
  identity_root      = "s3://lake-bucket/identity/"
  runs_root          = "s3://lake-bucket/runs/"
  athena_results     = "s3://results-bucket/athena/"
  artifacts_root     = "s3://artifact-bucket/flywheel/"
  report_bucket      = "report-bucket"
  sns_topic_arn      = "arn:aws:sns:us-east-1:111122223333:etl-omc-flywheel-dev-notices"
  jobs = {
    "register-staged-tables"               = { role = "catalog", arguments = { "--DATABASE" = "staged_db" } }
    "create-athena-bucketed-tables"        = { role = "catalog", arguments = { "--FINAL_DB" = "final_db", "--ENGINE" = "athena" } }
    "register-part-tables"                 = { role = "catalog", arguments = { "--STAGED_DB" = "part_db", "--TABLE_PREFIX" = "_NONE_" } }
    "prepare-part-tables"                  = { role = "catalog", arguments = { "--REPAIR" = "athena", "--WORKGROUP" = "flywheel" } }
    "create-part-addressable-ids-er-table" = { role = "catalog", arguments = { "--ENGINE" = "athena" } }
    "generate-cleanrooms-report"           = { role = "reports", arguments = { "--MEMBERSHIP_ID" = "_NONE_" } }
    "generate-data-monitor-report"         = { role = "reports", arguments = { "--REPORT_PREFIX" = "monitor/" } }
  }
}

run "there_is_a_role_of_each_kind" {
  command = plan

  assert {
    condition     = toset(keys(output.policies)) == toset(["data", "catalog", "reports", "state-machine", "scheduler"])
    error_message = "The roles are data, catalog, reports, state-machine and scheduler."
  }
  assert {
    condition     = alltrue([for role, made in aws_iam_role.this : made.name == "etl-omc-flywheel-dev-${role}"])
    error_message = "A role is not called after its environment and kind."
  }
  assert {
    condition     = alltrue([for made in values(aws_iam_role.this) : strcontains(made.assume_role_policy, "aws:SourceAccount") && strcontains(made.assume_role_policy, "aws:SourceArn")])
    error_message = "A role trusts a service whoever asks it."
  }
  assert {
    condition     = !strcontains(jsonencode(output.policies), "$${")
    error_message = "A placeholder was left in a policy."
  }
}

run "everything_is_a_prefix_where_aws_has_one" {
  command = plan

  assert {
    condition = alltrue(flatten([for policy in values(output.policies) : [for statement in policy.Statement : [
      for resource in statement.Resource : contains(
        [
          "WriteMetrics", "WriteLogs", "WriteTraces", "QueryRegisteredLocations", "ListCleanRooms", "ListEntityResolution"
        ],
        statement.Sid
      ) if resource == "*"
    ]]]))
    error_message = "A statement that AWS has resources for is for all of them."
  }
  assert {
    condition     = !strcontains(jsonencode([for policy in values(output.policies) : [for statement in policy.Statement : statement.Action]]), "*")
    error_message = "An action is not spelled out."
  }
  assert {
    condition     = alltrue(flatten([for statement in output.policies["reports"].Statement : [for action in statement.Action : !can(regex("Delete|Create(Table|Partition)|Update|Abort", action))]]))
    error_message = "The reports may change something."
  }
  assert {
    condition     = !strcontains(jsonencode(output.policies["data"]), "glue:")
    error_message = "The splits may use the catalog."
  }
  assert {
    condition = alltrue(flatten([for policy in values(output.policies) : [for statement in policy.Statement :
      alltrue([for resource in statement.Resource : !strcontains(resource, "raw-bucket")]) || statement.Sid == "ListBuckets" || statement.Action == ["s3:GetObject"]
    ]]))
    error_message = "Somebody may write the source."
  }
}

run "what_jobs_are_told_is_what_their_roles_may" {
  command = plan

  assert {
    condition     = contains(flatten([for statement in output.policies["catalog"].Statement : statement.Resource if statement.Sid == "WriteTables"]), "arn:aws:glue:us-east-1:111122223333:table/part_db/part_*")
    error_message = "An absent prefix is not the job's default."
  }
  assert {
    condition     = contains(flatten([for statement in output.policies["reports"].Statement : statement.Resource if statement.Sid == "WriteReports"]), "arn:aws:s3:::report-bucket/monitor/*")
    error_message = "The folder of reports is not the one that the job was told."
  }
  assert {
    condition     = contains(flatten([for statement in output.policies["reports"].Statement : statement.Resource if statement.Sid == "ReadTheMembership"]), "arn:aws:cleanrooms:us-east-1:111122223333:membership/*")
    error_message = "Without a membership all of the account can be read."
  }
}

run "nothing_is_allowed_that_is_not_used" {
  command = plan

  assert {
    condition     = !strcontains(jsonencode(output.policies), "kms:") && !strcontains(jsonencode(output.policies), "lakeformation:") && !strcontains(jsonencode(output.policies), "AssociateKmsKey") && !strcontains(jsonencode(output.policies["scheduler"]), "glue:")
    error_message = "Without a key, Lake Formation and a security configuration there is nothing to allow for them."
  }
  assert {
    condition     = !strcontains(jsonencode(output.policies), "_NONE_")
    error_message = "What is not there is the resource of a statement."
  }
}

run "without_athena_nobody_may_query" {
  command = plan

  variables {
    tracing = false
    jobs = {
      "register-staged-tables"               = { role = "catalog", arguments = { "--DATABASE" = "staged_db" } }
      "create-athena-bucketed-tables"        = { role = "catalog", arguments = { "--FINAL_DB" = "final_db", "--ENGINE" = "spark" } }
      "register-part-tables"                 = { role = "catalog", arguments = { "--STAGED_DB" = "part_db" } }
      "prepare-part-tables"                  = { role = "catalog", arguments = { "--REPAIR" = "catalog" } }
      "create-part-addressable-ids-er-table" = { role = "catalog", arguments = { "--ENGINE" = "spark" } }
      "generate-cleanrooms-report"           = { role = "reports", arguments = {} }
      "generate-data-monitor-report"         = { role = "reports", arguments = {} }
    }
  }

  assert {
    condition     = !strcontains(jsonencode(output.policies), "athena:") && !strcontains(jsonencode(output.policies), "results-bucket")
    error_message = "A job that uses no Athena may query."
  }
  assert {
    condition     = !strcontains(jsonencode(output.policies), "xray:")
    error_message = "An execution that is not traced may write traces."
  }
}

run "a_job_that_is_not_told_uses_athena" {
  command = plan

  variables {
    jobs = {
      "register-staged-tables"               = { role = "catalog", arguments = { "--DATABASE" = "staged_db" } }
      "create-athena-bucketed-tables"        = { role = "catalog", arguments = { "--FINAL_DB" = "final_db", "--ENGINE" = "spark" } }
      "register-part-tables"                 = { role = "catalog", arguments = { "--STAGED_DB" = "part_db" } }
      "prepare-part-tables"                  = { role = "catalog", arguments = { "--REPAIR" = "_NONE_", "--WORKGROUP" = "primary" } }
      "create-part-addressable-ids-er-table" = { role = "catalog", arguments = { "--ENGINE" = "Spark" } }
      "generate-cleanrooms-report"           = { role = "reports", arguments = {} }
      "generate-data-monitor-report"         = { role = "reports", arguments = {} }
    }
  }

  assert {
    condition     = strcontains(jsonencode(output.policies), "athena:StartQueryExecution")
    error_message = "A job that repairs by Athena unless it is told otherwise may not query."
  }
}

run "with_keys_each_role_may_use_its_own" {
  command = plan

  variables {
    kms_key_arn            = "arn:aws:kms:us-east-1:111122223333:key/data"
    source_kms_key_arn     = "arn:aws:kms:us-east-1:111122223333:key/source"
    topic_kms_key_arn      = "arn:aws:kms:us-east-1:111122223333:key/topic"
    lake_formation         = true
    security_configuration = true
    monitor_schedule       = true
  }

  assert {
    condition = alltrue([for role in ["data", "catalog", "reports"] :
      anytrue([for statement in output.policies[role].Statement : statement.Condition.StringEquals["kms:ViaService"] == "s3.us-east-1.amazonaws.com" if statement.Sid == "UseTheKey"])
    ])
    error_message = "A kind of job may not use the key, or uses it otherwise than through S3."
  }
  assert {
    condition     = !strcontains(jsonencode([for role in ["catalog", "reports", "state-machine", "scheduler"] : output.policies[role]]), "key/source")
    error_message = "Who does not read the source may use its key."
  }
  assert {
    condition     = alltrue([for policy in values(output.policies) : length(jsonencode(policy)) <= 10240])
    error_message = "A policy is longer than IAM takes."
  }
}
