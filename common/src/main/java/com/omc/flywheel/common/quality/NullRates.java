package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How often each column of a table has no value, in one snapshot and in the one before it. Counts only: no row is read.
 *
 * @param columns every column that either snapshot has, those of the later one first and in its order
 * @param since the earlier snapshot; empty when none is known
 */
public record NullRates(List<ColumnRates> columns, Optional<SnapshotDate> since) {
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    public NullRates {
        columns = List.copyOf(columns);
    }

    /** The rates of a snapshot that there is none before. */
    public static NullRates first(TableContents now) {
        return new NullRates(
                now.columns().entrySet().stream()
                        .map(column -> new ColumnRates(
                                column.getKey(),
                                Change.NOTHING_BEFORE,
                                Optional.empty(),
                                Optional.of(column.getValue().nulls())))
                        .toList(),
                Optional.empty());
    }

    /**
     * Compares two snapshots of a table.
     *
     * @param since the earlier one
     * @param before what it held
     * @param pointsAllowed by how many percentage points a rate may move either way and still be called steady
     */
    public static NullRates between(
            SnapshotDate since, TableContents before, TableContents now, BigDecimal pointsAllowed) {
        if (pointsAllowed.signum() < 0) {
            throw new IllegalArgumentException("no rate can move by less than %s points".formatted(pointsAllowed));
        }
        Set<String> names = new LinkedHashSet<>(now.columns().keySet());
        names.addAll(before.columns().keySet());
        List<ColumnRates> columns = new ArrayList<>();
        for (String name : names) {
            Optional<NullCount> earlier = nulls(before, name);
            Optional<NullCount> later = nulls(now, name);
            Change change;
            if (earlier.isEmpty()) {
                change = before.isComplete() ? Change.NEW : Change.UNKNOWN;
            } else if (later.isEmpty()) {
                change = now.isComplete() ? Change.GONE : Change.UNKNOWN;
            } else {
                change = change(earlier.get(), later.get(), pointsAllowed);
            }
            columns.add(new ColumnRates(name, change, earlier, later));
        }
        return new NullRates(columns, Optional.of(since));
    }

    /** The columns that a person should look at. */
    public List<ColumnRates> findings() {
        return those(change -> change.isFinding);
    }

    /** The columns of which nobody knows whether they have changed. */
    public List<ColumnRates> unknown() {
        return those(change -> change == Change.UNKNOWN);
    }

    private List<ColumnRates> those(Predicate<Change> wanted) {
        return columns.stream().filter(column -> wanted.test(column.change())).toList();
    }

    private static Optional<NullCount> nulls(TableContents contents, String column) {
        return contents.columns().containsKey(column) ? Optional.of(contents.nulls(column)) : Optional.empty();
    }

    private static Change change(NullCount before, NullCount now, BigDecimal pointsAllowed) {
        if (!before.isKnown() || !now.isKnown()) {
            return Change.UNKNOWN;
        }
        if (before.isEntirelyNull() != now.isEntirelyNull()) {
            return now.isEntirelyNull() ? Change.BECAME_ENTIRELY_NULL : Change.STOPPED_BEING_ENTIRELY_NULL;
        }
        return movedByMore(before, now, pointsAllowed) ? Change.DRIFTED : Change.STEADY;
    }

    /** Without a division, since a rate that moved by exactly what is allowed is steady. */
    private static boolean movedByMore(NullCount before, NullCount now, BigDecimal pointsAllowed) {
        BigDecimal rowsBefore = BigDecimal.valueOf(before.rows());
        BigDecimal rowsNow = BigDecimal.valueOf(now.rows());
        BigDecimal moved = BigDecimal.valueOf(now.nulls().getAsLong())
                .multiply(rowsBefore)
                .subtract(BigDecimal.valueOf(before.nulls().getAsLong()).multiply(rowsNow))
                .abs()
                .multiply(PERCENT);
        return moved.compareTo(pointsAllowed.multiply(rowsBefore).multiply(rowsNow)) > 0;
    }

    /** What became of a column. */
    public enum Change {
        BECAME_ENTIRELY_NULL(true),
        STOPPED_BEING_ENTIRELY_NULL(true),
        /** Its rate moved by more than is allowed. */
        DRIFTED(true),
        /** No file of the snapshot before has it. */
        NEW(true),
        /** No file of the later snapshot has it. */
        GONE(true),
        STEADY(false),
        /** A file does not tell its nulls or could not be read, or a snapshot has no rows. */
        UNKNOWN(false),
        /** There is no snapshot to compare it with. */
        NOTHING_BEFORE(false);

        private final boolean isFinding;

        Change(boolean isFinding) {
            this.isFinding = isFinding;
        }
    }

    /**
     * One column.
     *
     * @param column its name in lower case
     * @param before its nulls in the earlier snapshot; empty when no file that was read has it
     * @param now its nulls in the later one; empty in the same way
     */
    public record ColumnRates(String column, Change change, Optional<NullCount> before, Optional<NullCount> now) {
        /** The rate before in percent; empty where it is not known. */
        public OptionalDouble percentBefore() {
            return percent(before);
        }

        /** The rate now in percent; empty where it is not known. */
        public OptionalDouble percentNow() {
            return percent(now);
        }

        /** By how many percentage points the rate rose, or fell when negative; empty unless both rates are known. */
        public OptionalDouble points() {
            return percentBefore().isPresent() && percentNow().isPresent()
                    ? OptionalDouble.of(
                            percentNow().getAsDouble() - percentBefore().getAsDouble())
                    : OptionalDouble.empty();
        }

        /** The change as a sentence for a person. */
        public String sentence() {
            return switch (change) {
                case BECAME_ENTIRELY_NULL ->
                    "%s is null in every row now, %s before".formatted(column, text(percentBefore()));
                case STOPPED_BEING_ENTIRELY_NULL ->
                    "%s was null in every row before, %s now".formatted(column, text(percentNow()));
                case DRIFTED ->
                    String.format(
                            Locale.ROOT,
                            "%s: %s of the rows are null now, %s before (%+.2f points)",
                            column,
                            text(percentNow()),
                            text(percentBefore()),
                            points().orElseThrow());
                case NEW -> "%s is new, %s of its rows are null".formatted(column, text(percentNow()));
                case GONE -> "%s is gone, %s of its rows were null".formatted(column, text(percentBefore()));
                case STEADY ->
                    "%s: %s of the rows are null now, %s before"
                            .formatted(column, text(percentNow()), text(percentBefore()));
                case UNKNOWN ->
                    "%s cannot be compared: %s null now, %s before"
                            .formatted(column, text(percentNow()), text(percentBefore()));
                case NOTHING_BEFORE -> "%s: %s of the rows are null".formatted(column, text(percentNow()));
            };
        }

        private static OptionalDouble percent(Optional<NullCount> count) {
            return count.map(NullCount::percent).orElseGet(OptionalDouble::empty);
        }

        private static String text(OptionalDouble percent) {
            return percent.isPresent()
                    ? String.format(Locale.ROOT, "%.2f %%", percent.getAsDouble())
                    : "an unknown share";
        }
    }
}
