package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import java.util.List;
import java.util.Set;

/**
 * What the catalog lacks for a table to have the partitions of published snapshots; each partition as a person reads it,
 * for example {@code snapshot_dt=2025-11-01/id_bucket=3}.
 *
 * @param added those that it does not have
 * @param switched those that it has elsewhere
 * @param kept how many it has as they should be
 * @param stale those that nobody has published
 */
public record PartitionChanges(List<String> added, List<String> switched, int kept, List<String> stale) {
    public PartitionChanges {
        added = List.copyOf(added);
        switched = List.copyOf(switched);
        stale = List.copyOf(stale);
    }

    /**
     * Compares what is published with what the catalog has.
     *
     * @param folder the table's name in the data set
     * @param manifests of all snapshots that are published
     * @param stored every partition that the catalog has of the table
     */
    public static PartitionChanges of(
            DataSet dataSet, String folder, List<Manifest> manifests, List<StoredPartition> stored) {
        List<PartitionDefinition> wanted = manifests.stream()
                .flatMap(manifest -> TableSnapshot.of(dataSet, folder, manifest).stream())
                .flatMap(snapshot -> snapshot.partitions().stream())
                .toList();
        PartitionPlan plan = PartitionPlan.of(wanted, stored, Set.of());
        return new PartitionChanges(
                plan.create().stream()
                        .map(partition -> text(partition.values()))
                        .toList(),
                plan.change().stream()
                        .map(partition -> text(partition.values()))
                        .toList(),
                wanted.size() - plan.create().size() - plan.change().size(),
                plan.stale().stream().map(partition -> text(partition.values())).toList());
    }

    /** A partition by its values, as a person reads it. */
    public static String text(List<String> values) {
        return PartitionValues.text(PartitionValues.canonical(values).orElse(values));
    }
}
