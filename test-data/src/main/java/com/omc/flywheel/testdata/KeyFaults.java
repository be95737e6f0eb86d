package com.omc.flywheel.testdata;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which rows have no key, and which carry the key of another row. */
record KeyFaults(Set<Integer> rowsWithoutKey, Map<Integer, Integer> rowsWithKeyOf) {
    static final KeyFaults NONE = new KeyFaults(Set.of(), Map.of());

    KeyFaults {
        rowsWithoutKey = Set.copyOf(rowsWithoutKey);
        rowsWithKeyOf = Map.copyOf(rowsWithKeyOf);
    }

    /** Those of the faults that are about keys, at rows spread over the files; needs sixteen rows. */
    static KeyFaults of(Set<Fault> faults, int rows) {
        return new KeyFaults(
                faults.contains(Fault.NULL_KEYS) ? Set.of(eighth(2, rows), eighth(4, rows), eighth(6, rows)) : Set.of(),
                faults.contains(Fault.DUPLICATE_KEYS)
                        ? Map.of(eighth(1, rows), 0, eighth(3, rows), 0, eighth(5, rows), rows - 1)
                        : Map.of());
    }

    boolean hasNoKey(int row) {
        return rowsWithoutKey.contains(row);
    }

    int rowOfKey(int row) {
        return rowsWithKeyOf.getOrDefault(row, row);
    }

    /** Rows are counted from 0 over all files of the folder. */
    String describe(Path folder) {
        return rowsWithKeyOf.isEmpty()
                ? "%s: rows %s have no key".formatted(folder, new TreeSet<>(rowsWithoutKey))
                : "%s: rows have the key of another row: %s".formatted(folder, new TreeMap<>(rowsWithKeyOf));
    }

    private static int eighth(int eighths, int rows) {
        return (int) ((long) rows * eighths / 8);
    }
}
