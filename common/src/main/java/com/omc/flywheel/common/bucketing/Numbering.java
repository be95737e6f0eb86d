package com.omc.flywheel.common.bucketing;

import org.apache.spark.sql.Column;

/** Which number of the two a row's place goes by. They never agree. */
public enum Numbering {
    /** Hive's bucket, version 1: what a bucketed table is read by. */
    HIVE_BUCKET,
    /** The partition column {@code id_bucket}. */
    ID_BUCKET;

    /** The number of a key, from 0, as Spark computes it. */
    public Column column(Column key, int buckets) {
        return switch (this) {
            case HIVE_BUCKET -> HiveBucketColumn.of(key, buckets);
            case ID_BUCKET -> IdBucketColumn.of(key, buckets);
        };
    }

    /**
     * The number of a key, from 0, by code that is not Spark's.
     *
     * @param key the UTF-8 bytes of a string, a Long, an Integer (for a date its days since 1970-01-01), or null
     */
    public int of(Object key, int buckets) {
        return this == HIVE_BUCKET ? HiveBucket.of(hiveHash(key), buckets) : IdBucket.of(xxHash(key), buckets);
    }

    private static int hiveHash(Object key) {
        if (key instanceof byte[] utf8) {
            return HiveBucket.hash(utf8);
        }
        if (key instanceof Long number) {
            return HiveBucket.hash(number.longValue());
        }
        return key instanceof Integer number ? HiveBucket.hash(number.intValue()) : HiveBucket.hashOfNull();
    }

    private static long xxHash(Object key) {
        if (key instanceof byte[] utf8) {
            return IdBucket.hash(utf8);
        }
        if (key instanceof Long number) {
            return IdBucket.hash(number.longValue());
        }
        return key instanceof Integer number ? IdBucket.hash(number.intValue()) : IdBucket.hashOfNull();
    }
}
