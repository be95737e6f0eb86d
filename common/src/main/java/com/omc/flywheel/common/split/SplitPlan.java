package com.omc.flywheel.common.split;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.mapping.TableMapping;
import com.omc.flywheel.common.parquet.SourceTable;
import com.omc.flywheel.common.sizing.FilePlan;
import com.omc.flywheel.common.storage.DataSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a run is going to write; made from footers and the mapping alone, before Spark starts.
 *
 * @param source the snapshot
 * @param key the column that places the rows
 * @param keyType its type
 * @param buckets how many buckets
 * @param targetFileSize the size to aim for per file
 * @param tables in the order of the mapping
 */
public record SplitPlan(
        SourceTable source,
        SourceColumn key,
        KeyType keyType,
        int buckets,
        DataSize targetFileSize,
        List<TablePlan> tables) {
    public SplitPlan {
        tables = List.copyOf(tables);
    }

    /** The tables of a mapping. */
    public static SplitPlan ofTables(
            SourceTable source, ColumnName key, int buckets, DataSize targetFileSize, TableMapping mapping) {
        List<TablePlan> tables = mapping.tables().stream()
                .map(table -> new TablePlan(
                        table.name().value(),
                        table.columnNames().stream()
                                .map(name -> column(source, name))
                                .toList()))
                .toList();
        return of(source, key, buckets, targetFileSize, tables);
    }

    /** One table with every column of the source, the key first. */
    public static SplitPlan ofWholeSource(
            SourceTable source, ColumnName key, int buckets, DataSize targetFileSize, String folder) {
        List<SourceColumn> columns = new ArrayList<>(List.of(column(source, key)));
        source.columns().all().stream()
                .filter(column -> !column.name().equals(key))
                .forEach(columns::add);
        return of(source, key, buckets, targetFileSize, List.of(new TablePlan(folder, columns)));
    }

    /** How many files a table will have, or fewer when its buckets are very uneven. */
    public int filesOf(TablePlan table) {
        return FilePlan.filesFor(table.bytes(), targetFileSize, buckets);
    }

    private static SplitPlan of(
            SourceTable source, ColumnName keyName, int buckets, DataSize targetFileSize, List<TablePlan> tables) {
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
        return new SplitPlan(source, key, keyType, buckets, targetFileSize, tables);
    }

    private static SourceColumn column(SourceTable source, ColumnName name) {
        return source.columns()
                .find(name)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_DATA,
                        "snapshot %s has no column %s".formatted(source.folder().uri(), name)));
    }
}
