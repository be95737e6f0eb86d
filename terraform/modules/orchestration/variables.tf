variable "environment" {
  type        = string
  description = "The environment, as notifications call it."
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment must be 2 to 10 small letters and digits, a letter first."
  }
}

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

variable "state_machine_role_arn" {
  type        = string
  description = "The role of the state machines."
  validation {
    condition     = can(regex("^arn:", var.state_machine_role_arn))
    error_message = "state_machine_role_arn must be the ARN of a role."
  }
}

variable "scheduler_role_arn" {
  type        = string
  description = "The role that schedules start state machines with."
  validation {
    condition     = can(regex("^arn:", var.scheduler_role_arn))
    error_message = "scheduler_role_arn must be the ARN of a role."
  }
}

variable "sns_topic_arn" {
  type        = string
  description = "What the ARN of the topic of notifications will be; it is made here."
  validation {
    condition     = can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.sns_topic_arn))
    error_message = "sns_topic_arn must be the ARN of an SNS topic."
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
  description = "When each sequence starts by itself, with the newest snapshot: by sequence the expression of EventBridge Scheduler and its time zone. A sequence that is not named starts by hand."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for sequence in keys(var.schedules) : contains(keys(local.definitions), sequence)])
    error_message = "schedules must name sequences that are there: ${join(", ", keys(local.definitions))}."
  }
  validation {
    condition     = alltrue([for schedule in values(var.schedules) : can(regex("^(cron|rate|at)\\(.+\\)$", schedule.expression))])
    error_message = "schedules must have an expression cron(...), rate(...) or at(...)."
  }
  validation {
    condition     = alltrue([for schedule in values(var.schedules) : can(regex("^(UTC|[A-Z][A-Za-z]+/[A-Za-z_/+-]+)$", schedule.time_zone))])
    error_message = "schedules must have a time_zone of the IANA list, like Europe/Berlin, or UTC."
  }
  validation {
    condition     = alltrue([for schedule in values(var.schedules) : schedule.flexible_minutes >= 0 && schedule.flexible_minutes <= 1440])
    error_message = "schedules must have flexible_minutes of 0 (none) to 1440, EventBridge Scheduler's limit."
  }
  validation {
    condition     = alltrue(flatten([for sequence, schedule in var.schedules : [for step in schedule.skip : contains(lookup(local.steps, sequence, []), step)]]))
    error_message = "schedules must skip steps of their sequences: ${jsonencode(local.steps)}."
  }
}

variable "monitor_schedule" {
  type = object({
    expression = string
    time_zone  = optional(string, "UTC")
  })
  description = "When the data monitor starts by itself; null for only at the end of the sequence partitioned."
  default     = null
  validation {
    condition     = var.monitor_schedule == null || can(regex("^(cron|rate)\\(.+\\)$", var.monitor_schedule.expression))
    error_message = "monitor_schedule must have an expression cron(...) or rate(...)."
  }
  validation {
    condition     = var.monitor_schedule == null || can(regex("^(UTC|[A-Z][A-Za-z]+/[A-Za-z_/+-]+)$", var.monitor_schedule.time_zone))
    error_message = "monitor_schedule must have a time_zone of the IANA list, like Europe/Berlin, or UTC."
  }
}

variable "notification_emails" {
  type        = set(string)
  description = "Who gets notifications by e-mail; each address must confirm once."
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for email in var.notification_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "notification_emails must be e-mail addresses."
  }
}

variable "topic_kms_key_arn" {
  type        = string
  description = "The key that the topic is under; _NONE_ for none. Its policy must let cloudwatch.amazonaws.com and events.amazonaws.com use it."
  default     = "_NONE_"
  validation {
    condition     = can(regex("^(_NONE_|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.topic_kms_key_arn))
    error_message = "topic_kms_key_arn must be the ARN of a KMS key, or _NONE_."
  }
}

variable "log_retention_days" {
  type        = number
  description = "For how many days logs of executions are kept."
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
