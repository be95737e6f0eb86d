locals {
  arns = { for location in var.locations : location => "arn:${var.partition}:s3:::${trimsuffix(trimprefix(location, "s3://"), "/")}" }

  # A map whose keys are known before the roles are.
  readers = { catalog = var.catalog_role_arn, reports = var.reports_role_arn }
  read    = { for pair in setproduct(keys(local.readers), var.databases) : "${pair[0]}/${pair[1]}" => { role = pair[0], database = pair[1] } }
}

resource "aws_lakeformation_resource" "location" {
  for_each = var.register ? local.arns : {}

  arn                     = each.value
  role_arn                = var.registration_role_arn
  use_service_linked_role = var.registration_role_arn == null ? true : null

  # Who reads these tables by IAM today goes on doing so; Lake Formation governs whom it has been told of.
  hybrid_access_enabled = true
}

# Without it a table cannot be made to point there.
resource "aws_lakeformation_permissions" "location" {
  for_each = local.arns

  principal   = var.catalog_role_arn
  permissions = ["DATA_LOCATION_ACCESS"]
  data_location {
    arn = each.value
  }

  depends_on = [aws_lakeformation_resource.location]
}

resource "aws_lakeformation_permissions" "database" {
  for_each = local.read

  principal   = local.readers[each.value.role]
  permissions = each.value.role == "catalog" ? ["CREATE_TABLE", "DESCRIBE"] : ["DESCRIBE"]
  database {
    name = each.value.database
  }
}

resource "aws_lakeformation_permissions" "tables" {
  for_each = local.read

  principal   = local.readers[each.value.role]
  permissions = each.value.role == "catalog" ? ["ALTER", "DELETE", "DESCRIBE", "DROP", "INSERT", "SELECT"] : ["DESCRIBE"]
  table {
    database_name = each.value.database
    wildcard      = true
  }

  depends_on = [aws_lakeformation_permissions.database]
}
