package com.omc.flywheel.common.partitions;

import java.util.List;

/**
 * What became of the partitions of a table.
 *
 * @param table its name in the catalog
 * @param wanted how many partitions the manifests ask for; the catalog has them all, as they are to be
 * @param added how many of them were not there
 * @param switched how many of them were elsewhere or of another format
 * @param stale those that nobody wants, as they are written; they are there still, unless they were dropped
 * @param replaced those that were taken out since they named files of a version that a later run has replaced
 * @param dropped how many partitions were taken out of the catalog
 * @param rows the rows of all snapshots
 * @param warnings what somebody should look at, a sentence each
 */
public record RepairedTable(
        String table,
        int wanted,
        int added,
        int switched,
        List<String> stale,
        List<String> replaced,
        int dropped,
        long rows,
        List<String> warnings) {
    public RepairedTable {
        stale = List.copyOf(stale);
        replaced = List.copyOf(replaced);
        warnings = List.copyOf(warnings);
    }
}
