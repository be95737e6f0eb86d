package com.omc.flywheel.testdata;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Where each fault of the newest snapshot goes; the same place for the same table, rows and files. */
record WideFaults(Set<Fault> faults, WideTable sound, int files) {
    private static final Set<Fault> IN_COLUMNS = Set.of(Fault.MISSING_COLUMN, Fault.COLUMN_TYPE, Fault.CORRUPT_PAGE);
    private static final int FEWEST_COLUMNS = 3;

    WideFaults {
        faults = Set.copyOf(faults);
        if (faults.stream().anyMatch(IN_COLUMNS::contains) && sound.columns().size() < FEWEST_COLUMNS) {
            throw new IllegalArgumentException(
                    "faults in columns need at least %d columns beside the key, the mapping has %d"
                            .formatted(FEWEST_COLUMNS, sound.columns().size()));
        }
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    WideTable tableOfFile(int file) {
        WideTable table = sound;
        if (has(Fault.MISSING_COLUMN)) {
            table = table.without(missingColumn());
        }
        if (has(Fault.RENAMED_KEY)) {
            table = table.withKeyName(WideTable.RENAMED_KEY);
        }
        if (has(Fault.COLUMN_TYPE) && file == fileOf(Fault.COLUMN_TYPE)) {
            table = table.with(columnOfOtherType(), WideColumn::withOtherType);
        }
        return table;
    }

    WideColumn columnOfOtherType() {
        return columnAtQuarter(1);
    }

    WideColumn missingColumn() {
        return columnAtQuarter(2);
    }

    WideColumn columnOfCorruptPage() {
        return columnAtQuarter(3);
    }

    /** Counted from the last file, so that whoever looks at the first file only is surprised. */
    int fileOf(Fault fault) {
        List<Fault> spoilers =
                EnumSet.copyOf(faults).stream().filter(Fault::spoilsOneFile).toList();
        return files - 1 - spoilers.indexOf(fault);
    }

    private WideColumn columnAtQuarter(int quarters) {
        return sound.columns().get(sound.columns().size() * quarters / 4);
    }
}
