package com.omc.flywheel.common.bucketing;

/**
 * The bucket of a key by Hive's bucketing version 1: {@code (hash & 0x7fffffff) % buckets}.
 *
 * <p>Sources: Hive's {@code ObjectInspectorUtils.getBucketHashCodeOld}, Trino's {@code HiveBucketingV1}. It is written
 * by hand, beside the expression of {@link HiveBucketColumn} that places the rows, so that each checks the other; both
 * are held against vectors that engines made.
 */
public final class HiveBucket {
    private HiveBucket() {}

    /** The hash of a string's UTF-8 bytes, each taken as a signed number. */
    public static int hash(byte[] utf8) {
        int hash = 0;
        for (byte one : utf8) {
            hash = 31 * hash + one;
        }
        return hash;
    }

    /** The hash of a bigint. */
    public static int hash(long value) {
        return (int) (value ^ (value >>> 32));
    }

    /** The hash of an int, or of a date as its days since 1970-01-01. */
    public static int hash(int value) {
        return value;
    }

    /** The hash of NULL, whatever the type. */
    public static int hashOfNull() {
        return 0;
    }

    /** The bucket that rows of this hash belong to. */
    public static int of(int hash, int buckets) {
        return (hash & Integer.MAX_VALUE) % buckets;
    }
}
