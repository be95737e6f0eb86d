package com.omc.flywheel.common.quality;

/**
 * How many different keys two tables have, and how many of these they share.
 *
 * @param left those of the first table
 * @param right those of the second
 * @param both those in either
 */
public record KeyOverlap(long left, long right, long both) {
    public KeyOverlap {
        if (both < 0 || both > Math.min(left, right)) {
            throw new IllegalArgumentException("%d of %d and %d keys cannot be shared".formatted(both, left, right));
        }
    }

    /** The keys that the second table lacks. */
    public long onlyLeft() {
        return left - both;
    }

    /** The keys that the first table lacks. */
    public long onlyRight() {
        return right - both;
    }
}
