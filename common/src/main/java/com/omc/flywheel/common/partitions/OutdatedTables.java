package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the tables of a data set are described as its manifests have them. */
public final class OutdatedTables {
    private OutdatedTables() {}

    /**
     * What is behind, a sentence each: tables that are described from an older snapshot or another run than the newest
     * that has them, and tables of the data set that are not described at all.
     *
     * @param tables those of the data set that are prepared
     */
    public static List<String> warnings(DataSet dataSet, List<PartTable> tables, List<Manifest> manifests) {
        Map<String, TableEntry> newest = new TreeMap<>();
        manifests.stream().sorted(Comparator.comparing(Manifest::snapshotDt)).forEach(manifest -> manifest.tables()
                .forEach(table -> newest.put(table.folder(), table)));
        List<String> behind = tables.stream()
                .filter(table -> isBehind(table, newest))
                .map(table -> table.id().toString())
                .sorted()
                .toList();
        Set<String> described =
                tables.stream().map(table -> table.origin().folder()).collect(Collectors.toSet());
        List<String> absent = newest.keySet().stream()
                .filter(folder -> !described.contains(folder))
                .toList();
        List<String> warnings = new ArrayList<>();
        if (!behind.isEmpty()) {
            warnings.add(
                    "tables are not described by the newest run in %s, and may lack its columns: %s; run %s, which comes before this job"
                            .formatted(dataSet.root(), Names.list(behind), PartTable.DESCRIBED_BY));
        }
        if (!absent.isEmpty()) {
            warnings.add(
                    "tables in %s have no table in the catalog that this run prepares: %s; run %s, or check --TABLE_PREFIX"
                            .formatted(dataSet.root(), Names.list(absent), PartTable.DESCRIBED_BY));
        }
        return warnings;
    }

    private static boolean isBehind(PartTable table, Map<String, TableEntry> newest) {
        TableEntry entry = newest.get(table.origin().folder());
        return entry != null
                && (entry.snapshotDt().compareTo(table.origin().snapshot()) > 0
                        || !entry.runId().equals(table.origin().run()));
    }
}
