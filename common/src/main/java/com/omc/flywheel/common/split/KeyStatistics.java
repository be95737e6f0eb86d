package com.omc.flywheel.common.split;

import java.util.List;

/**
 * What one pass over the key column tells.
 *
 * @param rowsPerBucket the rows of each bucket
 * @param nullKeys rows without a key; they lie in bucket 0
 * @param duplicateKeys rows whose key another row has too, one row of each key not counted
 */
record KeyStatistics(List<Long> rowsPerBucket, long nullKeys, long duplicateKeys) {
    KeyStatistics {
        rowsPerBucket = List.copyOf(rowsPerBucket);
    }

    long rows() {
        return rowsPerBucket.stream().mapToLong(Long::longValue).sum();
    }
}
