package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a table has as many rows as what it is made of, by counts that were made apart from each other: its files'
 * footers, the manifest of its data set, and for a table over snapshots the manifest of the clustered table of the same
 * snapshot. No table is ever compared with itself.
 */
final class RowCheck {
    private final Percent tolerance;
    private final NextCommands next;

    RowCheck(Percent tolerance, NextCommands next) {
        this.tolerance = tolerance;
        this.next = next;
    }

    /**
     * The counts.
     *
     * @param inManifest of the data set; empty when the table is a copy of what it published before
     * @param inStaged of the same table and snapshot in a clustered data set; empty when there is none
     * @param inFiles by their footers; empty when not all of them could be read
     */
    record RowCounts(OptionalLong inManifest, OptionalLong inStaged, OptionalLong inFiles) {
        /** What the files are to have: by the other pipeline, where that has the same snapshot. */
        OptionalLong expected() {
            return inStaged.isPresent() ? inStaged : inManifest;
        }

        /** How many of a hundred expected rows are too many or too few. */
        Optional<Double> differencePercent() {
            return expected().isPresent() && inFiles.isPresent()
                    ? Optional.of(Percent.of(
                            Math.abs(inFiles.getAsLong() - expected().getAsLong()),
                            expected().getAsLong()))
                    : Optional.empty();
        }
    }

    /**
     * Checks a table.
     *
     * @param staged the same table and snapshot in a clustered data set
     * @param contents of the files that readers of the newest snapshot find; empty when they could not all be read
     */
    RowCounts check(ObservedTable table, Optional<TableEntry> staged, Optional<TableContents> contents, Alerts alerts) {
        OptionalLong inManifest = rows(table.counted());
        OptionalLong inStaged = rows(staged);
        OptionalLong inFiles =
                contents.isPresent() ? OptionalLong.of(contents.get().rows()) : OptionalLong.empty();
        List<String> problems = new ArrayList<>();
        compare(problems, "its files hold", inFiles, "the manifest of " + source(table), inManifest);
        compare(problems, "its files hold", inFiles, "the clustered table of this snapshot", inStaged);
        if (problems.isEmpty()) {
            compare(problems, "its manifest has", inManifest, "the clustered table of this snapshot", inStaged);
        }
        if (problems.isEmpty() && table.family().hasVersions()) {
            compare(
                    problems,
                    "it says that it has",
                    PublishedVersion.rowsOf(table.stored()),
                    "the manifest of " + source(table),
                    inManifest);
        }
        if (!problems.isEmpty()) {
            alerts.error(MonitorCheck.ROWS, String.join("; ", problems), next(table));
        }
        return new RowCounts(inManifest, inStaged, inFiles);
    }

    private static OptionalLong rows(Optional<TableEntry> entry) {
        return entry.stream().mapToLong(TableEntry::rows).findFirst();
    }

    private static String source(ObservedTable table) {
        return table.source().map(source -> source.dataSet().root().toString()).orElse("its data set");
    }

    private void compare(List<String> problems, String what, OptionalLong found, String where, OptionalLong expected) {
        if (found.isPresent() && expected.isPresent() && !tolerance.covers(expected.getAsLong(), found.getAsLong())) {
            problems.add("%s %,d rows, %s %,d".formatted(what, found.getAsLong(), where, expected.getAsLong()));
        }
    }

    private String next(ObservedTable table) {
        return table.family().hasVersions() || table.entry().isEmpty()
                ? next.copyAgain(table)
                : next.writeAgain(table.source().orElseThrow(), table.entry().orElseThrow());
    }
}
