mock_provider "aws" {}

variables {
  role_arns = {
    data    = "arn:aws:iam::111122223333:role/data"
    catalog = "arn:aws:iam::111122223333:role/catalog"
  }
  artifacts_root = "s3://artifact-bucket/flywheel/"
  jars           = { "1.0.0" = "../jobs/target/jobs.jar" }
  jar_version    = "1.0.0"
  jobs = {
    "addressable-bucket" = {
      glue_name           = "etl-omc-flywheel-dev-addressable-bucket"
      class               = "com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob"
      purpose             = "Rewrites the addressable ids as one table."
      role                = "data"
      worker_type         = "G.4X"
      number_of_workers   = 8
      timeout_min         = 240
      max_concurrent_runs = 1
      arguments           = { "--BUCKET_COUNT" = "256", "--KMS_KEY_ID" = "_NONE_" }
    }
    "register-staged-tables" = {
      glue_name           = "etl-omc-flywheel-dev-register-staged-tables"
      class               = "com.omc.flywheel.jobs.registerstagedtables.RegisterStagedTablesJob"
      purpose             = "Describes what a split published in the Glue catalog."
      role                = "catalog"
      worker_type         = "G.1X"
      number_of_workers   = 2
      timeout_min         = 60
      max_concurrent_runs = 2
      arguments           = { "--DATABASE" = "staged" }
    }
  }
}

run "a_job_runs_its_class_of_the_jar" {
  assert {
    condition     = alltrue([for job in values(aws_glue_job.this) : job.glue_version == "5.1" && job.command[0].name == "glueetl" && job.max_retries == 0])
    error_message = "A job is not a Glue 5.1 Spark job, or Glue retries it by itself."
  }
  assert {
    condition     = aws_glue_job.this["addressable-bucket"].default_arguments["--class"] == "com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob" && aws_glue_job.this["addressable-bucket"].default_arguments["--job-language"] == "scala"
    error_message = "Glue runs --class only with --job-language scala."
  }
  assert {
    condition     = alltrue([for job in values(aws_glue_job.this) : job.default_arguments["--extra-jars"] == "s3://artifact-bucket/flywheel/jars/1.0.0/jobs.jar"])
    error_message = "A job does not run the jar of jar_version."
  }
  assert {
    condition     = alltrue([for job in values(aws_glue_job.this) : alltrue([for value in values(job.default_arguments) : trimspace(value) != ""])])
    error_message = "An argument has no value."
  }
  assert {
    condition     = alltrue([for job in values(aws_glue_job.this) : job.command[0].script_location == "s3://artifact-bucket/flywheel/scripts/placeholder.scala"])
    error_message = "A job does not have the placeholder for its script."
  }
}

run "a_job_has_the_workers_and_limits_of_the_catalog" {
  assert {
    condition     = aws_glue_job.this["addressable-bucket"].worker_type == "G.4X" && aws_glue_job.this["addressable-bucket"].number_of_workers == 8 && aws_glue_job.this["addressable-bucket"].timeout == 240
    error_message = "A job has not the workers and the time limit that the catalog says."
  }
  assert {
    condition     = aws_glue_job.this["register-staged-tables"].execution_property[0].max_concurrent_runs == 2
    error_message = "A job that two steps share cannot run twice at a time."
  }
  assert {
    condition     = aws_glue_job.this["register-staged-tables"].role_arn == "arn:aws:iam::111122223333:role/catalog"
    error_message = "A job has the role of another kind."
  }
}

run "logs_go_to_groups_of_their_own" {
  assert {
    condition = alltrue([for job in values(aws_glue_job.this) :
      "${job.default_arguments["--custom-logGroup-prefix"]}/error" == format(
        regex("LOG_GROUP = \"(.*)\";", file("../../../run-sequence/src/main/java/com/omc/flywheel/sequence/aws/ConsoleLinks.java"))[0], job.name
      )
    ])
    error_message = "The runner links to another log group than a job logs to."
  }
  assert {
    condition     = alltrue([for job in values(aws_glue_job.this) : job.default_arguments["--custom-logGroup-prefix"] == "/aws-glue/${job.name}"])
    error_message = "A job logs elsewhere."
  }
  assert {
    condition     = toset(values(output.log_groups)) == toset(flatten([for job in values(aws_glue_job.this) : ["/aws-glue/${job.name}/error", "/aws-glue/${job.name}/output"]]))
    error_message = "The log groups are not those that Glue makes of the prefix."
  }
}

run "a_second_version_is_put_beside_the_first" {
  variables {
    jars        = { "1.0.0" = "gone.jar", "1.1.0" = "../jobs/target/jobs.jar" }
    jar_version = "1.1.0"
  }

  assert {
    condition     = toset([for jar in values(aws_s3_object.jar) : jar.key]) == toset(["flywheel/jars/1.0.0/jobs.jar", "flywheel/jars/1.1.0/jobs.jar"])
    error_message = "Not both versions are in the bucket."
  }
  assert {
    condition     = aws_s3_object.jar["1.0.0"].source == "../jobs/target/jobs.jar"
    error_message = "A version that is there was uploaded again."
  }
  assert {
    condition     = output.jar == "s3://artifact-bucket/flywheel/jars/1.1.0/jobs.jar"
    error_message = "The new version does not run."
  }
}

run "a_rollback_is_a_variable" {
  variables {
    jars        = { "1.0.0" = "gone.jar", "1.1.0" = "gone-too.jar" }
    jar_version = "1.0.0"
  }

  assert {
    condition     = alltrue([for job in values(aws_glue_job.this) : job.default_arguments["--extra-jars"] == "s3://artifact-bucket/flywheel/jars/1.0.0/jobs.jar"])
    error_message = "The old version does not run."
  }
  assert {
    condition     = aws_s3_object.jar["1.0.0"].source == "../jobs/target/jobs.jar" && aws_s3_object.jar["1.1.0"].source == "../jobs/target/jobs.jar"
    error_message = "A rollback uploads something."
  }
}

run "a_version_that_is_not_in_the_bucket_is_refused" {
  command         = plan
  expect_failures = [var.jar_version]
  variables {
    jar_version = "0.9.0"
  }
}

run "another_key_uploads_no_version_again" {
  variables {
    jars        = { "1.0.0" = "gone.jar" }
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  }

  assert {
    condition     = aws_s3_object.script.server_side_encryption == "aws:kms" && aws_s3_object.jar["1.0.0"].kms_key_id != var.kms_key_arn
    error_message = "A version is replaced by what its local file has become."
  }
}

run "encrypted_logs_have_groups_that_are_kept_as_long" {
  variables {
    security_configuration = "flywheel"
  }

  assert {
    condition = alltrue([for group in ["/aws-glue/etl-omc-flywheel-dev-addressable-bucket/error", "/aws-glue/etl-omc-flywheel-dev-addressable-bucket/flywheel-role/data/error", "/aws-glue/etl-omc-flywheel-dev-register-staged-tables/flywheel-role/catalog/output"] :
      contains(values(output.log_groups), group)
    ])
    error_message = "Glue logs to a group that is not made."
  }
  assert {
    condition     = length(aws_cloudwatch_log_group.jobs) == 8
    error_message = "There are other groups than those that Glue logs to."
  }
}

run "spark_settings_share_one_argument" {
  command = plan
  variables {
    spark_conf = { "spark.sql.shuffle.partitions" = "400", "spark.task.maxFailures" = "8" }
  }
  assert {
    condition     = aws_glue_job.this["addressable-bucket"].default_arguments["--conf"] == "spark.sql.shuffle.partitions=400 --conf spark.task.maxFailures=8"
    error_message = "The settings are not packed as Glue takes several of them."
  }
}

run "a_mapping_goes_where_jobs_look_for_it" {
  command = plan
  variables {
    mappings = {
      ids = {
        path = "../../../test-data/mapping/omc_flywheel_addressable_ids_table_split_part.csv"
        uri  = "s3://artifact-bucket/flywheel/mapping/abc/ids.csv"
      }
    }
  }
  assert {
    condition     = aws_s3_object.mapping["ids"].bucket == "artifact-bucket" && aws_s3_object.mapping["ids"].key == "flywheel/mapping/abc/ids.csv"
    error_message = "The mapping is elsewhere."
  }
}

run "a_mapping_that_the_roles_cannot_read_is_refused" {
  command         = plan
  expect_failures = [var.mappings]
  variables {
    mappings = {
      ids = {
        path = "../../../test-data/mapping/omc_flywheel_addressable_ids_table_split_part.csv"
        uri  = "s3://another-bucket/ids.csv"
      }
    }
  }
}
