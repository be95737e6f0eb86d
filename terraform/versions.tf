terraform {
  # From 1.10 on the state is locked by a file beside it (use_lockfile), without a table in DynamoDB.
  required_version = ">= 1.10, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }

  # environments/<environment>.s3.tfbackend has the key; bucket and region are given to terraform init.
  backend "s3" {}
}

provider "aws" {
  region = var.region

  # The wrong credentials change nothing.
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = merge({ project = "flywheel-etl", environment = var.environment }, var.tags)
  }
}
