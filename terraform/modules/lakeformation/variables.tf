variable "partition" {
  type        = string
  description = "The partition of the account: aws, aws-cn or aws-us-gov."
  validation {
    condition     = can(regex("^aws[a-z-]*$", var.partition))
    error_message = "partition must be aws, aws-cn, aws-us-gov or another name that begins with aws."
  }
}

variable "locations" {
  type        = set(string)
  description = "The folders whose tables Lake Formation governs."
  validation {
    condition     = alltrue([for location in var.locations : can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([A-Za-z0-9_.=-]+/)*$", location))])
    error_message = "locations must be s3://bucket/prefix/ with a slash at the end."
  }
}

variable "register" {
  type        = bool
  description = "Whether to register the locations; false when somebody else has done it."
  default     = true
}

variable "registration_role_arn" {
  type        = string
  description = "The role that Lake Formation reads and writes the locations with; null for its service-linked role, which cannot use a KMS key unless the key's policy names it."
  default     = null
  validation {
    condition     = var.registration_role_arn == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", var.registration_role_arn))
    error_message = "registration_role_arn must be the ARN of a role, or null."
  }
}

variable "databases" {
  type        = set(string)
  description = "The databases of the tables; they are there already."
  validation {
    condition     = alltrue([for database in var.databases : can(regex("^[a-z0-9_]{1,255}$", database))])
    error_message = "databases must be 1 to 255 small letters, digits and underscores."
  }
}

variable "catalog_role_arn" {
  type        = string
  description = "The role of the jobs that make tables."
  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", var.catalog_role_arn))
    error_message = "catalog_role_arn must be the ARN of a role."
  }
}

variable "reports_role_arn" {
  type        = string
  description = "The role of the jobs that only look at tables."
  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", var.reports_role_arn))
    error_message = "reports_role_arn must be the ARN of a role."
  }
}
