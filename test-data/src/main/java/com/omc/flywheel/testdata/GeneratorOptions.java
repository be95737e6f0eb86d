package com.omc.flywheel.testdata;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to generate. Equal options give equal files, byte for byte, wherever and however often they are written.
 *
 * @param rows rows of the wide table in each snapshot; the addressable-id table has nearly as many
 * @param seed chooses keys and values; the schema does not depend on it
 * @param snapshots the days to generate, each once, in any order; the last day is the newest snapshot
 * @param faults what to spoil in the newest snapshot of the wide table
 * @param mapping a table-split file whose columns the wide table gets; {@link MappingLayout#wide()} when absent
 * @param files files per snapshot and table; fewer when there are fewer rows
 * @param rowGroupsPerFile row groups per file; fewer when a file has fewer rows
 */
public record GeneratorOptions(
        int rows,
        long seed,
        List<LocalDate> snapshots,
        Set<Fault> faults,
        Optional<Path> mapping,
        int files,
        int rowGroupsPerFile) {

    static final int FEWEST_ROWS_FOR_ROW_FAULTS = 16;

    public GeneratorOptions {
        snapshots = List.copyOf(snapshots);
        faults = Set.copyOf(faults);
        List<String> problems = problems(rows, snapshots, faults, files, rowGroupsPerFile);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** 2,000 rows of two sound snapshots, a month apart, in four files of three row groups each. */
    public static GeneratorOptions defaults() {
        return new GeneratorOptions(
                2_000,
                1,
                List.of(LocalDate.of(2025, 10, 1), LocalDate.of(2025, 11, 1)),
                Set.of(),
                Optional.empty(),
                4,
                3);
    }

    public GeneratorOptions withRows(int newRows) {
        return new GeneratorOptions(newRows, seed, snapshots, faults, mapping, files, rowGroupsPerFile);
    }

    public GeneratorOptions withSeed(long newSeed) {
        return new GeneratorOptions(rows, newSeed, snapshots, faults, mapping, files, rowGroupsPerFile);
    }

    public GeneratorOptions withSnapshots(LocalDate... newSnapshots) {
        return new GeneratorOptions(rows, seed, Arrays.asList(newSnapshots), faults, mapping, files, rowGroupsPerFile);
    }

    public GeneratorOptions withFaults(Fault... newFaults) {
        Set<Fault> set = EnumSet.noneOf(Fault.class);
        set.addAll(Arrays.asList(newFaults));
        return new GeneratorOptions(rows, seed, snapshots, set, mapping, files, rowGroupsPerFile);
    }

    public GeneratorOptions withMapping(Path newMapping) {
        return new GeneratorOptions(rows, seed, snapshots, faults, Optional.of(newMapping), files, rowGroupsPerFile);
    }

    public GeneratorOptions withFiles(int newFiles) {
        return new GeneratorOptions(rows, seed, snapshots, faults, mapping, newFiles, rowGroupsPerFile);
    }

    public GeneratorOptions withRowGroupsPerFile(int newRowGroupsPerFile) {
        return new GeneratorOptions(rows, seed, snapshots, faults, mapping, files, newRowGroupsPerFile);
    }

    LocalDate newestSnapshot() {
        return snapshots.stream().max(LocalDate::compareTo).orElseThrow();
    }

    private static List<String> problems(
            int rows, List<LocalDate> snapshots, Set<Fault> faults, int files, int rowGroupsPerFile) {
        List<String> problems = new ArrayList<>();
        if (rows < 1) {
            problems.add("rows: expected at least 1, got " + rows);
        }
        if (files < 1) {
            problems.add("files: expected at least 1, got " + files);
        }
        if (rowGroupsPerFile < 1) {
            problems.add("row groups: expected at least 1, got " + rowGroupsPerFile);
        }
        if (snapshots.isEmpty()) {
            problems.add("snapshots: expected at least one day");
        }
        if (Set.copyOf(snapshots).size() < snapshots.size()) {
            problems.add("snapshots: a day is named twice in " + snapshots);
        }
        if (faults.stream().anyMatch(Fault::spoilsRows) && rows < FEWEST_ROWS_FOR_ROW_FAULTS) {
            problems.add("faults in rows need at least %d rows, got %d".formatted(FEWEST_ROWS_FOR_ROW_FAULTS, rows));
        }
        long spoiledFiles = faults.stream().filter(Fault::spoilsOneFile).count();
        if (spoiledFiles > 0 && Math.min(files, rows) <= spoiledFiles) {
            problems.add(
                    "%d of the faults spoil a file each, and one more file has to stay sound: got %d files of %d rows"
                            .formatted(spoiledFiles, files, rows));
        }
        if (faults.contains(Fault.UNFINISHED_SNAPSHOT) && snapshots.size() < 2) {
            problems.add(Fault.UNFINISHED_SNAPSHOT.commandLineName()
                    + " shows only beside a finished snapshot: expected at least two days, got " + snapshots);
        }
        return problems;
    }
}
