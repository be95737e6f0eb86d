package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.bucketing.KeyType;
import java.util.List;

/**
 * Stands for the keys of a table, each as often as it occurs and in no order: equal for tables of equal keys, and for
 * others by chance alone. It tells nothing of any key.
 *
 * <p>Two independent hashes of 64 bits are summed over the rows, so tables that differ are taken for equal with a
 * probability of about 2^-128.
 *
 * @param type of the keys; the same digits as text and as a number are different keys
 * @param keys the rows that have one
 * @param sums of the halves of the hashes
 */
public record KeyFingerprint(KeyType type, long keys, List<Long> sums) {
    public KeyFingerprint {
        sums = List.copyOf(sums);
    }
}
