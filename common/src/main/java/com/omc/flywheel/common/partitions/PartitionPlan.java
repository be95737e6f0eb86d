package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.CatalogLocation;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done in the catalog for a table's partitions to be those that are wanted.
 *
 * @param create those that the catalog does not have
 * @param change those that it has elsewhere or of another format, by their values as the catalog writes them
 * @param stale those that it has and that nobody wants: of snapshots and buckets that went, or of no snapshot at all
 */
record PartitionPlan(List<PartitionDefinition> create, List<PartitionDefinition> change, List<StoredPartition> stale) {
    PartitionPlan {
        create = List.copyOf(create);
        change = List.copyOf(change);
        stale = List.copyOf(stale);
    }

    /**
     * Compares the catalog with what is wanted.
     *
     * @param untouched snapshots whose partitions stay as they are, and are neither wanted nor stale
     */
    static PartitionPlan of(
            List<PartitionDefinition> wanted, List<StoredPartition> stored, Set<SnapshotDate> untouched) {
        Map<List<String>, StoredPartition> known = byCanonicalValues(stored);
        List<PartitionDefinition> create = new ArrayList<>();
        List<PartitionDefinition> change = new ArrayList<>();
        Set<StoredPartition> met = new HashSet<>();
        for (PartitionDefinition partition : wanted) {
            StoredPartition there = known.get(partition.values());
            if (there == null) {
                create.add(partition);
                continue;
            }
            met.add(there);
            if (!isAsWanted(there, partition)) {
                change.add(new PartitionDefinition(there.values(), partition.location(), partition.columns()));
            }
        }
        List<StoredPartition> stale = stored.stream()
                .filter(partition -> !met.contains(partition))
                .filter(partition -> PartitionValues.snapshot(partition.values())
                        .filter(untouched::contains)
                        .isEmpty())
                .toList();
        return new PartitionPlan(create, change, stale);
    }

    /** Of two spellings of the same values the one that this program writes counts; readers see the other's rows twice. */
    private static Map<List<String>, StoredPartition> byCanonicalValues(List<StoredPartition> stored) {
        Map<List<String>, StoredPartition> known = new HashMap<>();
        for (StoredPartition partition : stored) {
            Optional<List<String>> canonical = PartitionValues.canonical(partition.values());
            canonical.ifPresent(values -> {
                if (values.equals(partition.values())) {
                    known.put(values, partition);
                } else {
                    known.putIfAbsent(values, partition);
                }
            });
        }
        return known;
    }

    private static boolean isAsWanted(StoredPartition there, PartitionDefinition wanted) {
        return there.format().equals(StorageFormat.PARQUET)
                && new CatalogLocation(there.location()).equals(CatalogLocation.of(wanted.location()));
    }

    /** True when nothing that is wanted is missing or elsewhere. */
    boolean isMet() {
        return create.isEmpty() && change.isEmpty();
    }
}
