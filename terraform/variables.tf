variable "environment" {
  type        = string
  description = "The environment: dev, prod or another one; part of every name."
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment must be 2 to 10 small letters and digits, a letter first."
  }
}

variable "account_id" {
  type        = string
  description = "The account; credentials of another one are refused."
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be 12 digits."
  }
}

variable "region" {
  type        = string
  description = "The region of everything."
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region must be the code of a region, like us-east-1."
  }
}

variable "source_root" {
  type        = string
  description = "The folder that holds infobase_attributes/raw_input/ and addressable_ids/raw_input/; it is only read."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.source_root))
    error_message = "source_root must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "data_bucket" {
  type        = string
  description = "The bucket of all data that jobs write; null for etl-omc-flywheel-<environment>-<account>-lake."
  default     = null
  validation {
    condition     = var.data_bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.data_bucket))
    error_message = "data_bucket must be the name of a bucket, without s3://."
  }
}

variable "artifacts_bucket" {
  type        = string
  description = "The bucket of jars, script and mappings; null for etl-omc-flywheel-<environment>-<account>-artifacts."
  default     = null
  validation {
    condition     = var.artifacts_bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.artifacts_bucket))
    error_message = "artifacts_bucket must be the name of a bucket, without s3://."
  }
}

variable "report_bucket" {
  type        = string
  description = "The bucket of reports; null for etl-omc-flywheel-<environment>-<account>-reports."
  default     = null
  validation {
    condition     = var.report_bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.report_bucket))
    error_message = "report_bucket must be the name of a bucket, without s3://."
  }
}

variable "data_prefix" {
  type        = string
  description = "The folder in the data bucket that everything lies in; empty for the bucket itself."
  default     = ""
  nullable    = false
  validation {
    condition     = can(regex("^([A-Za-z0-9_.=-]+/)*$", var.data_prefix))
    error_message = "data_prefix must be empty, or prefix/ with a slash at its end."
  }
}

variable "create_buckets" {
  type        = bool
  description = "Whether to make the three buckets; false when they are there."
  default     = true
}

variable "versioned_data" {
  type        = bool
  description = "Whether the data bucket keeps old versions of objects, for a week."
  default     = false
}

variable "staged_database" {
  type        = string
  description = "The Glue database of the ext_ tables; null for omc_flywheel_<environment>."
  default     = null
  validation {
    condition     = var.staged_database == null || can(regex("^[a-z0-9_]{1,255}$", var.staged_database))
    error_message = "staged_database must be 1 to 255 small letters, digits and underscores."
  }
}

variable "final_database" {
  type        = string
  description = "The Glue database of the bucketed_ tables; null for omc_flywheel_<environment>."
  default     = null
  validation {
    condition     = var.final_database == null || can(regex("^[a-z0-9_]{1,255}$", var.final_database))
    error_message = "final_database must be 1 to 255 small letters, digits and underscores."
  }
}

variable "part_database" {
  type        = string
  description = "The Glue database of the part_ tables; null for omc_flywheel_<environment>."
  default     = null
  validation {
    condition     = var.part_database == null || can(regex("^[a-z0-9_]{1,255}$", var.part_database))
    error_message = "part_database must be 1 to 255 small letters, digits and underscores."
  }
}

variable "create_databases" {
  type        = bool
  description = "Whether to make the databases; false when they are there."
  default     = true
}

variable "athena_workgroup" {
  type        = string
  description = "The Athena workgroup; null for etl-omc-flywheel-<environment>. It must not enforce its own location of results."
  default     = null
  validation {
    condition     = var.athena_workgroup == null || can(regex("^[A-Za-z0-9._-]{1,128}$", var.athena_workgroup))
    error_message = "athena_workgroup must be 1 to 128 letters, digits, dots, underscores and hyphens."
  }
}

variable "create_athena_workgroup" {
  type        = bool
  description = "Whether to make the workgroup; false when it is there."
  default     = true
}

variable "membership_id" {
  type        = string
  description = "The Clean Rooms membership to report on; _NONE_ for the only active one of the account."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$", var.membership_id))
    error_message = "membership_id must be a UUID in small letters, or _NONE_."
  }
}

variable "kms_key_arn" {
  type        = string
  description = "The key that everything on S3 is encrypted with; _NONE_ for S3's own keys. Its policy must let the account use it by IAM."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key, or _NONE_."
  }
}

variable "source_kms_key_arn" {
  type        = string
  description = "The key that the source is under, if it is another one; _NONE_ for none."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.source_kms_key_arn))
    error_message = "source_kms_key_arn must be the ARN of a KMS key, or _NONE_."
  }
}

variable "topic_kms_key_arn" {
  type        = string
  description = "The key that notifications are under; _NONE_ for none. Its policy must let cloudwatch.amazonaws.com and events.amazonaws.com use it."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.topic_kms_key_arn))
    error_message = "topic_kms_key_arn must be the ARN of a KMS key, or _NONE_."
  }
}

variable "jars" {
  type        = map(string)
  description = "The jars to keep in the bucket: version to local file. The file of a version that is there is not read again; a version that goes from the map goes from the bucket. Empty when something else brings the jars there."
  default     = {}
  nullable    = false
}

variable "jar_version" {
  type        = string
  description = "The version of the jar that all jobs run: another one is an upgrade or a rollback."
  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", var.jar_version))
    error_message = "jar_version must be 1 to 64 letters, digits, dots, underscores and hyphens."
  }
}

variable "mapping_files" {
  type = object({
    clustered   = optional(string)
    partitioned = optional(string)
    ids         = optional(string)
  })
  description = "Local files of the mappings; those in test-data/mapping where none is named."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for file in values(var.mapping_files) : file == null || can(regex("[.]csv$", file))])
    error_message = "mapping_files must be CSV files."
  }
}

variable "bucket_count" {
  type        = number
  description = "How many buckets rows are hashed into; what joins these tables has as many."
  default     = 256
  validation {
    condition     = var.bucket_count >= 1 && var.bucket_count == floor(var.bucket_count)
    error_message = "bucket_count must be a whole number of at least 1."
  }
}

variable "id_buckets" {
  type        = number
  description = "How many id_bucket partitions each snapshot has; 0 for none."
  default     = 0
  validation {
    condition     = var.id_buckets >= 0 && var.id_buckets == floor(var.id_buckets)
    error_message = "id_buckets must be a whole number of at least 0."
  }
}

variable "job_arguments" {
  type        = map(map(string))
  description = "Arguments of jobs that differ from jobs.json: job to argument (without the two hyphens) to value; _NONE_ takes a value away."
  default     = {}
  nullable    = false
}

variable "job_sizes" {
  type = map(object({
    worker_type       = optional(string)
    number_of_workers = optional(number)
    timeout_min       = optional(number)
  }))
  description = "Workers and time limits of jobs that differ from jobs.json; a limit is shorter, since the sequences wait no longer."
  default     = {}
  nullable    = false
}

variable "spark_conf" {
  type        = map(string)
  description = "Spark settings for all jobs beyond those that a job makes itself, which win."
  default     = {}
  nullable    = false
}

variable "security_configuration" {
  type        = string
  description = "The Glue security configuration that jobs run under; null for none."
  default     = null
}

variable "connections" {
  type        = list(string)
  description = "Glue connections that put the jobs into a VPC; the rights on network interfaces that this takes are not given here."
  default     = []
  nullable    = false
}

variable "schedules" {
  type = map(object({
    expression            = string
    time_zone             = optional(string, "UTC")
    enabled               = optional(bool, true)
    flexible_minutes      = optional(number, 0)
    allow_mixed_snapshots = optional(bool, false)
    allow_dropped_columns = optional(bool, false)
    skip                  = optional(list(string), [])
  }))
  description = "When each sequence starts by itself, with the newest snapshot; one that is not named starts by hand."
  default     = {}
  nullable    = false
}

variable "monitor_schedule" {
  type = object({
    expression = string
    time_zone  = optional(string, "UTC")
  })
  description = "When the data monitor starts by itself; null for only at the end of the sequence partitioned."
  default     = null
}

variable "notification_emails" {
  type        = set(string)
  description = "Who gets notifications by e-mail; each address must confirm once."
  default     = []
  nullable    = false
}

variable "max_hours" {
  type        = map(number)
  description = "How many hours an execution of a sequence may take before somebody should look; 12 for one that is not named."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for sequence in keys(var.max_hours) : fileexists("${path.module}/../run-sequence/${sequence}.asl.json")])
    error_message = "max_hours must name sequences that are there."
  }
}

variable "success_within_days" {
  type        = map(number)
  description = "Within how many days a sequence must have succeeded, 7 at most; one that is not named has no such alarm."
  default     = {}
  nullable    = false
}

variable "tell_of_job_runs" {
  type        = bool
  description = "Whether every run of a job that fails is told of, also one that is tried again and one that was started by hand."
  default     = true
}

variable "log_retention_days" {
  type        = number
  description = "For how many days logs are kept."
  default     = 90
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of the periods that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 and more."
  }
}

variable "log_execution_data" {
  type        = bool
  description = "Whether logs hold the input and output of every state: arguments and messages of failures, never rows."
  default     = false
}

variable "tracing" {
  type        = bool
  description = "Whether executions are traced by X-Ray."
  default     = true
}

variable "lake_formation" {
  type        = bool
  description = "Whether Lake Formation governs the tables: locations are registered and roles get grants."
  default     = false
}

variable "lake_formation_role_arn" {
  type        = string
  description = "The role that Lake Formation reads and writes the locations with; null for its service-linked role."
  default     = null
  validation {
    condition     = var.lake_formation_role_arn == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", var.lake_formation_role_arn))
    error_message = "lake_formation_role_arn must be the ARN of a role."
  }
}

variable "lake_formation_register" {
  type        = bool
  description = "Whether to register the locations; false when somebody else has done it."
  default     = true
}

variable "tags" {
  type        = map(string)
  description = "Tags of everything, beside project and environment."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for key, value in var.tags : length(key) >= 1 && length(key) <= 128 && !startswith(key, "aws:") && length(value) <= 256])
    error_message = "tags must have keys of 1 to 128 characters that do not begin with aws: and values of 256 at most."
  }
}
