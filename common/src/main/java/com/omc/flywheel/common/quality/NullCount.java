package com.omc.flywheel.common.quality;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How often a column of a table has no value.
 *
 * @param rows all rows that were counted, those of files without the column included
 * @param nulls the rows without a value, which those of files without the column are; empty when a file does not tell.
 *     The other files do not stand in for it: a writer leaves the count out where values are long, so they differ from it
 */
public record NullCount(long rows, OptionalLong nulls) {
    private static final double PERCENT = 100.0;

    public NullCount {
        if (rows < 0 || nulls.orElse(0) < 0 || nulls.orElse(0) > rows) {
            throw new IllegalArgumentException("%s of %d rows cannot be null".formatted(nulls, rows));
        }
    }

    /** A column that no file has, as a reader of the table sees it. */
    static NullCount ofNoColumn(long rows) {
        return new NullCount(rows, OptionalLong.of(rows));
    }

    /** The share of the rows without a value, in percent; empty when it is not known or there are no rows. */
    public OptionalDouble percent() {
        return isKnown() ? OptionalDouble.of(PERCENT * nulls.getAsLong() / rows) : OptionalDouble.empty();
    }

    /** True when there are rows and none of them has a value. */
    public boolean isEntirelyNull() {
        return isKnown() && nulls.getAsLong() == rows;
    }

    /** True when there is a share to speak of. */
    boolean isKnown() {
        return rows > 0 && nulls.isPresent();
    }
}
