package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.bucketing.Numbering;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.Visibility;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One snapshot of a table by its manifest: its partitions, and the files that they have and no others.
 *
 * @param snapshot which
 * @param rows its rows
 * @param partitionKeys the names of the columns that its folders are named by
 * @param partitions what the catalog is to say of it: one partition, or one for each id bucket that has files
 * @param files the sizes of its files
 */
record TableSnapshot(
        SnapshotDate snapshot,
        long rows,
        List<String> partitionKeys,
        List<PartitionDefinition> partitions,
        Map<S3Uri, Long> files) {
    TableSnapshot {
        partitionKeys = List.copyOf(partitionKeys);
        partitions = List.copyOf(partitions);
        files = Map.copyOf(files);
    }

    /** The snapshot of a manifest; empty when it has no such table. */
    static Optional<TableSnapshot> of(DataSet dataSet, String folder, Manifest manifest) {
        return manifest.table(folder)
                .map(entry -> new TableSnapshot(
                        manifest.snapshotDt(),
                        entry.rows(),
                        entry.partitionKeys().stream().map(ColumnEntry::name).toList(),
                        partitions(dataSet, manifest, entry),
                        entry.files().stream()
                                .collect(Collectors.toMap(
                                        file -> dataSet.root().resolve(file.key()), FileEntry::bytes))));
    }

    private static List<PartitionDefinition> partitions(DataSet dataSet, Manifest manifest, TableEntry entry) {
        S3Uri location = dataSet.root().resolve(entry.location());
        List<CatalogColumn> columns = entry.columns().stream()
                .map(column -> CatalogColumn.withShortComment(column.name(), column.type(), column.comment()))
                .toList();
        String snapshot = manifest.snapshotDt().toString();
        boolean hasBuckets =
                entry.partitionKeys().stream().anyMatch(key -> key.name().equals(Placement.ID_BUCKET));
        if (!hasBuckets) {
            return entry.files().isEmpty()
                    ? List.of()
                    : List.of(new PartitionDefinition(List.of(snapshot), location, columns));
        }
        Placement placement = new Placement(
                manifest.layout(), Numbering.ID_BUCKET, entry.bucketing().count());
        return entry.files().stream()
                .map(FileEntry::firstBucket)
                .distinct()
                .sorted()
                .map(bucket -> new PartitionDefinition(
                        List.of(snapshot, Integer.toString(bucket)),
                        location.resolve(placement.folderOf(bucket)),
                        columns))
                .toList();
    }

    /**
     * How the store differs from the manifest, as a clause; empty when readers of the partitions find its files alone.
     *
     * @param stored the sizes of all objects of the table by their addresses
     */
    Optional<String> difference(NavigableMap<String, Long> stored) {
        Map<String, Long> expected = new HashMap<>();
        files.forEach((file, bytes) -> expected.put(file.toString(), bytes));
        List<String> missing = expected.entrySet().stream()
                .filter(file -> !file.getValue().equals(stored.get(file.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        List<String> unknown = partitions.stream()
                .map(partition -> partition.location().toString())
                .flatMap(folder -> stored.tailMap(folder).entrySet().stream()
                        .takeWhile(object -> object.getKey().startsWith(folder))
                        .filter(object ->
                                Visibility.seenByReaders(object.getKey().substring(folder.length()), object.getValue()))
                        .map(Map.Entry::getKey))
                .filter(object -> !expected.containsKey(object))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("snapshot %s: %d of %d files of the manifest are not there or of another size: %s"
                    .formatted(snapshot, missing.size(), files.size(), Names.list(missing)));
        }
        if (!unknown.isEmpty()) {
            return Optional.of("snapshot %s: readers would see %d files that the manifest does not name: %s"
                    .formatted(snapshot, unknown.size(), Names.list(unknown)));
        }
        return Optional.empty();
    }
}
