package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.evolution.SchemaEvolution;
import com.omc.flywheel.common.evolution.SnapshotSchema;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says how a table of a partitioned data set is described: one table over all its finished snapshots, which has every
 * column that one of them has.
 */
final class PartTablePlanner {
    private final String job;
    private final DataSet dataSet;
    private final List<Manifest> manifests;
    private final boolean allowDroppedColumns;

    /**
     * A planner.
     *
     * @param manifests all that is finished in the data set, the newest snapshot last
     * @param allowDroppedColumns whether a column of the catalog's table that no snapshot has is kept
     */
    PartTablePlanner(String job, DataSet dataSet, List<Manifest> manifests, boolean allowDroppedColumns) {
        this.job = job;
        this.dataSet = dataSet;
        this.manifests = List.copyOf(manifests);
        this.allowDroppedColumns = allowDroppedColumns;
    }

    /** The tables of all snapshots, in the order of their names. */
    List<String> folders() {
        return List.copyOf(manifests.stream()
                .flatMap(manifest -> manifest.tables().stream())
                .map(TableEntry::folder)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What the newest snapshot changed, a sentence for each column. */
    List<String> changes() {
        int last = manifests.size() - 1;
        SchemaEvolution.Changes changes = new SchemaEvolution(manifests.subList(0, last).stream()
                        .map(SnapshotSchema::of)
                        .toList())
                .of(SnapshotSchema.of(manifests.get(last)));
        List<String> sentences = new ArrayList<>(changes.notes());
        sentences.addAll(changes.missing());
        return sentences;
    }

    /**
     * The definition of a table.
     *
     * @param found the table as the catalog has it
     * @throws JobFailure BAD_DATA when snapshots have a column with different types; CONFLICT when they have different
     *     partition keys, and when the catalog's table has other types, other partition keys, or columns that no snapshot
     *     has
     */
    PlannedTable plan(String folder, TableId id, Optional<StoredTable> found) {
        List<TableEntry> snapshots = manifests.stream()
                .flatMap(manifest -> manifest.table(folder).stream())
                .toList();
        TableEntry newest = snapshots.get(snapshots.size() - 1);
        requireOneTypeForEachColumn(folder);
        requireSamePartitionKeys(newest, snapshots);
        found.ifPresent(table -> requirePartitionKeysOf(table, newest));

        List<String> warnings = new ArrayList<>(otherBuckets(newest, snapshots));
        Optional<StoredTable> ours = found.filter(this::isOurs);
        Map<String, CatalogColumn> columns = columns(ours, snapshots);
        ours.ifPresent(table -> requireTypesOf(table, columns));
        List<String> gone = found.map(table -> gone(table, snapshots)).orElse(List.of());
        if (!gone.isEmpty()) {
            warnings.add(ours.isPresent() ? kept(id, gone) : lost(id, gone));
        }

        TableOrigin origin = new TableOrigin(
                job,
                dataSet.root(),
                folder,
                newest.snapshotDt(),
                newest.runId(),
                newest.mappingSha256(),
                newest.jarVersion());
        Map<String, String> parameters = new LinkedHashMap<>(origin.parameters());
        parameters.putAll(TableKey.of(dataSet.root(), newest).parameters());
        TableDefinition definition = new TableDefinition(
                origin.comment(),
                List.copyOf(columns.values()),
                newest.partitionKeys().stream()
                        .map(key -> CatalogColumn.withShortComment(key.name(), key.type(), key.comment()))
                        .toList(),
                dataSet.root().resolve(manifests.get(0).layout().tableFolder(folder)),
                Optional.empty(),
                parameters);
        return new PlannedTable(
                definition, snapshots.stream().mapToLong(TableEntry::rows).sum(), warnings);
    }

    private boolean isOurs(StoredTable table) {
        return TableOrigin.jobOf(table).filter(job::equals).isPresent()
                && TableOrigin.of(table)
                        .map(origin -> origin.dataSet().equals(dataSet.root()))
                        .orElse(true);
    }

    /** The stored ones first: columns that a table has keep their places, whatever order a new mapping has them in. */
    private static Map<String, CatalogColumn> columns(Optional<StoredTable> ours, List<TableEntry> snapshots) {
        Map<String, CatalogColumn> columns = new LinkedHashMap<>();
        ours.ifPresent(table -> table.columns().forEach(column -> columns.put(column.name(), column)));
        for (TableEntry snapshot : snapshots) {
            for (ColumnEntry column : snapshot.columns()) {
                CatalogColumn before = columns.get(column.name());
                String comment = column.comment().isEmpty() && before != null ? before.comment() : column.comment();
                columns.put(column.name(), CatalogColumn.withShortComment(column.name(), column.type(), comment));
            }
        }
        return columns;
    }

    private void requireOneTypeForEachColumn(String folder) {
        List<SnapshotSchema> before = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Optional<TableEntry> table = manifest.table(folder);
            if (table.isPresent()) {
                SnapshotSchema schema = new SnapshotSchema(
                        manifest.snapshotDt(), Map.of(folder, table.get().columns()));
                problems.addAll(new SchemaEvolution(before).of(schema).typeChanges());
                before.add(schema);
            }
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "snapshots of table %s in %s have a column with different types, and a table has one type for it; write the wrong ones again, or retire them:"
                            .formatted(folder, dataSet.root()),
                    problems);
        }
    }

    private void requireSamePartitionKeys(TableEntry newest, List<TableEntry> snapshots) {
        Map<String, List<String>> snapshotsByKeys = new LinkedHashMap<>();
        for (TableEntry snapshot : snapshots) {
            snapshotsByKeys
                    .computeIfAbsent(keys(catalogKeys(snapshot)), keys -> new ArrayList<>())
                    .add(snapshot.snapshotDt().toString());
        }
        if (snapshotsByKeys.size() > 1) {
            List<String> different = new ArrayList<>();
            snapshotsByKeys.forEach(
                    (keys, dates) -> different.add("(%s) in snapshot %s".formatted(keys, Names.list(dates))));
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s in %s has different partition keys: %s; all snapshots of a table must have the same ones: write the others again with the same --ID_BUCKETS, or to another --TARGET_PATH"
                            .formatted(newest.folder(), dataSet.root(), String.join(", ", different)));
        }
    }

    /** Glue takes a table without partition keys for one that has no partitions, which may still get some. */
    private void requirePartitionKeysOf(StoredTable table, TableEntry newest) {
        if (!isOurs(table) && table.partitionKeys().isEmpty()) {
            return;
        }
        String stored = keys(table.partitionKeys());
        String written = keys(catalogKeys(newest));
        if (!stored.equals(written)) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s has the partition keys (%s), the snapshots in %s have (%s); all partitions of a table must have the same ones: write the snapshots again with the --ID_BUCKETS of before, or choose another --TABLE_PREFIX"
                            .formatted(table.id(), stored, dataSet.root(), written));
        }
    }

    private static List<CatalogColumn> catalogKeys(TableEntry table) {
        return table.partitionKeys().stream()
                .map(key -> new CatalogColumn(key.name(), key.type(), key.comment()))
                .toList();
    }

    private static String keys(List<CatalogColumn> keys) {
        return keys.stream().map(key -> key.name() + " " + key.type()).collect(Collectors.joining(", "));
    }

    /** Their keys are the same, and yet a number of a bucket does not mean the same in each. */
    private List<String> otherBuckets(TableEntry newest, List<TableEntry> snapshots) {
        if (!newest.bucketing().hash().equals(Bucketing.XXHASH64)) {
            return List.of();
        }
        Map<Integer, List<SnapshotDate>> snapshotsByCount = new TreeMap<>();
        snapshots.forEach(snapshot -> snapshotsByCount
                .computeIfAbsent(snapshot.bucketing().count(), count -> new ArrayList<>())
                .add(snapshot.snapshotDt()));
        return snapshotsByCount.size() == 1
                ? List.of()
                : List.of(
                        "snapshots of table %s in %s have different numbers of id buckets: %s; a query that selects one by its number must know which"
                                .formatted(newest.folder(), dataSet.root(), snapshotsByCount));
    }

    private void requireTypesOf(StoredTable table, Map<String, CatalogColumn> columns) {
        List<String> problems = table.columns().stream()
                .filter(column ->
                        !column.type().equals(columns.get(column.name()).type()))
                .map(column -> "%s is %s in the table and %s in the snapshots"
                        .formatted(
                                column.name(),
                                column.type(),
                                columns.get(column.name()).type()))
                .toList();
        if (!problems.isEmpty()) {
            String registered = TableOrigin.of(table)
                    .map(origin -> " (registered from snapshot %s)".formatted(origin.snapshot()))
                    .orElse("");
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s%s and the snapshots in %s have columns of different types: %s; its partitions could not be read with another type: write the snapshots with the type of before, or choose another --TABLE_PREFIX"
                            .formatted(table.id(), registered, dataSet.root(), Names.list(problems)));
        }
    }

    private static List<String> gone(StoredTable table, List<TableEntry> snapshots) {
        Set<String> known = new HashSet<>();
        for (TableEntry snapshot : snapshots) {
            snapshot.columns().forEach(column -> known.add(column.name()));
            snapshot.partitionKeys().forEach(key -> known.add(key.name()));
        }
        return table.columns().stream()
                .map(CatalogColumn::name)
                .filter(name -> !known.contains(name))
                .toList();
    }

    private String kept(TableId id, List<String> gone) {
        if (!allowDroppedColumns) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s has columns that no finished snapshot in %s has: %s; bring them back at the producer, or keep them in the table, where they are NULL, with --ALLOW_DROPPED_COLUMNS true"
                            .formatted(id, dataSet.root(), Names.list(gone)));
        }
        return "table %s keeps columns that no finished snapshot in %s has and that are NULL: %s"
                .formatted(id, dataSet.root(), Names.list(gone));
    }

    private String lost(TableId id, List<String> gone) {
        return "table %s, which is taken over, loses columns that no finished snapshot in %s has: %s"
                .formatted(id, dataSet.root(), Names.list(gone));
    }
}
