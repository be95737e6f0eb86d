output "locations" {
  description = "The ARNs of the folders that Lake Formation governs."
  value       = values(local.arns)
}
