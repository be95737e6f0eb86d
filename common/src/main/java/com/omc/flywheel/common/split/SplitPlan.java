package com.omc.flywheel.common.split;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.evolution.SnapshotSchema;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.mapping.MappedColumn;
import com.omc.flywheel.common.mapping.MappedTable;
import com.omc.flywheel.common.mapping.TableMapping;
import com.omc.flywheel.common.parquet.SourceTable;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.sizing.FilePlan;
import com.omc.flywheel.common.storage.DataSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run is going to write; made from footers and the mapping alone, before Spark starts.
 *
 * @param source the snapshot
 * @param key the column that places the rows
 * @param keyType its type
 * @param placement where rows go
 * @param targetFileSize the size to aim for per file
 * @param tables in the order of the mapping
 */
public record SplitPlan(
        SourceTable source,
        SourceColumn key,
        KeyType keyType,
        Placement placement,
        DataSize targetFileSize,
        List<TablePlan> tables) {
    public SplitPlan {
        tables = List.copyOf(tables);
    }

    /** The tables of a mapping. */
    public static SplitPlan ofTables(
            SourceTable source, ColumnName key, Placement placement, DataSize targetFileSize, TableMapping mapping) {
        List<TablePlan> tables = mapping.tables().stream()
                .map(table -> tablePlan(source, table.name().value(), table))
                .toList();
        return of(source, key, placement, targetFileSize, tables);
    }

    /** One table of a mapping, under a name that need not be in upper case. */
    public static SplitPlan ofTable(
            SourceTable source,
            ColumnName key,
            Placement placement,
            DataSize targetFileSize,
            String folder,
            MappedTable table) {
        return of(source, key, placement, targetFileSize, List.of(tablePlan(source, folder, table)));
    }

    private static TablePlan tablePlan(SourceTable source, String folder, MappedTable table) {
        return new TablePlan(
                folder,
                table.columnNames().stream().map(name -> column(source, name)).toList(),
                table.columns().stream().collect(Collectors.toMap(MappedColumn::name, MappedColumn::description)));
    }

    /** One table with every column of the source, the key first. */
    public static SplitPlan ofWholeSource(
            SourceTable source, ColumnName key, Placement placement, DataSize targetFileSize, String folder) {
        List<SourceColumn> columns = new ArrayList<>(List.of(column(source, key)));
        source.columns().all().stream()
                .filter(column -> !column.name().equals(key))
                .forEach(columns::add);
        return of(source, key, placement, targetFileSize, List.of(new TablePlan(folder, columns, Map.of())));
    }

    /** The columns of all tables, to be compared with other snapshots. */
    public SnapshotSchema schema() {
        Map<String, List<ColumnEntry>> columns = new HashMap<>();
        tables.forEach(table -> columns.put(table.folder(), table.columnEntries()));
        return new SnapshotSchema(source.folder().date(), columns);
    }

    int buckets() {
        return placement.buckets();
    }

    /** How many files a table will have, or fewer when its buckets are very uneven or some have no rows. */
    public int filesOf(TablePlan table) {
        return placement.hasFolders() ? buckets() : FilePlan.filesFor(table.bytes(), targetFileSize, buckets());
    }

    private static SplitPlan of(
            SourceTable source,
            ColumnName keyName,
            Placement placement,
            DataSize targetFileSize,
            List<TablePlan> tables) {
        refuseNamesOfPartitions(source, placement, tables);
        SourceColumn key = column(source, keyName);
        KeyType keyType = KeyType.of(key.type())
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_DATA,
                        "the key column %s of %s is %s; a key may be one of %s, for which every engine agrees on the bucket"
                                .formatted(
                                        key.sourceName(),
                                        source.folder().uri(),
                                        key.type(),
                                        Arrays.toString(KeyType.values()))));
        return new SplitPlan(source, key, keyType, placement, targetFileSize, tables);
    }

    private static SourceColumn column(SourceTable source, ColumnName name) {
        return source.columns()
                .find(name)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_DATA,
                        "snapshot %s has no column %s".formatted(source.folder().uri(), name)));
    }

    /** Hive has partition columns in the names of folders and never in files. */
    private static void refuseNamesOfPartitions(SourceTable source, Placement placement, List<TablePlan> tables) {
        List<String> keys =
                placement.partitionKeys().stream().map(ColumnEntry::name).toList();
        List<String> problems = tables.stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column -> keys.contains(column.name().value()))
                        .map(column -> "%s.%s".formatted(table.folder(), column.name())))
                .toList();
        if (!problems.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "tables of snapshot %s would have a column and a partition of one name: %s; take the column out of the mapping, or rename it at the producer"
                            .formatted(source.folder().uri(), Names.list(problems)));
        }
    }
}
