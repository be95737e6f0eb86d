mock_provider "aws" {}

variables {
  buckets = {
    lake      = { name = "flywheel-test-lake", noncurrent_days = 3, expire = { "athena/" = 7, "runs/" = 400 } }
    artifacts = { name = "flywheel-test-artifacts", versioned = false }
  }
}

run "nothing_is_made_that_nobody_asked_for" {
  variables {
    buckets = {}
  }
  assert {
    condition     = length(aws_s3_bucket.this) == 0 && length(aws_glue_catalog_database.this) == 0 && length(aws_athena_workgroup.this) == 0
    error_message = "A bucket, a database or a workgroup is made by default."
  }
}

run "a_bucket_is_closed" {
  assert {
    condition = alltrue([for block in values(aws_s3_bucket_public_access_block.this) :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ])
    error_message = "Public access is not blocked."
  }
  assert {
    condition = alltrue([for policy in values(aws_s3_bucket_policy.this) :
      alltrue([for statement in jsondecode(policy.policy).Statement : statement.Effect == "Deny" && statement.Principal == "*"]) && strcontains(policy.policy, "aws:SecureTransport")
    ])
    error_message = "A bucket can be used without TLS."
  }
  assert {
    condition     = alltrue([for controls in values(aws_s3_bucket_ownership_controls.this) : controls.rule[0].object_ownership == "BucketOwnerEnforced"])
    error_message = "Objects can have other owners than the bucket."
  }
  assert {
    condition     = length(aws_s3_bucket_policy.this) == 2 && length(aws_s3_bucket_public_access_block.this) == 2
    error_message = "A bucket was left out."
  }
}

run "what_is_left_over_goes" {
  assert {
    condition = alltrue([for lifecycle in values(aws_s3_bucket_lifecycle_configuration.this) :
      anytrue([for rule in lifecycle.rule : rule.abort_incomplete_multipart_upload[0].days_after_initiation == 7 if rule.id == "unfinished-uploads"])
    ])
    error_message = "Unfinished uploads stay."
  }
  assert {
    condition     = anytrue([for rule in aws_s3_bucket_lifecycle_configuration.this["lake"].rule : rule.noncurrent_version_expiration[0].noncurrent_days == 3 if rule.id == "old-versions"])
    error_message = "Old versions are kept for another time."
  }
  assert {
    condition     = anytrue([for rule in aws_s3_bucket_lifecycle_configuration.this["lake"].rule : rule.expiration[0].days == 7 && rule.filter[0].prefix == "athena/" if rule.id == "expire-athena-"])
    error_message = "Results of queries stay."
  }
}

run "objects_are_encrypted_with_s3s_keys" {
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this["lake"].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "Without a key objects are not encrypted with S3's."
  }
}

run "objects_are_encrypted_with_a_key" {
  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  }
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this["lake"].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && one(aws_s3_bucket_server_side_encryption_configuration.this["lake"].rule).bucket_key_enabled
    error_message = "The key is not used, or every object asks for it."
  }
}

run "the_workgroup_lets_jobs_say_where_they_write" {
  # A database that was made could not be taken away after the test.
  command = plan
  variables {
    databases        = ["flywheel_test"]
    athena_workgroup = "flywheel-test"
    athena_results   = "s3://flywheel-test-lake/athena/"
  }
  assert {
    condition     = !aws_athena_workgroup.this[0].configuration[0].enforce_workgroup_configuration
    error_message = "A workgroup that enforces its location refuses bucketed tables."
  }
  assert {
    condition     = output.databases[0] == "flywheel_test"
    error_message = "The database is not made."
  }
}

run "two_buckets_of_one_name_are_refused" {
  command         = plan
  expect_failures = [var.buckets]
  variables {
    buckets = { a = { name = "flywheel-test-lake" }, b = { name = "flywheel-test-lake" } }
  }
}

run "expiring_half_a_name_is_refused" {
  command         = plan
  expect_failures = [var.buckets]
  variables {
    buckets = { a = { name = "flywheel-test-lake", expire = { "athena" = 7 } } }
  }
}
