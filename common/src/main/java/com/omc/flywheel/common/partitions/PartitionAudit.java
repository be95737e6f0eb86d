package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.CatalogLocation;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The partitions of a table by the catalog, by the store and by the manifests, compared with each other. Values count as
 * what they mean: {@code 03} is the bucket 3.
 *
 * <p>Partitions are named as their folders are: {@code snapshot_dt=2025-11-01/id_bucket=3}.
 *
 * @param wanted how many the manifests have
 * @param onStore how many of these have files
 * @param inCatalog how many the catalog has
 * @param missing those of the manifests that the catalog does not have
 * @param elsewhere those that the catalog has at another folder, or in another format
 * @param empty those that the catalog has, no manifest has, and whose folders hold no file
 * @param unwanted those that the catalog has, no manifest has, and whose folders hold files
 * @param hidden why readers take no notice of partitions whatever the catalog says, as a clause; empty when they do
 */
public record PartitionAudit(
        int wanted,
        int onStore,
        int inCatalog,
        List<String> missing,
        List<String> elsewhere,
        List<String> empty,
        List<String> unwanted,
        Optional<String> hidden) {
    public PartitionAudit {
        missing = List.copyOf(missing);
        elsewhere = List.copyOf(elsewhere);
        empty = List.copyOf(empty);
        unwanted = List.copyOf(unwanted);
    }

    /**
     * Compares them.
     *
     * @param manifests every snapshot of the table's data set
     * @param stored what the catalog has
     * @param objects what the store has under the table's folder
     */
    public static PartitionAudit of(
            PartTable table, List<Manifest> manifests, List<StoredPartition> stored, Collection<StoredObject> objects) {
        List<PartitionDefinition> wanted = manifests.stream()
                .flatMap(manifest ->
                        TableSnapshot.of(table.dataSet(), table.origin().folder(), manifest).stream())
                .flatMap(snapshot -> snapshot.partitions().stream())
                .toList();
        PartitionPlan plan = PartitionPlan.of(wanted, stored, Set.of());
        TreeSet<String> files = new TreeSet<>();
        objects.forEach(object -> files.add(object.uri().toString()));
        return new PartitionAudit(
                wanted.size(),
                (int) wanted.stream()
                        .filter(partition -> holdsFiles(partition.location().toString(), files))
                        .count(),
                stored.size(),
                names(plan.create().stream().map(PartitionDefinition::values).toList()),
                names(plan.change().stream().map(PartitionDefinition::values).toList()),
                names(plan.stale().stream()
                        .filter(partition -> !holdsFiles(partition.location(), files))
                        .map(StoredPartition::values)
                        .toList()),
                names(plan.stale().stream()
                        .filter(partition -> holdsFiles(partition.location(), files))
                        .map(StoredPartition::values)
                        .toList()),
                table.warning());
    }

    /** The snapshot that a partition is of; empty for values that this program does not write. */
    public static Optional<SnapshotDate> snapshotOf(StoredPartition partition) {
        return PartitionValues.snapshot(partition.values());
    }

    /** True when the catalog has exactly what the manifests have. */
    public boolean isInOrder() {
        return missing.isEmpty() && elsewhere.isEmpty() && empty.isEmpty() && unwanted.isEmpty();
    }

    private static boolean holdsFiles(String location, TreeSet<String> files) {
        String folder = new CatalogLocation(location).folder();
        return files.tailSet(folder).stream()
                .takeWhile(file -> file.startsWith(folder))
                .anyMatch(file -> Visibility.seenByReaders(file.substring(folder.length()), 1));
    }

    private static List<String> names(List<List<String>> values) {
        return values.stream().map(PartitionValues::text).sorted().toList();
    }
}
