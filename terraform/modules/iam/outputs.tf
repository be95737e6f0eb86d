output "role_arns" {
  description = "The ARN of each role: data, catalog, reports, state-machine, scheduler."
  value       = { for role, made in aws_iam_role.this : role => made.arn }

  # Who uses a role needs what it may do to be there, too.
  depends_on = [aws_iam_role_policy.this]
}

output "policies" {
  description = "What each role may do, as IAM is told."
  value       = local.policies
}
