variable "environment" {
  type        = string
  description = "The environment; part of every name: etl-omc-flywheel-<environment>-<job>."
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment must be 2 to 10 small letters and digits, a letter first."
  }
}

variable "source_root" {
  type        = string
  description = "The folder that holds infobase_attributes/raw_input/ and addressable_ids/raw_input/."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.source_root))
    error_message = "source_root must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "split_cluster_root" {
  type        = string
  description = "The folder of the data sets of the bucketed pipeline."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.split_cluster_root))
    error_message = "split_cluster_root must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "split_part_root" {
  type        = string
  description = "The folder of the data sets of the partitioned pipeline."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.split_part_root))
    error_message = "split_part_root must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "bucketed_root" {
  type        = string
  description = "The folder of the files of bucketed tables."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.bucketed_root))
    error_message = "bucketed_root must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "identity_root" {
  type        = string
  description = "The folder of the files of the table of ids that AWS Entity Resolution reads."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.identity_root))
    error_message = "identity_root must be s3://bucket/prefix/ with a slash at its end."
  }
  validation {
    condition     = alltrue([for root in [var.split_cluster_root, var.split_part_root, var.bucketed_root] : !startswith(var.identity_root, root)])
    error_message = "identity_root must not lie in split_cluster_root, split_part_root or bucketed_root: register-part-tables would take it for a data set."
  }
}

variable "runs_root" {
  type        = string
  description = "The folder where each execution keeps the snapshot that it decided on."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.runs_root))
    error_message = "runs_root must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "clustered_mapping" {
  type        = string
  description = "The mapping of the wide table for the bucketed pipeline, a CSV file on S3."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*[A-Za-z0-9_.=-]+\\.csv$", var.clustered_mapping))
    error_message = "clustered_mapping must be s3://bucket/prefix/name.csv."
  }
}

variable "partitioned_mapping" {
  type        = string
  description = "The mapping of the wide table for the partitioned pipeline, a CSV file on S3."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*[A-Za-z0-9_.=-]+\\.csv$", var.partitioned_mapping))
    error_message = "partitioned_mapping must be s3://bucket/prefix/name.csv."
  }
}

variable "ids_mapping" {
  type        = string
  description = "The mapping of the addressable ids for the partitioned pipeline, a CSV file on S3."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*[A-Za-z0-9_.=-]+\\.csv$", var.ids_mapping))
    error_message = "ids_mapping must be s3://bucket/prefix/name.csv."
  }
}

variable "staged_database" {
  type        = string
  description = "The Glue database of the ext_ tables."
  validation {
    condition     = can(regex("^[a-z0-9_]{1,255}$", var.staged_database))
    error_message = "staged_database must be 1 to 255 small letters, digits and underscores."
  }
}

variable "final_database" {
  type        = string
  description = "The Glue database of the bucketed_ tables."
  validation {
    condition     = can(regex("^[a-z0-9_]{1,255}$", var.final_database))
    error_message = "final_database must be 1 to 255 small letters, digits and underscores."
  }
}

variable "part_database" {
  type        = string
  description = "The Glue database of the part_ tables."
  validation {
    condition     = can(regex("^[a-z0-9_]{1,255}$", var.part_database))
    error_message = "part_database must be 1 to 255 small letters, digits and underscores."
  }
}

variable "athena_workgroup" {
  type        = string
  description = "The Athena workgroup that jobs query in; it must not enforce its own location of results."
  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,128}$", var.athena_workgroup))
    error_message = "athena_workgroup must be 1 to 128 letters, digits, dots, underscores and hyphens."
  }
}

variable "athena_results" {
  type        = string
  description = "The folder for results of queries."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.athena_results))
    error_message = "athena_results must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "report_bucket" {
  type        = string
  description = "The bucket that reports are written to."
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.report_bucket))
    error_message = "report_bucket must be the name of a bucket, without s3://."
  }
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

variable "sns_topic_arn" {
  type        = string
  description = "The SNS topic that the data monitor tells of errors and warnings; _NONE_ for nobody."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256})$", var.sns_topic_arn))
    error_message = "sns_topic_arn must be the ARN of an SNS topic, or _NONE_."
  }
}

variable "kms_key_id" {
  type        = string
  description = "The ARN of the KMS key that every written object is encrypted with; _NONE_ for the buckets' default."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.kms_key_id))
    error_message = "kms_key_id must be the ARN of a KMS key (an alias can change its key), or _NONE_."
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
  description = "Arguments that differ from jobs.json: job to argument (without the two hyphens) to value; _NONE_ takes a value away."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for job in keys(var.job_arguments) : contains(keys(local.settings), job)])
    error_message = "job_arguments names jobs that are not in jobs.json: ${join(", ", setsubtract(keys(var.job_arguments), keys(local.settings)))}."
  }
  validation {
    condition     = alltrue([for names in values(var.job_arguments) : alltrue([for name in keys(names) : can(regex("^[A-Z][A-Z0-9_]*$", name))])])
    error_message = "job_arguments must name arguments as UPPER_SNAKE without hyphens, as jobs/README.md lists them."
  }
  validation {
    condition     = alltrue([for names in values(var.job_arguments) : alltrue([for value in values(names) : value != null && try(trimspace(value), "") != ""])])
    error_message = "job_arguments must give every argument a value; _NONE_ stands for none, since what Glue makes of an empty one is not documented."
  }
}

variable "job_sizes" {
  type = map(object({
    worker_type       = optional(string)
    number_of_workers = optional(number)
    timeout_min       = optional(number)
  }))
  description = "Workers and time limits that differ from jobs.json, by job; a limit is shorter, since the sequences wait no longer."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for job in keys(var.job_sizes) : contains(keys(local.settings), job)])
    error_message = "job_sizes names jobs that are not in jobs.json: ${join(", ", setsubtract(keys(var.job_sizes), keys(local.settings)))}."
  }
  validation {
    condition     = alltrue([for size in values(var.job_sizes) : contains(["G.1X", "G.2X", "G.4X", "G.8X"], coalesce(size.worker_type, "G.1X"))])
    error_message = "job_sizes must choose a worker_type of G.1X, G.2X, G.4X, G.8X."
  }
  validation {
    condition     = alltrue([for size in values(var.job_sizes) : coalesce(size.number_of_workers, 2) >= 2])
    error_message = "job_sizes must give a job 2 workers or more, the driver counted."
  }
  validation {
    condition     = alltrue([for size in values(var.job_sizes) : coalesce(size.timeout_min, 1) >= 1 && coalesce(size.timeout_min, 1) == floor(coalesce(size.timeout_min, 1))])
    error_message = "job_sizes must give a job a whole number of minutes, 1 or more."
  }
  validation {
    condition     = alltrue([for job, size in var.job_sizes : coalesce(size.timeout_min, 1) <= try(local.settings[job].timeout_min, 10080)])
    error_message = "job_sizes must give a job no more minutes than jobs.json, since the steps of run-sequence/*.asl.json have a TimeoutSeconds for these: change both files for more."
  }
}
