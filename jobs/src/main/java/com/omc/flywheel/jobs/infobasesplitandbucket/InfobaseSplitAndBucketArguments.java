package com.omc.flywheel.jobs.infobasesplitandbucket;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.snapshot.RequireSuccess;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.SplitArgumentRules;
import java.util.Optional;

/** The arguments of infobase-split-and-bucket. */
record InfobaseSplitAndBucketArguments(
        @Argument(help = "The snapshot to read; the newest one when absent or `_NONE_`.", example = "2025-11-01")
                Optional<SnapshotDate> snapshotDt,
        @Argument(
                        help = "The folder that holds the `snapshot_dt=YYYY-MM-DD` folders of the wide table.",
                        example = "s3://lake/opus/infobase_attributes/raw_input/")
                S3Uri sourcePath,
        @Argument(
                        help = "The folder of the data set to write; each table is a folder in it.",
                        example = "s3://lake/split_cluster/infobase_attributes/")
                S3Uri targetPath,
        @Argument(
                        help = "The mapping: which columns go into which table.",
                        example = "s3://lake/mapping/omc_flywheel_infobase_table_split_lowercase.csv")
                S3Uri csvFile,
        @Argument(help = "How many buckets rows are hashed into.", example = "256", defaultValue = "256")
                int bucketCount,
        @Argument(
                        help = "The key: the column whose Hive hash is the bucket; the first column of every table.",
                        example = "customer_user_id",
                        defaultValue = "customer_user_id")
                ColumnName bucketCol,
        @Argument(
                        help = "The size to aim for per file in megabytes; fractions are allowed.",
                        example = "0.5",
                        defaultValue = "400")
                DataSize targetFileMb,
        @Argument(
                        help = "How many columns a table may have, the key counted; Clean Rooms lists 100 a table.",
                        example = "100",
                        defaultValue = "100")
                int maxCols,
        @Argument(
                        help =
                                "Write only these tables, separated by commas, in any case, with or without a catalog prefix; the others stay.",
                        example = "IBE_01,ext_ibe_02")
                Optional<TablesFilter> tablesFilter,
        @Argument(help = "How many tables are written at a time.", example = "4", defaultValue = "4") int parallelism,
        @Argument(
                        help = "How many rows may have no key; they all lie in bucket 0. More fail the run.",
                        example = "100",
                        defaultValue = "0")
                long maxNullKeys,
        @Argument(
                        help = "How many rows may repeat a key that another row has. More fail the run.",
                        example = "100",
                        defaultValue = "0")
                long maxDuplicateKeys,
        @Argument(
                        help =
                                "Whether the snapshot must hold `_SUCCESS`: `true`, `false`, or `auto` for yes if any snapshot beside it does.",
                        example = "true",
                        defaultValue = "auto")
                RequireSuccess requireSuccess,
        @Argument(
                        help = "Leave out source columns that no table has, naming them, instead of failing.",
                        example = "true",
                        defaultValue = "false")
                boolean allowDroppedColumns,
        @Argument(
                        help = "The KMS key to encrypt every written object with; the bucket's default when absent.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId,
        @Argument(
                        help = "Print the plan (tables, columns, bytes, files) and write nothing.",
                        example = "true",
                        defaultValue = "false")
                boolean dryRun)
        implements EncryptedOutput {

    InfobaseSplitAndBucketArguments {
        SplitArgumentRules.check(sourcePath, targetPath, bucketCount);
        SplitArgumentRules.atLeastOne("MAX_COLS", maxCols);
        SplitArgumentRules.atLeastOne("PARALLELISM", parallelism);
    }
}
