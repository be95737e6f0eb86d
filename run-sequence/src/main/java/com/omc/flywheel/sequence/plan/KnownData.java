package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.job.PlanningJobs;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.split.SplitSummary;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What there is, and what the steps that are planned so far would leave on top of it. */
final class KnownData {
    private final PlanningJobs jobs;
    private final Map<S3Uri, SplitSummary> splits = new HashMap<>();
    private final Map<S3Uri, List<Manifest>> published = new HashMap<>();
    private final Map<TableId, DescribedTable> described = new LinkedHashMap<>();

    KnownData(PlanningJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * A table of the catalog as it would be.
     *
     * @param table with the columns and keys that it would have
     * @param newest its newest snapshot
     */
    record DescribedTable(StoredTable table, DataSet dataSet, DataTable newest) {}

    PlanningJobs jobs() {
        return jobs;
    }

    /** A split would write this; one that is published already changes nothing. */
    void wouldSplit(SplitSummary split) {
        if (split.manifest().isEmpty()) {
            splits.put(split.target().root(), split);
        }
    }

    void wouldDescribe(DescribedTable table) {
        described.put(table.table().id(), table);
    }

    /** The manifests of a data set, the newest last. */
    List<Manifest> manifests(DataSet dataSet) {
        return published.computeIfAbsent(
                dataSet.root(), root -> new DataSetPublisher(jobs.store(), dataSet, jobs.clock()).manifests());
    }

    /** The split of this plan into a data set. */
    Optional<SplitSummary> split(DataSet dataSet) {
        return Optional.ofNullable(splits.get(dataSet.root()));
    }

    /** Manifests that stay beside what the split of this plan would write. */
    List<Manifest> staying(DataSet dataSet) {
        return split(dataSet)
                .map(split -> manifests(dataSet).stream()
                        .filter(manifest -> manifest.layout().isPartitioned())
                        .filter(manifest -> !manifest.snapshotDt()
                                .equals(split.plan().source().folder().date()))
                        .toList())
                .orElseGet(() -> manifests(dataSet));
    }

    /** Every table of a data set at every snapshot, by its name and with the newest last; empty when there is none. */
    Map<String, List<DataTable>> tables(DataSet dataSet) {
        Map<String, Map<String, DataTable>> tables = new LinkedHashMap<>();
        for (Manifest manifest : manifests(dataSet)) {
            manifest.tables().forEach(entry -> put(tables, DataTable.published(dataSet, manifest, entry), manifest));
        }
        split(dataSet).ifPresent(split -> split.plan().tables().forEach(table -> {
            boolean bySnapshot = split.plan().placement().layout().isPartitioned();
            DataTable planned = DataTable.planned(split, table);
            tables.computeIfAbsent(table.folder(), any -> new TreeMap<>())
                    .put(bySnapshot ? planned.snapshot().toString() : "", planned);
        }));
        Map<String, List<DataTable>> sorted = new LinkedHashMap<>();
        tables.forEach((folder, snapshots) -> sorted.put(folder, List.copyOf(snapshots.values())));
        return sorted;
    }

    private static void put(Map<String, Map<String, DataTable>> tables, DataTable table, Manifest manifest) {
        String snapshot = manifest.layout().isPartitioned() ? table.snapshot().toString() : "";
        tables.computeIfAbsent(table.folder(), any -> new TreeMap<>()).put(snapshot, table);
    }

    /** The tables of a family that this plan describes, and those of the catalog that it leaves. */
    List<StoredTable> family(CatalogName database, TablePrefix prefix) {
        Map<TableId, StoredTable> family = new TreeMap<>(Comparator.comparing(TableId::toString));
        if (jobs.catalog().databaseExists(database)) {
            jobs.catalog().list(database, prefix).forEach(table -> family.put(table.id(), table));
        }
        described.values().stream()
                .map(DescribedTable::table)
                .filter(table -> table.id().database().equals(database))
                .filter(table -> prefix.without(table.id().table()).isPresent())
                .forEach(table -> family.put(table.id(), table));
        return new ArrayList<>(family.values());
    }

    /**
     * A table as this plan would describe it, or else as the catalog has it and its data set is.
     *
     * @param maker the job whose tables count
     */
    Optional<DescribedTable> described(TableId id, String maker) {
        DescribedTable planned = described.get(id);
        if (planned != null) {
            return Optional.of(planned);
        }
        return jobs.catalog().find(id).flatMap(stored -> TableOrigin.of(stored)
                .filter(origin -> origin.job().equals(maker))
                .flatMap(origin -> asPublished(stored, origin)));
    }

    private Optional<DescribedTable> asPublished(StoredTable stored, TableOrigin origin) {
        DataSet dataSet = new DataSet(origin.dataSet());
        return Optional.ofNullable(tables(dataSet).get(origin.folder()))
                .map(snapshots -> new DescribedTable(stored, dataSet, snapshots.get(snapshots.size() - 1)));
    }
}
