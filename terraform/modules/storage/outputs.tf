output "bucket_arns" {
  description = "The ARN of each bucket."
  value       = { for key, bucket in aws_s3_bucket.this : key => bucket.arn }
}

output "databases" {
  description = "The Glue databases."
  value       = [for database in aws_glue_catalog_database.this : database.name]
}
