package com.omc.flywheel.testdata;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A defect that real producers have shipped. Each one spoils the newest snapshot of the wide table only: older snapshots
 * and the addressable-id table stay sound, and the rest of the newest snapshot is what it would be without the fault.
 */
public enum Fault {
    /** Three rows have no key. */
    NULL_KEYS("three rows have no key"),

    /** Three rows carry the key of another row: one key occurs three times and one twice. */
    DUPLICATE_KEYS("three rows carry the key of another row"),

    /** A mapped column is in no file. */
    MISSING_COLUMN("a mapped column is in no file"),

    /** The key column has another name, {@value WideTable#RENAMED_KEY}, in every file. */
    RENAMED_KEY("the key column has another name in every file"),

    /** The producer stopped half way: a {@code _temporary} folder and no {@code _SUCCESS}, which older snapshots have. */
    UNFINISHED_SNAPSHOT("a _temporary folder is left over and _SUCCESS is missing"),

    /** A further folder, with files in it, whose name has the form of a snapshot but is not a day of any calendar. */
    INVALID_DATE_FOLDER("a further folder snapshot_dt=2025-99-99 holds files"),

    /** One column is of another type in one file. */
    COLUMN_TYPE("one column is of another type in one file"),

    /** One file ends half way and so has no footer. */
    CORRUPT_FILE("one file ends half way and has no footer"),

    /** A data page of one column of one file is overwritten; the footer is sound, so that only reading the column fails. */
    CORRUPT_PAGE("a data page of one column of one file is overwritten"),

    /** A text file and a nested folder with a Parquet file lie in the snapshot's folder. */
    STRAY_FILES("a text file and a nested folder with a Parquet file lie in the snapshot's folder");

    private final String summary;

    Fault(String summary) {
        this.summary = summary;
    }

    /** The fault of a name as the command line writes it; empty when there is none. */
    public static Optional<Fault> named(String commandLineName) {
        return Arrays.stream(values())
                .filter(fault -> fault.commandLineName().equals(commandLineName))
                .findFirst();
    }

    /** For example {@code null-keys}. */
    public String commandLineName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is wrong, in a few words. */
    public String summary() {
        return summary;
    }

    /** Whether the fault takes a file of its own, so that the faults of one run do not hide each other. */
    boolean spoilsOneFile() {
        return this == COLUMN_TYPE || this == CORRUPT_FILE || this == CORRUPT_PAGE;
    }

    /** Whether the fault takes a few rows of its own. */
    boolean spoilsRows() {
        return this == NULL_KEYS || this == DUPLICATE_KEYS;
    }
}
