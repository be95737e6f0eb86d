package com.omc.flywheel.jobs;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.publish.PublishArguments;
import com.omc.flywheel.common.snapshot.RequireSuccess;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Optional;

/** The arguments that every job has that rewrites a snapshot as tables. */
public record SplitArguments(
        @Argument(help = "The snapshot to read; the newest one when absent or `_NONE_`.", example = "2025-11-01")
                Optional<SnapshotDate> snapshotDt,
        @Argument(
                        help = "The folder that holds the `snapshot_dt=YYYY-MM-DD` folders.",
                        example = "s3://lake/opus/infobase_attributes/raw_input/")
                S3Uri sourcePath,
        @Argument(
                        help = "The folder of the data set to write; each table is a folder in it.",
                        example = "s3://lake/split_cluster/infobase_attributes/")
                S3Uri targetPath,
        @Argument(help = "How many buckets rows are hashed into.", example = "256", defaultValue = "256", min = 1)
                int bucketCount,
        @Argument(
                        help = "The key: the column whose hash is the bucket; the first column of every table.",
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
                        defaultValue = "100",
                        min = 1)
                int maxCols,
        @Argument(
                        help = "How many rows may have no key; they all lie in one bucket. More fail the run.",
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
                        help = "Print the plan (tables, columns, bytes, files) and write nothing.",
                        example = "true",
                        defaultValue = "false")
                boolean dryRun,
        PublishArguments publish) {
    // Hive writes the bucket into a file's name as five digits.
    private static final int MOST_BUCKETS = 99_999;

    public SplitArguments {
        if (sourcePath.contains(targetPath) || targetPath.contains(sourcePath)) {
            throw new IllegalArgumentException(
                    "--TARGET_PATH %s and --SOURCE_PATH %s overlap; a run may not write where it reads"
                            .formatted(targetPath, sourcePath));
        }
        if (dryRun && publish.recoverOnly()) {
            throw new IllegalArgumentException(
                    "--DRY_RUN true writes nothing, --RECOVER_ONLY true finishes or undoes runs; give one of them");
        }
        if (bucketCount > MOST_BUCKETS) {
            throw new IllegalArgumentException(
                    "--BUCKET_COUNT: expected at most %d, got %d".formatted(MOST_BUCKETS, bucketCount));
        }
    }
}
