locals {
  job_prefix = "etl-omc-flywheel-${var.environment}-"

  # Every value that goes in has been checked to hold nothing that JSON would have to escape.
  settings = jsondecode(templatefile("${path.module}/jobs.json", {
    source_root         = var.source_root
    split_cluster_root  = var.split_cluster_root
    split_part_root     = var.split_part_root
    bucketed_root       = var.bucketed_root
    identity_root       = var.identity_root
    runs_root           = var.runs_root
    clustered_mapping   = var.clustered_mapping
    partitioned_mapping = var.partitioned_mapping
    ids_mapping         = var.ids_mapping
    staged_database     = var.staged_database
    final_database      = var.final_database
    part_database       = var.part_database
    athena_workgroup    = var.athena_workgroup
    athena_results      = var.athena_results
    report_bucket       = var.report_bucket
    membership_id       = var.membership_id
    sns_topic_arn       = var.sns_topic_arn
    kms_key_id          = var.kms_key_id
    bucket_count        = var.bucket_count
    id_buckets          = var.id_buckets
  }))

  jobs = {
    for name, job in local.settings : name => {
      name                = name
      glue_name           = "${local.job_prefix}${name}"
      class               = job.class
      purpose             = job.purpose
      role                = job.role
      worker_type         = try(coalesce(var.job_sizes[name].worker_type), job.worker_type)
      number_of_workers   = try(coalesce(var.job_sizes[name].number_of_workers), job.number_of_workers)
      timeout_min         = try(coalesce(var.job_sizes[name].timeout_min), job.timeout_min)
      max_concurrent_runs = job.max_concurrent_runs
      arguments = {
        for argument, value in merge(job.arguments, lookup(var.job_arguments, name, {})) : "--${argument}" => tostring(value)
      }
    }
  }
}
