variable "buckets" {
  type = map(object({
    name            = string
    versioned       = optional(bool, true)
    noncurrent_days = optional(number, 7)
    expire          = optional(map(number), {})
  }))
  description = "The buckets to make: by any key the name, whether old versions of objects are kept and for how many days, and folders whose objects go after so many days."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", bucket.name))])
    error_message = "buckets must have names of 3 to 63 small letters, digits, dots and hyphens."
  }
  validation {
    condition     = length(distinct([for bucket in values(var.buckets) : bucket.name])) == length(var.buckets)
    error_message = "buckets must have different names."
  }
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : bucket.noncurrent_days >= 1])
    error_message = "buckets must keep old versions for a day or more."
  }
  validation {
    condition     = alltrue(flatten([for bucket in values(var.buckets) : [for prefix, days in bucket.expire : endswith(prefix, "/") && !startswith(prefix, "/") && days >= 1]]))
    error_message = "buckets must expire folders, prefix/ with a slash at the end, after a day or more."
  }
}

variable "kms_key_arn" {
  type        = string
  description = "The key that objects are encrypted with when nobody names another; _NONE_ for S3's own keys."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key, or _NONE_."
  }
}

variable "databases" {
  type        = set(string)
  description = "The Glue databases to make."
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for database in var.databases : can(regex("^[a-z0-9_]{1,255}$", database))])
    error_message = "databases must be 1 to 255 small letters, digits and underscores."
  }
}

variable "athena_workgroup" {
  type        = string
  description = "The Athena workgroup to make; null for none. It does not enforce its own location of results, since bucketed tables are written where the job says."
  default     = null
  validation {
    condition     = var.athena_workgroup == null || can(regex("^[A-Za-z0-9._-]{1,128}$", var.athena_workgroup))
    error_message = "athena_workgroup must be 1 to 128 letters, digits, dots, underscores and hyphens."
  }
}

variable "athena_results" {
  type        = string
  description = "The folder for results of queries of that workgroup."
  default     = null
  validation {
    condition     = var.athena_results == null || can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", var.athena_results))
    error_message = "athena_results must be s3://bucket/prefix/ with a slash at its end."
  }
}
