package com.omc.flywheel.jobs.generatecleanroomsreport;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.CatalogNames;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.job.RegionArgument;
import com.omc.flywheel.common.report.ReportName;
import com.omc.flywheel.common.report.ReportOutput;
import com.omc.flywheel.common.storage.BucketName;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.ReportArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The arguments of generate-cleanrooms-report. */
record GenerateCleanroomsReportArguments(
        @Argument(help = "The bucket that the report is written to.", example = "flywheel-reports")
                BucketName reportBucket,
        @Argument(help = "The database of the tables in the Glue catalog.", example = "omc_flywheel_prod")
                CatalogName database,
        @Argument(help = "What the names of the tables begin with.", example = "part_", defaultValue = "part_")
                TablePrefix tablePrefix,
        @Argument(
                        help =
                                "The membership to report on; the only active one of the account when absent, and an error that lists them when there are several.",
                        example = "0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f")
                Optional<String> membershipId,
        @Argument(
                        help = "The folder in the bucket that the report is written to.",
                        example = "cleanrooms-reports/",
                        defaultValue = "cleanrooms-reports/")
                String reportPrefix,
        @Argument(
                        help = "What the names of the files begin with; reports of one name are a series.",
                        example = "ACX_Cleanroom_Report",
                        defaultValue = "ACX_Cleanroom_Report")
                ReportName reportName,
        @Argument(
                        help = "What goes before the name of a table to make the name of its association.",
                        example = "acx_",
                        defaultValue = "acx_")
                String associationPrefix,
        @Argument(
                        help = "Tables to leave out, by their names in the catalog, separated by commas.",
                        example = "part_addressable_ids,part_addressable_ids_er")
                Optional<CatalogNames> excludedTables,
        @Argument(
                        help =
                                "A small file on S3 of what people call accounts: CSV with an account and a label a line, or a JSON object of labels by account.",
                        example = "s3://lake/config/accounts.csv")
                Optional<S3Uri> accountLabels,
        @Argument(
                        help =
                                "Which files are written: `json` for programs, `csv` for spreadsheets, `html` for people, or `all`.",
                        example = "all",
                        defaultValue = "all")
                ReportOutput output,
        @Argument(
                        help =
                                "The JSON file of the report to compare with; the newest earlier one of the same name, membership and tables when absent.",
                        example = "s3://flywheel-reports/cleanrooms-reports/ACX_Cleanroom_Report_20250131_020000.json")
                Optional<S3Uri> compareWith,
        @Argument(
                        help = "The region of the services that the job calls; the environment's when absent.",
                        example = "eu-west-1")
                Optional<String> awsRegion,
        @Argument(
                        help = "The KMS key to encrypt the report with; the bucket's default when absent.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId)
        implements ReportArguments, RegionArgument, EncryptedOutput {
    // "membershipIdentifier" and "name" of the AWS Clean Rooms API reference, GetMembership and
    // CreateConfiguredTableAssociation.
    private static final Pattern MEMBERSHIP =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern OF_A_NAME = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_ -]{0,63}");

    GenerateCleanroomsReportArguments {
        List<String> problems = new ArrayList<>();
        try {
            reportPrefix = ReportArguments.folder(reportBucket, reportPrefix);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        membershipId
                .filter(id -> !MEMBERSHIP.matcher(id).matches())
                .ifPresent(id -> problems.add(
                        "--MEMBERSHIP_ID: expected an id like 0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f, got \"%s\""
                                .formatted(id)));
        if (!OF_A_NAME.matcher(associationPrefix).matches()) {
            problems.add(
                    "--ASSOCIATION_PREFIX: expected letters, digits, underscores, spaces and hyphens, at most 64, got \"%s\""
                            .formatted(associationPrefix));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  - ", problems));
        }
    }
}
