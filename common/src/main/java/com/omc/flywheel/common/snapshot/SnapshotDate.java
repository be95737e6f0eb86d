package com.omc.flywheel.common.snapshot;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;

/**
 * The day that a snapshot describes, written {@code YYYY-MM-DD} and nothing else; its folder is
 * {@code snapshot_dt=YYYY-MM-DD}.
 *
 * @param day a real day: 2025-02-30 is none
 */
public record SnapshotDate(LocalDate day) implements Comparable<SnapshotDate> {
    /** The partition column that snapshots are folders of. */
    public static final String COLUMN = "snapshot_dt";

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    /** Reads a date of exactly ten characters; throws IllegalArgumentException for anything else. */
    public static SnapshotDate parse(String text) {
        if (text.length() == 10) {
            try {
                return new SnapshotDate(LocalDate.parse(text, FORM));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("expected a real date YYYY-MM-DD, got \"%s\"".formatted(text), e);
            }
        }
        throw new IllegalArgumentException("expected a date YYYY-MM-DD, got \"%s\"".formatted(text));
    }

    /** The name of the folder that holds the snapshot. */
    public String folderName() {
        return COLUMN + "=" + this;
    }

    @Override
    public int compareTo(SnapshotDate other) {
        return day.compareTo(other.day);
    }

    @Override
    public String toString() {
        return FORM.format(day);
    }
}
