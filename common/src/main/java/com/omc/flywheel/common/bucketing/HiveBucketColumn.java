package com.omc.flywheel.common.bucketing;

import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.HiveHash;
import scala.collection.JavaConverters;

/** The bucket of a key as a Spark column: the same number as {@link HiveBucket}, computed by Spark's own HiveHash. */
public final class HiveBucketColumn {
    private HiveBucketColumn() {}

    /** The bucket, from 0, of a key of type string, bigint, int or date; NULL is in bucket 0. */
    public static Column of(Column key, int buckets) {
        List<Expression> keys = List.of(key.expr());
        Column hash = new Column(new HiveHash(JavaConverters.asScalaBuffer(keys).toSeq()));
        return hash.bitwiseAND(Integer.MAX_VALUE).mod(lit(buckets));
    }
}
