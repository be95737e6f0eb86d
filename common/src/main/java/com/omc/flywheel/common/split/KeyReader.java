package com.omc.flywheel.common.split;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.bucketing.Numbering;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads the key, which is the first column, from Spark's rows: its bucket, and its order beside another. */
final class KeyReader implements Serializable {
    private static final long serialVersionUID = 1L;

    private final KeyType type;
    private final Numbering numbering;

    KeyReader(KeyType type, Numbering numbering) {
        this.type = type;
        this.numbering = numbering;
    }

    /** The key's value, not shared with the row; null when there is none. */
    Object key(InternalRow row) {
        if (row.isNullAt(0)) {
            return null;
        }
        return switch (type) {
            case STRING -> row.getUTF8String(0).getBytes();
            case BIGINT -> row.getLong(0);
            case INT, DATE -> row.getInt(0);
        };
    }

    int bucket(Object key, int buckets) {
        return numbering.of(key, buckets);
    }

    /** The order within a bucket: no key first, strings by their unsigned UTF-8 bytes, the others by value. */
    Comparator<Object> order() {
        return Comparator.nullsFirst(
                switch (type) {
                    case STRING -> (left, right) -> Arrays.compareUnsigned((byte[]) left, (byte[]) right);
                    case BIGINT -> (left, right) -> Long.compare((Long) left, (Long) right);
                    case INT, DATE -> (left, right) -> Integer.compare((Integer) left, (Integer) right);
                });
    }
}
