package com.omc.flywheel.common.split;

import com.omc.flywheel.common.sizing.FilePlan.PlannedFile;
import java.util.Comparator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Watches the rows of one file on their way out: each in a bucket of this file by a hash that is not Spark's, buckets
 * ascending, keys ascending within a bucket. Wrong buckets are silent data loss for readers: point lookups return
 * nothing and no engine complains.
 */
final class PlacementCheck {
    private final KeyReader keys;
    private final Comparator<Object> order;
    private final int buckets;
    private final PlannedFile file;
    private long rows;
    private int bucket = -1;
    private Object key;

    PlacementCheck(KeyReader keys, int buckets, PlannedFile file) {
        this.keys = keys;
        this.order = keys.order();
        this.buckets = buckets;
        this.file = file;
    }

    /** The bucket of the row; throws MisplacedRowException for one that may not stand here. */
    int accept(InternalRow row) {
        Object nextKey = keys.key(row);
        int nextBucket = keys.bucket(nextKey, buckets);
        if (nextBucket < file.firstBucket() || nextBucket > file.lastBucket()) {
            throw wrong("a row of bucket %d".formatted(nextBucket));
        }
        if (nextBucket < bucket || (nextBucket == bucket && order.compare(nextKey, key) < 0)) {
            throw wrong("rows out of order in bucket %d".formatted(nextBucket));
        }
        bucket = nextBucket;
        key = nextKey;
        rows++;
        return nextBucket;
    }

    /** Throws MisplacedRowException when rows are missing or too many. */
    long finish() {
        if (rows != file.rows()) {
            throw wrong("%d rows instead of %d".formatted(rows, file.rows()));
        }
        return rows;
    }

    private MisplacedRowException wrong(String what) {
        return new MisplacedRowException(
                "the file of buckets %d to %d got %s; nothing is published. Spark's hash or shuffle does not do what Spark 3.5.6 does: report this with the platform's version"
                        .formatted(file.firstBucket(), file.lastBucket(), what));
    }
}
