variable "job_prefix" {
  type        = string
  description = "What the names of jobs, state machines and queues of this environment begin with."
  validation {
    condition     = can(regex("^etl-omc-flywheel-[a-z][a-z0-9]{1,9}-$", var.job_prefix))
    error_message = "job_prefix must be etl-omc-flywheel-<environment>-."
  }
}

variable "partition" {
  type        = string
  description = "The partition of the account: aws, aws-cn or aws-us-gov."
  validation {
    condition     = can(regex("^aws[a-z-]*$", var.partition))
    error_message = "partition must be aws, aws-cn, aws-us-gov or another name that begins with aws."
  }
}

variable "region" {
  type        = string
  description = "The region of the account that everything is in."
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region must be the code of a region, like us-east-1."
  }
}

variable "account" {
  type        = string
  description = "The account."
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "account must be 12 digits."
  }
}

variable "source_root" {
  type        = string
  description = "The folder of both sources."
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
  description = "The folder of the files of the table of ids."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.identity_root))
    error_message = "identity_root must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "runs_root" {
  type        = string
  description = "The folder of what each execution decided on."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.runs_root))
    error_message = "runs_root must be s3://bucket/prefix/ with a slash at its end."
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

variable "artifacts_root" {
  type        = string
  description = "The folder of jars, scripts and mappings."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.artifacts_root))
    error_message = "artifacts_root must be s3://bucket/prefix/ with a slash at its end."
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

variable "jobs" {
  type = map(object({
    role      = string
    arguments = map(string)
  }))
  description = "The jobs as the module job-catalog evaluates them: what they are told to write says what their roles may."
  validation {
    condition     = alltrue([for job in values(var.jobs) : contains(["data", "catalog", "reports"], job.role)])
    error_message = "jobs must have one of the roles data, catalog and reports."
  }
}

variable "sns_topic_arn" {
  type        = string
  description = "The topic of notifications."
  validation {
    condition     = can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.sns_topic_arn))
    error_message = "sns_topic_arn must be the ARN of an SNS topic."
  }
}

variable "kms_key_arn" {
  type        = string
  description = "The key that jobs encrypt with; _NONE_ for the buckets' default."
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
  description = "The key that the topic is under; _NONE_ for none."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.topic_kms_key_arn))
    error_message = "topic_kms_key_arn must be the ARN of a KMS key, or _NONE_."
  }
}

variable "lake_formation" {
  type        = bool
  description = "Whether Lake Formation governs the locations that Athena queries."
  default     = false
}

variable "security_configuration" {
  type        = bool
  description = "Whether the jobs run under a Glue security configuration."
  default     = false
}

variable "monitor_schedule" {
  type        = bool
  description = "Whether the data monitor has a schedule of its own."
  default     = false
}

variable "tracing" {
  type        = bool
  description = "Whether executions are traced by X-Ray."
  default     = true
}
