package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.split.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A table whose partitions are this program's to keep: one that it has described, with a partition for each snapshot, or
 * for each id bucket of each.
 *
 * @param stored the table as the catalog has it
 * @param origin where it comes from
 */
public record PartTable(StoredTable stored, TableOrigin origin) {
    /** The job that describes such tables. */
    public static final String DESCRIBED_BY = "register-part-tables";

    // Athena user guide, "Set up partition projection": partitions in the catalog are not read then.
    private static final String PROJECTION = "projection.enabled";
    private static final List<String> BY_SNAPSHOT = List.of(SnapshotDate.COLUMN + " date");
    private static final List<String> BY_SNAPSHOT_AND_BUCKET =
            List.of(SnapshotDate.COLUMN + " date", Placement.ID_BUCKET + " int");

    /** Why a table is none of these, as a clause; empty when it is one. */
    public static Optional<String> reasonToSkip(StoredTable table) {
        Optional<String> job = TableOrigin.jobOf(table);
        if (job.isEmpty()) {
            return Optional.of("was not made by this program");
        }
        if (!job.get().equals(DESCRIBED_BY)) {
            return Optional.of("is described by the job " + job.get());
        }
        if (TableOrigin.of(table).isEmpty()) {
            return Optional.of("does not say where it comes from; run %s again".formatted(DESCRIBED_BY));
        }
        if (!isPartitioned(table)) {
            List<String> keys = keys(table);
            return Optional.of("is partitioned by %s and not by %s"
                    .formatted(
                            keys.isEmpty() ? "nothing" : String.join(", ", keys),
                            String.join(", ", BY_SNAPSHOT_AND_BUCKET)));
        }
        return Optional.empty();
    }

    /** A table that there is no reason to skip. */
    public static PartTable of(StoredTable table) {
        return new PartTable(
                table,
                TableOrigin.of(table)
                        .orElseThrow(
                                () -> new IllegalArgumentException("%s is no table of ours".formatted(table.id()))));
    }

    public TableId id() {
        return stored.id();
    }

    public DataSet dataSet() {
        return new DataSet(origin.dataSet());
    }

    /** The names of its partition keys. */
    List<String> keyNames() {
        return stored.partitionKeys().stream().map(CatalogColumn::name).toList();
    }

    /** What keeps readers from its partitions whatever the catalog says, as a clause; empty when nothing does. */
    Optional<String> warning() {
        return "true".equalsIgnoreCase(stored.parameters().get(PROJECTION))
                ? Optional.of(
                        "%s has %s=true: Athena takes no notice of its partitions; take the parameter off the table"
                                .formatted(id(), PROJECTION))
                : Optional.empty();
    }

    /**
     * What keeps readers of one snapshot from its files, or shows them others, a sentence each; none when the partitions in
     * the catalog are those of the manifest.
     *
     * @param partitions every one that the catalog has of this table
     */
    public List<String> differences(Manifest manifest, List<StoredPartition> partitions) {
        SnapshotDate snapshot = manifest.snapshotDt();
        List<PartitionDefinition> wanted = TableSnapshot.of(dataSet(), origin.folder(), manifest).stream()
                .flatMap(found -> found.partitions().stream())
                .toList();
        List<StoredPartition> stored = partitions.stream()
                .filter(partition -> PartitionValues.snapshot(partition.values())
                        .filter(snapshot::equals)
                        .isPresent())
                .toList();
        PartitionPlan plan = PartitionPlan.of(wanted, stored, Set.of());
        List<String> differences = new ArrayList<>(warning().stream().toList());
        difference(
                differences,
                "%d of its %d partitions are not in the catalog: %s",
                plan.create().stream().map(PartitionDefinition::values).toList(),
                wanted.size());
        difference(
                differences,
                "%d of its %d partitions lead elsewhere in the catalog: %s",
                plan.change().stream().map(PartitionDefinition::values).toList(),
                wanted.size());
        difference(
                differences,
                "%d partitions are in the catalog beside its %d: %s",
                plan.stale().stream().map(StoredPartition::values).toList(),
                wanted.size());
        return differences;
    }

    private static void difference(List<String> differences, String text, List<List<String>> partitions, int wanted) {
        if (!partitions.isEmpty()) {
            differences.add(text.formatted(
                    partitions.size(),
                    wanted,
                    Names.list(partitions.stream().map(PartitionValues::text).toList())));
        }
    }

    /** Whether a table has a partition for each snapshot, or for each id bucket of each. */
    public static boolean isPartitioned(StoredTable table) {
        List<String> keys = keys(table);
        return keys.equals(BY_SNAPSHOT) || keys.equals(BY_SNAPSHOT_AND_BUCKET);
    }

    /** The partition keys with their types, as people write them. */
    public static List<String> keys(StoredTable table) {
        return table.partitionKeys().stream()
                .map(key -> key.name() + " " + key.type().toLowerCase(Locale.ROOT))
                .toList();
    }
}
