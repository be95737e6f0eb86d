package com.omc.flywheel.common.evolution;

import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The columns of every table of one snapshot.
 *
 * @param snapshot which
 * @param tables the columns of each table, in their order
 */
public record SnapshotSchema(SnapshotDate snapshot, Map<String, List<ColumnEntry>> tables) {
    public SnapshotSchema {
        tables = new TreeMap<>(tables);
    }

    /** What is published of a snapshot. */
    public static SnapshotSchema of(Manifest manifest) {
        Map<String, List<ColumnEntry>> tables = new TreeMap<>();
        for (TableEntry table : manifest.tables()) {
            tables.put(table.folder(), table.columns());
        }
        return new SnapshotSchema(manifest.snapshotDt(), tables);
    }

    /** The columns of a table; none when the snapshot does not have it. */
    List<ColumnEntry> columns(String table) {
        return tables.getOrDefault(table, List.of());
    }

    /** The type of a column in a table; empty when the table does not have it. */
    Optional<String> type(String table, String column) {
        return columns(table).stream()
                .filter(entry -> entry.name().equals(column))
                .map(ColumnEntry::type)
                .findFirst();
    }

    /** The tables that have the column. */
    List<String> tablesOf(String column) {
        return tables.keySet().stream()
                .filter(table -> type(table, column).isPresent())
                .toList();
    }
}
