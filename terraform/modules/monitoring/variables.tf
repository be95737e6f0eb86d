variable "job_prefix" {
  type        = string
  description = "What the names of jobs, state machines and alarms of this environment begin with."
  validation {
    condition     = can(regex("^etl-omc-flywheel-[a-z][a-z0-9]{1,9}-$", var.job_prefix))
    error_message = "job_prefix must be etl-omc-flywheel-<environment>-."
  }
}

variable "region" {
  type        = string
  description = "The region of the metrics."
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region must be the code of a region, like us-east-1."
  }
}

variable "state_machine_arns" {
  type        = map(string)
  description = "The ARN of the state machine of each sequence."
  validation {
    condition     = alltrue([for arn in values(var.state_machine_arns) : can(regex("^arn:aws[a-z-]*:states:", arn))])
    error_message = "state_machine_arns must be ARNs of state machines."
  }
}

variable "job_names" {
  type        = map(string)
  description = "The name on AWS of each job."
  validation {
    condition     = alltrue([for name in values(var.job_names) : startswith(name, var.job_prefix)])
    error_message = "job_names must begin with job_prefix."
  }
}

variable "job_log_groups" {
  type        = map(string)
  description = "The log groups of all jobs, by any key."
  validation {
    condition     = alltrue([for group in values(var.job_log_groups) : startswith(group, "/")]) && length(var.job_log_groups) <= 50
    error_message = "job_log_groups must be names that begin with a slash, and 50 at most, what a query of CloudWatch Logs Insights takes."
  }
}

variable "dead_letter_queue" {
  type        = string
  description = "The name of the queue of what schedules could not start."
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,80}$", var.dead_letter_queue))
    error_message = "dead_letter_queue must be the name of a queue."
  }
}

variable "topic_arn" {
  type        = string
  description = "The topic that is told."
  validation {
    condition     = can(regex("^arn:aws[a-z-]*:sns:", var.topic_arn))
    error_message = "topic_arn must be the ARN of a topic."
  }
}

variable "max_hours" {
  type        = map(number)
  description = "How many hours an execution of a sequence may take before somebody should look; 12 for one that is not named."
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for hours in values(var.max_hours) : hours > 0])
    error_message = "max_hours must be more than 0."
  }
}

variable "success_within_days" {
  type        = map(number)
  description = "Within how many days a sequence must have succeeded, 7 at most; one that is not named has no such alarm. For a longer time let the data monitor run by a schedule: it knows how old the newest snapshot is."
  default     = {}
  nullable    = false
  validation {
    # EvaluationPeriods multiplied by Period may be 604,800 seconds: CloudWatch API reference, PutMetricAlarm.
    condition     = alltrue([for days in values(var.success_within_days) : days >= 1 && days <= 7 && days == floor(days)])
    error_message = "success_within_days must be 1 to 7 whole days: CloudWatch looks back no further."
  }
  validation {
    condition     = alltrue([for sequence in keys(var.success_within_days) : contains(keys(var.state_machine_arns), sequence)])
    error_message = "success_within_days must name sequences that are there."
  }
}

variable "tell_of_job_runs" {
  type        = bool
  description = "Whether every run of a job that fails is told of, also one that is tried again and one that was started by hand."
  default     = true
}
