variables {
  environment         = "dev"
  source_root         = "s3://raw-bucket/opus/"
  split_cluster_root  = "s3://lake-bucket/split_cluster/"
  split_part_root     = "s3://lake-bucket/split_part/"
  bucketed_root       = "s3://lake-bucket/bucketed/"
  identity_root       = "s3://lake-bucket/identity/"
  runs_root           = "s3://lake-bucket/runs/"
  clustered_mapping   = "s3://artifact-bucket/mapping/1/clustered.csv"
  partitioned_mapping = "s3://artifact-bucket/mapping/1/partitioned.csv"
  ids_mapping         = "s3://artifact-bucket/mapping/1/ids.csv"
  staged_database     = "flywheel_dev"
  final_database      = "flywheel_dev"
  part_database       = "flywheel_dev_part"
  athena_workgroup    = "flywheel"
  athena_results      = "s3://lake-bucket/athena/"
  report_bucket       = "report-bucket"
}

run "every_job_has_its_name_and_class" {
  command = plan

  assert {
    condition     = toset(keys(output.jobs)) == toset(flatten(regexall("(?m)^  \"([a-z-]+)\": [{]", file("jobs.json")))) && length(output.jobs) > 0
    error_message = "The jobs are not those of jobs.json."
  }
  assert {
    condition     = alltrue([for name, job in output.jobs : job.glue_name == "etl-omc-flywheel-dev-${name}"])
    error_message = "A job is not called etl-omc-flywheel-dev-<job>."
  }
  assert {
    condition = alltrue([for name, job in output.jobs :
      can(regex("^com\\.omc\\.flywheel\\.jobs\\.${replace(name, "-", "")}\\.[A-Z][A-Za-z]+Job$", job.class))
    ])
    error_message = "The class of a job does not lie in the package of its name."
  }
  assert {
    condition     = alltrue([for job in values(output.jobs) : contains(["data", "catalog", "reports"], job.role)])
    error_message = "A job has a role that the module iam does not make."
  }
}

run "every_argument_has_a_value" {
  command = plan

  assert {
    condition = alltrue([for job in values(output.jobs) :
      alltrue([for name, value in job.arguments : can(regex("^--[A-Z][A-Z0-9_]*$", name)) && trimspace(value) != ""])
    ])
    error_message = "An argument is not UPPER_SNAKE, or has an empty value."
  }
  assert {
    condition = alltrue([for job in values(output.jobs) :
      alltrue([for value in values(job.arguments) : !strcontains(value, "$") && !strcontains(value, "{")])
    ])
    error_message = "A placeholder was left in an argument."
  }
  assert {
    condition     = output.jobs["generate-data-monitor-report"].arguments["--SNS_TOPIC_ARN"] == "_NONE_"
    error_message = "What is not given is said as _NONE_."
  }
  assert {
    condition     = output.jobs["infobase-split-and-part"].arguments["--ID_BUCKETS"] == "0"
    error_message = "Numbers go to Glue as text."
  }
}

run "splits_are_large_and_the_rest_small" {
  command = plan

  assert {
    condition = alltrue([for name, job in output.jobs :
      job.worker_type == "G.4X" && job.number_of_workers == 8
      if length(regexall("split|addressable-bucket", name)) > 0
    ])
    error_message = "A split does not run on eight G.4X."
  }
  assert {
    condition = alltrue([for name, job in output.jobs :
      job.worker_type == "G.1X"
      if length(regexall("split|addressable-bucket", name)) == 0
    ])
    error_message = "A job that moves no wide rows runs on more than G.1X."
  }
}

run "an_environment_overrides_single_arguments_and_sizes" {
  command = plan

  variables {
    job_arguments = {
      "infobase-split-and-part" = { MAX_NULL_KEYS = "5", ID_BUCKETS = "256" }
    }
    job_sizes = {
      "infobase-split-and-part" = { number_of_workers = 4 }
      "addressable-bucket"      = { worker_type = "G.2X", timeout_min = 30 }
    }
  }

  assert {
    condition     = output.jobs["infobase-split-and-part"].arguments["--MAX_NULL_KEYS"] == "5"
    error_message = "An argument that jobs.json does not have was not added."
  }
  assert {
    condition     = output.jobs["infobase-split-and-part"].arguments["--ID_BUCKETS"] == "256"
    error_message = "An argument of jobs.json was not replaced."
  }
  assert {
    condition     = output.jobs["infobase-split-and-part"].arguments["--CSV_FILE"] == "s3://artifact-bucket/mapping/1/partitioned.csv"
    error_message = "An argument that is not overridden changed."
  }
  assert {
    condition     = output.jobs["addressable-split-and-part"].arguments["--ID_BUCKETS"] == "0"
    error_message = "Another job took the override."
  }
  assert {
    condition     = output.jobs["infobase-split-and-part"].number_of_workers == 4 && output.jobs["infobase-split-and-part"].worker_type == "G.4X"
    error_message = "The number of workers was not overridden by itself."
  }
  assert {
    condition     = output.jobs["addressable-bucket"].worker_type == "G.2X" && output.jobs["addressable-bucket"].timeout_min == 30 && output.jobs["addressable-bucket"].number_of_workers == 8
    error_message = "Worker type and time limit were not overridden by themselves."
  }
}

run "an_override_of_an_unknown_job_is_refused" {
  command         = plan
  expect_failures = [var.job_arguments]
  variables {
    job_arguments = { "infobase-split" = { FORCE = "true" } }
  }
}

run "an_override_with_hyphens_is_refused" {
  command         = plan
  expect_failures = [var.job_arguments]
  variables {
    job_arguments = { "infobase-split-and-part" = { "--FORCE" = "true" } }
  }
}

run "an_override_without_a_value_is_refused" {
  command         = plan
  expect_failures = [var.job_arguments]
  variables {
    job_arguments = { "infobase-split-and-part" = { TABLES_FILTER = "" } }
  }
}

run "an_override_of_null_is_refused" {
  command         = plan
  expect_failures = [var.job_arguments]
  variables {
    job_arguments = { "infobase-split-and-part" = { TABLES_FILTER = null } }
  }
}

run "a_size_of_an_unknown_job_is_refused" {
  command         = plan
  expect_failures = [var.job_sizes]
  variables {
    job_sizes = { "infobase-split" = { number_of_workers = 4 } }
  }
}

run "a_size_of_one_worker_is_refused" {
  command         = plan
  expect_failures = [var.job_sizes]
  variables {
    job_sizes = { "addressable-bucket" = { number_of_workers = 1 } }
  }
}

run "a_folder_without_a_slash_at_its_end_is_refused" {
  command         = plan
  expect_failures = [var.source_root]
  variables {
    source_root = "s3://raw-bucket/opus"
  }
}

run "a_folder_with_another_scheme_is_refused" {
  command         = plan
  expect_failures = [var.split_part_root]
  variables {
    split_part_root = "s3a://lake-bucket/split_part/"
  }
}

run "ids_among_the_data_sets_are_refused" {
  command         = plan
  expect_failures = [var.identity_root]
  variables {
    identity_root = "s3://lake-bucket/split_part/identity/"
  }
}

run "a_membership_that_is_none_is_refused" {
  command         = plan
  expect_failures = [var.membership_id]
  variables {
    membership_id = ""
  }
}

run "an_alias_of_a_key_is_refused" {
  command         = plan
  expect_failures = [var.kms_key_id]
  variables {
    kms_key_id = "arn:aws:kms:us-east-1:111122223333:alias/flywheel"
  }
}

run "environments_differ_by_their_names_only" {
  command = plan

  variables {
    environment = "prod"
  }

  assert {
    condition     = alltrue([for name, job in output.jobs : job.glue_name == "etl-omc-flywheel-prod-${name}"])
    error_message = "A job of prod has another name."
  }
  assert {
    condition = jsonencode({ for name, job in output.jobs : name => merge(job, { glue_name = "" }) }) == jsonencode({
      for name, job in run.every_job_has_its_name_and_class.jobs : name => merge(job, { glue_name = "" })
    })
    error_message = "With the same variables, dev and prod differ in more than the names."
  }
}

run "a_time_limit_that_the_sequences_do_not_wait_for_is_refused" {
  command         = plan
  expect_failures = [var.job_sizes]
  variables {
    job_sizes = { "addressable-bucket" = { timeout_min = 241 } }
  }
}
