package com.omc.flywheel.common.bucketing;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** The {@code id_bucket} of a key as a Spark column: the same number as {@link IdBucket}, computed by Spark's own hash. */
public final class IdBucketColumn {
    private IdBucketColumn() {}

    /** The bucket, from 0, of a key of type string, bigint, int or date. */
    public static Column of(Column key, int buckets) {
        return pmod(xxhash64(key), lit(buckets)).cast(DataTypes.IntegerType);
    }
}
