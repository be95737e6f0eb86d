package com.omc.flywheel.jobs.addressablebucket;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.snapshot.RequireSuccess;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.SplitArgumentRules;
import java.util.Optional;

/** The arguments of addressable-bucket. */
record AddressableBucketArguments(
        @Argument(help = "The snapshot to read; the newest one when absent or `_NONE_`.", example = "2025-11-01")
                Optional<SnapshotDate> snapshotDt,
        @Argument(
                        help = "The folder that holds the `snapshot_dt=YYYY-MM-DD` folders of the addressable ids.",
                        example = "s3://lake/opus/addressable_ids/raw_input/")
                S3Uri sourcePath,
        @Argument(
                        help = "The folder of the data set to write; the table is the folder `addressable_ids` in it.",
                        example = "s3://lake/split_cluster/addressable_ids/")
                S3Uri targetPath,
        @Argument(help = "How many buckets rows are hashed into.", example = "256", defaultValue = "256")
                int bucketCount,
        @Argument(
                        help = "The key: the column whose Hive hash is the bucket; the first column of the table.",
                        example = "customer_user_id",
                        defaultValue = "customer_user_id")
                ColumnName bucketCol,
        @Argument(
                        help = "The size to aim for per file in megabytes; fractions are allowed.",
                        example = "0.5",
                        defaultValue = "400")
                DataSize targetFileMb,
        @Argument(
                        help = "How many columns the table may have, the key counted; Clean Rooms lists 100 a table.",
                        example = "100",
                        defaultValue = "100")
                int maxCols,
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
                        help = "The KMS key to encrypt every written object with; the bucket's default when absent.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId,
        @Argument(
                        help = "Print the plan (table, columns, bytes, files) and write nothing.",
                        example = "true",
                        defaultValue = "false")
                boolean dryRun)
        implements EncryptedOutput {

    AddressableBucketArguments {
        SplitArgumentRules.check(sourcePath, targetPath, bucketCount);
        SplitArgumentRules.atLeastOne("MAX_COLS", maxCols);
    }
}
