package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.split.SplitSummary;
import com.omc.flywheel.common.split.TablePlan;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;

/**
 * A table of a data set at one snapshot: as it is published, or as a split of this plan would write it.
 *
 * @param folder its name in the data set
 * @param columns in their order, the key first
 * @param keys the partition keys
 * @param snapshot which one
 * @param run what wrote it; empty while nothing has
 * @param mappingSha256 the checksum of the mapping, where it is published by one
 * @param rows as many as the source has
 * @param files how many, at most where they are not written yet
 * @param bytes of the files; of the source's columns where they are not written yet
 * @param location the folder of the table
 * @param snapshotLocation where readers look for this snapshot
 */
record DataTable(
        String folder,
        List<CatalogColumn> columns,
        List<CatalogColumn> keys,
        SnapshotDate snapshot,
        Optional<RunId> run,
        String mappingSha256,
        long rows,
        int files,
        long bytes,
        S3Uri location,
        S3Uri snapshotLocation) {
    DataTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    static DataTable published(DataSet dataSet, Manifest manifest, TableEntry entry) {
        return new DataTable(
                entry.folder(),
                columns(entry.columns()),
                columns(entry.partitionKeys()),
                entry.snapshotDt(),
                Optional.of(entry.runId()),
                entry.mappingSha256(),
                entry.rows(),
                entry.files().size(),
                entry.bytes(),
                dataSet.root().resolve(manifest.layout().tableFolder(entry.folder())),
                dataSet.root().resolve(entry.location()));
    }

    static DataTable planned(SplitSummary split, TablePlan table) {
        SnapshotDate snapshot = split.plan().source().folder().date();
        var layout = split.plan().placement().layout();
        return new DataTable(
                table.folder(),
                table.columns().stream()
                        .map(column -> CatalogColumn.withShortComment(
                                column.name().value(),
                                column.type(),
                                table.comments().getOrDefault(column.name(), "")))
                        .toList(),
                columns(split.plan().placement().partitionKeys()),
                snapshot,
                Optional.empty(),
                "",
                split.plan().source().rows(),
                split.plan().filesOf(table),
                table.bytes(),
                split.target().root().resolve(layout.tableFolder(table.folder())),
                split.target().root().resolve(layout.documented(table.folder(), snapshot)));
    }

    private static List<CatalogColumn> columns(List<ColumnEntry> entries) {
        return entries.stream()
                .map(column -> CatalogColumn.withShortComment(column.name(), column.type(), column.comment()))
                .toList();
    }
}
