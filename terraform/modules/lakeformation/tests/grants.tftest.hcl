mock_provider "aws" {}

variables {
  partition        = "aws"
  locations        = ["s3://lake-bucket/bucketed/", "s3://lake-bucket/split_part/"]
  databases        = ["flywheel_dev"]
  catalog_role_arn = "arn:aws:iam::111122223333:role/catalog"
  reports_role_arn = "arn:aws:iam::111122223333:role/reports"
}

run "the_catalog_role_makes_tables_and_the_reports_look" {
  assert {
    condition     = toset(aws_lakeformation_permissions.database["catalog/flywheel_dev"].permissions) == toset(["CREATE_TABLE", "DESCRIBE"])
    error_message = "The jobs on the catalog cannot make tables."
  }
  assert {
    condition     = aws_lakeformation_permissions.tables["reports/flywheel_dev"].permissions == toset(["DESCRIBE"]) && aws_lakeformation_permissions.database["reports/flywheel_dev"].permissions == toset(["DESCRIBE"])
    error_message = "The reports may do more than look at tables."
  }
  assert {
    condition     = alltrue([for grant in values(aws_lakeformation_permissions.location) : grant.principal == "arn:aws:iam::111122223333:role/catalog"])
    error_message = "Somebody else may point tables at the locations."
  }
}

run "locations_are_folders_of_a_bucket" {
  assert {
    condition     = toset([for location in values(aws_lakeformation_resource.location) : location.arn]) == toset(["arn:aws:s3:::lake-bucket/bucketed", "arn:aws:s3:::lake-bucket/split_part"])
    error_message = "The locations are not the folders."
  }
  assert {
    condition     = alltrue([for location in values(aws_lakeformation_resource.location) : location.hybrid_access_enabled && location.use_service_linked_role])
    error_message = "Who reads by IAM is shut out."
  }
}

run "somebody_else_may_have_registered_them" {
  variables {
    register = false
  }
  assert {
    condition     = length(aws_lakeformation_resource.location) == 0 && length(aws_lakeformation_permissions.location) == 2
    error_message = "A location is registered twice, or the grant is left out."
  }
}
