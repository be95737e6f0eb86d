locals {
  artifacts_bucket = split("/", trimprefix(var.artifacts_root, "s3://"))[0]
  artifacts_prefix = trimprefix(var.artifacts_root, "s3://${local.artifacts_bucket}/")
  jar_key          = "${local.artifacts_prefix}jars/${var.jar_version}/jobs.jar"
  encryption       = var.kms_key_arn == "_NONE_" ? null : "aws:kms"
  kms_key_arn      = var.kms_key_arn == "_NONE_" ? null : var.kms_key_arn

  log_group_prefixes = { for name, job in var.jobs : name => "/aws-glue/${job.glue_name}" }

  # What a job logs goes to its group /error, what it prints to /output: Glue adds these to --custom-logGroup-prefix. When a
  # security configuration encrypts logs it adds the names of that and of the role as well.
  log_groups = merge(flatten([for name, job in var.jobs : [
    for key, prefix in merge(
      { (name) = local.log_group_prefixes[name] },
      var.security_configuration == null ? {} : {
        "${name}/encrypted" = "${local.log_group_prefixes[name]}/${var.security_configuration}-role/${reverse(split("/", var.role_arns[job.role]))[0]}"
      },
    ) : { for kind in ["error", "output"] : "${key}/${kind}" => "${prefix}/${kind}" }
  ]])...)

  # Names and meanings: AWS Glue developer guide, "Using job parameters in AWS Glue jobs" and "Logging for AWS Glue jobs".
  # Glue runs --class only with the language scala, also when the class is written in Java.
  platform_arguments = merge(
    {
      "--job-language"                     = "scala"
      "--extra-jars"                       = "s3://${local.artifacts_bucket}/${local.jar_key}"
      "--enable-continuous-cloudwatch-log" = "true"
      "--enable-metrics"                   = "true"
      "--enable-observability-metrics"     = "true"
      "--enable-job-insights"              = "true"
    },
    # Several settings go into the one value that an argument can have.
    length(var.spark_conf) == 0 ? {} : { "--conf" = join(" --conf ", [for name, value in var.spark_conf : "${name}=${value}"]) }
  )
}

resource "aws_s3_object" "jar" {
  for_each = var.jars

  bucket                 = local.artifacts_bucket
  key                    = "${local.artifacts_prefix}jars/${each.key}/jobs.jar"
  source                 = each.value
  checksum_algorithm     = "SHA256"
  server_side_encryption = local.encryption
  kms_key_id             = local.kms_key_arn

  lifecycle {
    # A version is uploaded once: what was tested under its name is what a rollback finds.
    # Another key or algorithm would upload whatever the local file has become.
    ignore_changes = [source, server_side_encryption, kms_key_id, checksum_algorithm]
  }
}

resource "aws_s3_object" "script" {
  bucket                 = local.artifacts_bucket
  key                    = "${local.artifacts_prefix}scripts/placeholder.scala"
  content                = "// AWS Glue asks for a script and runs the class of --class instead.\nobject Placeholder\n"
  content_type           = "text/plain"
  server_side_encryption = local.encryption
  kms_key_id             = local.kms_key_arn
}

resource "aws_s3_object" "mapping" {
  for_each = var.mappings

  bucket                 = local.artifacts_bucket
  key                    = trimprefix(each.value.uri, "s3://${local.artifacts_bucket}/")
  source                 = each.value.path
  source_hash            = filesha256(each.value.path)
  content_type           = "text/csv"
  server_side_encryption = local.encryption
  kms_key_id             = local.kms_key_arn

  lifecycle {
    # The mapping before goes when all jobs are pointed to the new one.
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "jobs" {
  for_each = local.log_groups

  name              = each.value
  retention_in_days = var.log_retention_days

  lifecycle {
    # Glue ties the key of a security configuration to the group.
    ignore_changes = [kms_key_id]
  }
}

resource "aws_glue_job" "this" {
  for_each = var.jobs

  name                   = each.value.glue_name
  description            = each.value.purpose
  role_arn               = var.role_arns[each.value.role]
  glue_version           = "5.1"
  worker_type            = each.value.worker_type
  number_of_workers      = each.value.number_of_workers
  timeout                = each.value.timeout_min
  execution_class        = "STANDARD"
  connections            = var.connections
  security_configuration = var.security_configuration

  # The state machine decides what is tried again: it recovers what a failed run has left first.
  max_retries = 0

  command {
    name            = "glueetl"
    script_location = "s3://${local.artifacts_bucket}/${aws_s3_object.script.key}"
  }

  execution_property {
    max_concurrent_runs = each.value.max_concurrent_runs
  }

  default_arguments = merge(each.value.arguments, local.platform_arguments, {
    "--class"                  = each.value.class
    "--custom-logGroup-prefix" = local.log_group_prefixes[each.key]
  })

  depends_on = [aws_s3_object.jar, aws_s3_object.mapping, aws_cloudwatch_log_group.jobs]
}
