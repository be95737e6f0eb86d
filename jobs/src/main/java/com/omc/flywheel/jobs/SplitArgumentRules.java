package com.omc.flywheel.jobs;

import com.omc.flywheel.common.storage.S3Uri;

/** The rules between arguments that all split jobs have. */
public final class SplitArgumentRules {
    // Hive writes the bucket into the file's name as five digits.
    private static final int MOST_BUCKETS = 99_999;

    private SplitArgumentRules() {}

    /** Throws IllegalArgumentException when one folder holds the other, or the buckets cannot be numbered. */
    public static void check(S3Uri sourcePath, S3Uri targetPath, int bucketCount) {
        if (sourcePath.contains(targetPath) || targetPath.contains(sourcePath)) {
            throw new IllegalArgumentException(
                    "--TARGET_PATH %s and --SOURCE_PATH %s overlap; a run may not write where it reads"
                            .formatted(targetPath, sourcePath));
        }
        if (bucketCount < 1 || bucketCount > MOST_BUCKETS) {
            throw new IllegalArgumentException(
                    "--BUCKET_COUNT: expected 1 to %d, got %d".formatted(MOST_BUCKETS, bucketCount));
        }
    }

    /** Throws IllegalArgumentException for 0. */
    public static void atLeastOne(String argument, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("--%s: expected at least 1, got %d".formatted(argument, value));
        }
    }
}
