variable "jobs" {
  type = map(object({
    glue_name           = string
    class               = string
    purpose             = string
    role                = string
    worker_type         = string
    number_of_workers   = number
    timeout_min         = number
    max_concurrent_runs = number
    arguments           = map(string)
  }))
  description = "The jobs as the module job-catalog evaluates them."
  validation {
    condition     = alltrue([for job in values(var.jobs) : contains(keys(var.role_arns), job.role)])
    error_message = "jobs must have a role in role_arns."
  }
}

variable "role_arns" {
  type        = map(string)
  description = "The ARN of the role of each kind of job."
  validation {
    condition     = alltrue([for arn in values(var.role_arns) : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", arn))])
    error_message = "role_arns must be ARNs of roles."
  }
}

variable "artifacts_root" {
  type        = string
  description = "The folder that jars and the script are put into."
  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.artifacts_root))
    error_message = "artifacts_root must be s3://bucket/prefix/ with a slash at its end."
  }
}

variable "jars" {
  type        = map(string)
  description = "The jars to keep in the bucket: version to local file. The file of a version that is there already is not read again; a version that goes from the map goes from the bucket. Empty when something else than Terraform brings the jars there."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for version in keys(var.jars) : can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", version))])
    error_message = "jars must have versions of 1 to 64 letters, digits, dots, underscores and hyphens."
  }
}

variable "jar_version" {
  type        = string
  description = "The version of the jar that all jobs run: another one here is an upgrade or a rollback."
  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", var.jar_version))
    error_message = "jar_version must be 1 to 64 letters, digits, dots, underscores and hyphens."
  }
  validation {
    condition     = length(var.jars) == 0 || contains(keys(var.jars), var.jar_version)
    error_message = "jar_version is not among the versions in jars, which are kept in the bucket: ${join(", ", keys(var.jars))}."
  }
}

variable "mappings" {
  type = map(object({
    path = string
    uri  = string
  }))
  description = "The mappings to put on S3: by name the local file and where it goes."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for mapping in values(var.mappings) : startswith(mapping.uri, var.artifacts_root)])
    error_message = "mappings must go into artifacts_root, which is what the roles of jobs may read."
  }
}

variable "log_retention_days" {
  type        = number
  description = "For how many days logs are kept."
  default     = 30
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of the periods that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 and more."
  }
}

variable "kms_key_arn" {
  type        = string
  description = "The key that jars and mappings are encrypted with; _NONE_ for the bucket's default."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key, or _NONE_."
  }
}

variable "security_configuration" {
  type        = string
  description = "The Glue security configuration that jobs run under; null for none."
  default     = null
  validation {
    condition     = var.security_configuration == null || can(regex("^[A-Za-z0-9._-]{1,255}$", var.security_configuration))
    error_message = "security_configuration must be a name of 1 to 255 letters, digits, dots, underscores and hyphens, or null."
  }
}

variable "connections" {
  type        = list(string)
  description = "Glue connections that put the jobs into a VPC; their role then needs the rights of AWSGlueServiceRole on network interfaces, which the module iam does not give."
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for connection in var.connections : trimspace(connection) != ""])
    error_message = "connections must be names."
  }
}

variable "spark_conf" {
  type        = map(string)
  description = "Spark settings for all jobs beyond those that a job makes itself when it starts, which win."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for name, value in var.spark_conf : can(regex("^spark\\.[A-Za-z0-9._]+$", name)) && can(regex("^[^ =]+$", value))])
    error_message = "spark_conf must name settings that begin with spark. and give values without blanks and equals signs."
  }
}
