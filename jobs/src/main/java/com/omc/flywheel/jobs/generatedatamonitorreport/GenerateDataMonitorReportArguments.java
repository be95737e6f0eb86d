package com.omc.flywheel.jobs.generatedatamonitorreport;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.job.RegionArgument;
import com.omc.flywheel.common.quality.KeyChecks;
import com.omc.flywheel.common.quality.MonitorOptions;
import com.omc.flywheel.common.quality.MonitorOptions.SmallFiles;
import com.omc.flywheel.common.quality.MonitorOptions.Tables;
import com.omc.flywheel.common.quality.Percent;
import com.omc.flywheel.common.report.ReportName;
import com.omc.flywheel.common.report.ReportOutput;
import com.omc.flywheel.common.storage.BucketName;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.jobs.ReportArguments;
import com.omc.flywheel.jobs.Roots;
import java.util.Optional;

/** The arguments of generate-data-monitor-report. */
record GenerateDataMonitorReportArguments(
        @Argument(help = "The bucket that the report is written to.", example = "reports") BucketName reportBucket,
        @Argument(
                        help = "The folder in that bucket.",
                        example = "data-monitor-reports/",
                        defaultValue = "data-monitor-reports/")
                String reportPrefix,
        @Argument(
                        help = "What the names of the report's files begin with.",
                        example = "ACX_Data_Monitor_Report",
                        defaultValue = "ACX_Data_Monitor_Report")
                ReportName reportName,
        @Argument(
                        help = "Which files are written: `json`, `csv`, `html` or `all`.",
                        example = "all",
                        defaultValue = "all")
                ReportOutput output,
        @Argument(help = "The database of the tables over snapshots.", example = "omc_flywheel_prod")
                CatalogName database,
        @Argument(
                        name = "STAGED_DB",
                        help = "The database of the external tables; DATABASE when absent.",
                        example = "omc_flywheel_prod")
                Optional<CatalogName> stagedDatabase,
        @Argument(
                        name = "FINAL_DB",
                        help = "The database of the bucketed tables; DATABASE when absent.",
                        example = "omc_flywheel_prod")
                Optional<CatalogName> finalDatabase,
        @Argument(help = "What the names of the external tables begin with.", example = "ext_", defaultValue = "ext_")
                TablePrefix stagedPrefix,
        @Argument(
                        help = "What the names of the bucketed tables begin with.",
                        example = "bucketed_",
                        defaultValue = "bucketed_")
                TablePrefix bucketedPrefix,
        @Argument(
                        help = "What the names of the tables over snapshots begin with.",
                        example = "part_",
                        defaultValue = "part_")
                TablePrefix tablePrefix,
        @Argument(
                        name = "S3_ROOTS",
                        help =
                                "Data sets, or folders that hold data sets, to look at beyond those that tables name; separated by commas.",
                        example = "s3://lake/split_cluster/,s3://lake/split_part/")
                Optional<Roots> roots,
        @Argument(
                        help = "The column that tables are joined by.",
                        example = "customer_user_id",
                        defaultValue = "customer_user_id")
                ColumnName keyColumn,
        @Argument(help = "How many buckets a bucketed table has.", example = "256", defaultValue = "256", min = 1)
                int bucketCount,
        @Argument(help = "How many days old a snapshot may be.", example = "45", defaultValue = "45") int freshnessDays,
        @Argument(
                        name = "COUNT_TOLERANCE_PCT",
                        help = "By how many of a hundred rows two counts of the same rows may differ.",
                        example = "0.5",
                        defaultValue = "0")
                Percent countTolerance,
        @Argument(
                        name = "NULL_RATE_DRIFT_PCT",
                        help =
                                "By how many percentage points the share of nulls of a column may differ from the snapshot before.",
                        example = "10",
                        defaultValue = "10")
                Percent nullRateDrift,
        @Argument(
                        name = "SMALL_FILE_MB",
                        help = "Files below so many megabytes are small.",
                        example = "32",
                        defaultValue = "32")
                DataSize smallFile,
        @Argument(
                        name = "SMALL_FILE_SHARE_PCT",
                        help =
                                "How many of a hundred files of a table may be small, when fewer files would do; the files that buckets ask for are never too many.",
                        example = "50",
                        defaultValue = "50")
                Percent smallFileShare,
        @Argument(
                        help = "How many columns of a table Clean Rooms lets a query see, partition columns counted.",
                        example = "100",
                        defaultValue = "100",
                        min = 1)
                int maxColumns,
        @Argument(
                        help =
                                "How null and duplicate keys are counted: `none`, `manifest` by what the writing run counted, or `scan` by the keys in the files, which also gives the overlap of ids.",
                        example = "scan",
                        defaultValue = "scan")
                KeyChecks keyChecks,
        @Argument(help = "How many requests are sent at a time.", example = "16", defaultValue = "16", min = 1)
                int parallelism,
        @Argument(
                        help = "The Amazon SNS topic that is told of errors and warnings; nobody is when absent.",
                        example = "arn:aws:sns:eu-west-1:111122223333:data-monitor")
                Optional<TopicArn> snsTopicArn,
        @Argument(
                        help =
                                "Which findings make the job fail after the report is written: `none`, `error`, or `warning` for either.",
                        example = "error",
                        defaultValue = "error")
                FailOn failOn,
        @Argument(
                        help = "The region of the services that the job calls; the environment's when absent.",
                        example = "eu-west-1")
                Optional<String> awsRegion,
        @Argument(
                        help = "The KMS key to encrypt every written object with; the bucket's default when absent.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId)
        implements ReportArguments, RegionArgument, EncryptedOutput {

    GenerateDataMonitorReportArguments {
        reportPrefix = ReportArguments.folder(reportBucket, reportPrefix);
    }

    MonitorOptions options() {
        return new MonitorOptions(
                new Tables(stagedDatabase.orElse(database), stagedPrefix),
                new Tables(finalDatabase.orElse(database), bucketedPrefix),
                new Tables(database, tablePrefix),
                roots.orElse(Roots.NONE).folders(),
                keyColumn,
                bucketCount,
                freshnessDays,
                countTolerance,
                nullRateDrift,
                new SmallFiles(smallFile, smallFileShare),
                maxColumns,
                keyChecks,
                parallelism);
    }
}
