data "aws_partition" "current" {}

locals {
  partition        = data.aws_partition.current.partition
  unnamed          = "etl-omc-flywheel-${var.environment}"
  data_bucket      = coalesce(var.data_bucket, "${local.unnamed}-${var.account_id}-lake")
  artifacts_bucket = coalesce(var.artifacts_bucket, "${local.unnamed}-${var.account_id}-artifacts")
  report_bucket    = coalesce(var.report_bucket, "${local.unnamed}-${var.account_id}-reports")
  artifacts_root   = "s3://${local.artifacts_bucket}/"
  data_root        = "s3://${local.data_bucket}/${var.data_prefix}"
  roots = {
    split_cluster  = "${local.data_root}split_cluster/"
    split_part     = "${local.data_root}split_part/"
    bucketed       = "${local.data_root}bucketed/"
    identity       = "${local.data_root}identity/"
    runs           = "${local.data_root}runs/"
    athena_results = "${local.data_root}athena/"
  }

  default_database = "omc_flywheel_${var.environment}"
  databases = {
    staged = coalesce(var.staged_database, local.default_database)
    final  = coalesce(var.final_database, local.default_database)
    part   = coalesce(var.part_database, local.default_database)
  }
  athena_workgroup = coalesce(var.athena_workgroup, local.unnamed)

  # The names of jobs must be known before anything is made, and the topic's ARN is among their arguments.
  sns_topic_arn = "arn:${local.partition}:sns:${var.region}:${var.account_id}:${local.unnamed}-notices"

  committed = "${path.module}/../test-data/mapping"
  mapping_paths = {
    clustered   = coalesce(var.mapping_files.clustered, "${local.committed}/omc_flywheel_infobase_table_split_lowercase.csv")
    partitioned = coalesce(var.mapping_files.partitioned, "${local.committed}/omc_flywheel_infobase_table_split_part.csv")
    ids         = coalesce(var.mapping_files.ids, "${local.committed}/omc_flywheel_addressable_ids_table_split_part.csv")
  }
  # A changed mapping is another file, so that no run reads some of one and some of the other.
  mappings = { for name, path in local.mapping_paths : name => {
    path = path
    uri  = "${local.artifacts_root}mapping/${substr(filesha256(path), 0, 12)}/${basename(path)}"
  } }
}

module "storage" {
  source = "./modules/storage"

  buckets = { for key, bucket in {
    lake      = { name = local.data_bucket, versioned = var.versioned_data, expire = { "${var.data_prefix}athena/" = 30 } }
    artifacts = { name = local.artifacts_bucket, noncurrent_days = 90 }
    reports   = { name = local.report_bucket, noncurrent_days = 90 }
  } : key => bucket if var.create_buckets }
  kms_key_arn      = var.kms_key_arn
  databases        = var.create_databases ? toset(values(local.databases)) : []
  athena_workgroup = var.create_athena_workgroup ? local.athena_workgroup : null
  athena_results   = local.roots.athena_results
}

module "job_catalog" {
  source = "./modules/job-catalog"

  environment         = var.environment
  source_root         = var.source_root
  split_cluster_root  = local.roots.split_cluster
  split_part_root     = local.roots.split_part
  bucketed_root       = local.roots.bucketed
  identity_root       = local.roots.identity
  runs_root           = local.roots.runs
  clustered_mapping   = local.mappings.clustered.uri
  partitioned_mapping = local.mappings.partitioned.uri
  ids_mapping         = local.mappings.ids.uri
  staged_database     = local.databases.staged
  final_database      = local.databases.final
  part_database       = local.databases.part
  athena_workgroup    = local.athena_workgroup
  athena_results      = local.roots.athena_results
  report_bucket       = local.report_bucket
  membership_id       = var.membership_id
  sns_topic_arn       = local.sns_topic_arn
  kms_key_id          = var.kms_key_arn
  bucket_count        = var.bucket_count
  id_buckets          = var.id_buckets
  job_arguments       = var.job_arguments
  job_sizes           = var.job_sizes
}

module "iam" {
  source = "./modules/iam"

  job_prefix             = module.job_catalog.job_prefix
  partition              = local.partition
  region                 = var.region
  account                = var.account_id
  source_root            = var.source_root
  split_cluster_root     = local.roots.split_cluster
  split_part_root        = local.roots.split_part
  bucketed_root          = local.roots.bucketed
  identity_root          = local.roots.identity
  runs_root              = local.roots.runs
  athena_results         = local.roots.athena_results
  artifacts_root         = local.artifacts_root
  report_bucket          = local.report_bucket
  jobs                   = module.job_catalog.jobs
  sns_topic_arn          = local.sns_topic_arn
  kms_key_arn            = var.kms_key_arn
  source_kms_key_arn     = var.source_kms_key_arn
  topic_kms_key_arn      = var.topic_kms_key_arn
  lake_formation         = var.lake_formation
  security_configuration = var.security_configuration != null
  monitor_schedule       = var.monitor_schedule != null
  tracing                = var.tracing
}

module "glue_jobs" {
  source = "./modules/glue-jobs"

  jobs                   = module.job_catalog.jobs
  role_arns              = module.iam.role_arns
  artifacts_root         = local.artifacts_root
  jars                   = var.jars
  jar_version            = var.jar_version
  mappings               = local.mappings
  log_retention_days     = var.log_retention_days
  kms_key_arn            = var.kms_key_arn
  security_configuration = var.security_configuration
  connections            = var.connections
  spark_conf             = var.spark_conf

  # The buckets that the jar and the mappings go into.
  depends_on = [module.storage]
}

module "orchestration" {
  source = "./modules/orchestration"

  environment            = var.environment
  job_prefix             = module.job_catalog.job_prefix
  partition              = local.partition
  region                 = var.region
  account                = var.account_id
  state_machine_role_arn = module.iam.role_arns["state-machine"]
  scheduler_role_arn     = module.iam.role_arns["scheduler"]
  sns_topic_arn          = local.sns_topic_arn
  runs_root              = local.roots.runs
  split_cluster_root     = local.roots.split_cluster
  split_part_root        = local.roots.split_part
  schedules              = var.schedules
  monitor_schedule       = var.monitor_schedule
  notification_emails    = var.notification_emails
  topic_kms_key_arn      = var.topic_kms_key_arn
  log_retention_days     = var.log_retention_days
  log_execution_data     = var.log_execution_data
  tracing                = var.tracing
}

module "lakeformation" {
  source = "./modules/lakeformation"
  count  = var.lake_formation ? 1 : 0

  partition             = local.partition
  locations             = toset([local.roots.split_cluster, local.roots.split_part, local.roots.bucketed, local.roots.identity])
  register              = var.lake_formation_register
  registration_role_arn = var.lake_formation_role_arn
  databases             = toset(values(local.databases))
  catalog_role_arn      = module.iam.role_arns["catalog"]
  reports_role_arn      = module.iam.role_arns["reports"]

  depends_on = [module.storage]
}

module "monitoring" {
  source = "./modules/monitoring"

  job_prefix          = module.job_catalog.job_prefix
  region              = var.region
  state_machine_arns  = module.orchestration.state_machine_arns
  job_names           = module.glue_jobs.job_names
  job_log_groups      = module.glue_jobs.log_groups
  dead_letter_queue   = module.orchestration.dead_letter_queue
  topic_arn           = module.orchestration.topic_arn
  max_hours           = var.max_hours
  success_within_days = var.success_within_days
  tell_of_job_runs    = var.tell_of_job_runs
}
