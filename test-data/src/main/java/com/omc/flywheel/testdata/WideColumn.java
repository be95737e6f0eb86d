package com.omc.flywheel.testdata;

import java.util.Locale;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.PrimitiveType;

/**
 * One attribute of the wide table. A value depends on the person, the column and the snapshot's day; it changes once in
 * {@value #DAYS_BETWEEN_CHANGES} days, at a day that differs from cell to cell, so that about 3 % of the cells differ after a month.
 */
final class WideColumn {
    private static final int DAYS_BETWEEN_CHANGES = 1 << 10;
    private static final int UPPER_CASE_PERCENT = 30;

    private final String column;
    private final String sourceName;
    private final ColumnKind kind;
    private final ColumnValues values;
    private final long hash;
    private final int nullsOf65536;

    private WideColumn(String column, ColumnKind kind) {
        this.column = column;
        this.hash = SplitMix.hash(column);
        this.sourceName = SplitMix.uniform(SplitMix.mix(hash + 1), 100) < UPPER_CASE_PERCENT
                ? column.toUpperCase(Locale.ROOT)
                : column;
        this.kind = kind;
        this.values = kind.values(SplitMix.mix(hash + 2));
        this.nullsOf65536 = 65_536 * nullPercent(kind, SplitMix.mix(hash + 3)) / 100;
    }

    /** The column of a lower-case name. */
    static WideColumn named(String column) {
        return new WideColumn(column, ColumnKind.of(column));
    }

    /** The lower-case name, as in the mapping. */
    String column() {
        return column;
    }

    /** The name in the files: some of them are upper case. */
    String sourceName() {
        return sourceName;
    }

    PrimitiveType type() {
        return kind.type(sourceName);
    }

    WideColumn withOtherType() {
        return new WideColumn(column, kind.otherType());
    }

    void write(Population population, int from, int to, long snapshotDay, ColumnWriter writer) {
        for (int row = from; row < to; row++) {
            long cell = SplitMix.mix(population.hash(population.person(row)) ^ hash);
            long version = (snapshotDay + (cell >>> 54)) / DAYS_BETWEEN_CHANGES;
            long bits = SplitMix.mix(cell + version * SplitMix.GOLDEN_GAMMA);
            if ((bits & 0xFFFF) < nullsOf65536) {
                writer.writeNull(0, 0);
            } else {
                values.write(bits >>> 16, writer);
            }
        }
    }

    private static int nullPercent(ColumnKind kind, long bits) {
        if (kind == ColumnKind.FLAG) {
            return 40 + SplitMix.uniform(bits, 56);
        }
        boolean complete = SplitMix.uniform(bits >>> 32, 100) < 5;
        return complete ? 0 : SplitMix.uniform(bits, 96);
    }
}
