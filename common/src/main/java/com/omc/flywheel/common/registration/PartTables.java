package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSets;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.HeldDataSets;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Registers the tables of partitioned data sets, while nobody else writes them: a table for each that a finished snapshot
 * has, over all of its snapshots. Its partitions are not touched.
 */
public final class PartTables {
    private final JobContext context;
    private final RegistrationOptions options;
    private final S3Uri source;
    private final Selection selection;

    /**
     * Which snapshots and columns are asked for.
     *
     * @param snapshot the one that must be finished everywhere; the newest when empty
     * @param allowMixedSnapshots whether data sets may have different newest snapshots
     * @param allowDroppedColumns whether columns that no snapshot has any more are kept
     */
    public record Selection(
            Optional<SnapshotDate> snapshot, boolean allowMixedSnapshots, boolean allowDroppedColumns) {}

    /**
     * A registration.
     *
     * @param source a data set, or the folder that holds them
     */
    public PartTables(JobContext context, RegistrationOptions options, S3Uri source, Selection selection) {
        this.context = context;
        this.options = options;
        this.source = source.asFolder();
        this.selection = selection;
    }

    /** A data set and all that is finished in it, the newest snapshot last. */
    private record Series(DataSet dataSet, HeldDataSet lease, List<Manifest> manifests) {
        SnapshotDate newest() {
            return manifests.get(manifests.size() - 1).snapshotDt();
        }

        boolean has(SnapshotDate snapshot) {
            return manifests.stream().anyMatch(manifest -> manifest.snapshotDt().equals(snapshot));
        }

        String snapshots() {
            List<String> dates = manifests.stream()
                    .map(manifest -> manifest.snapshotDt().toString())
                    .toList();
            return "%s has %s".formatted(dataSet.root(), dates.isEmpty() ? "none" : Names.list(dates));
        }
    }

    /**
     * Registers them.
     *
     * @throws JobFailure MISSING_INPUT when there is no such database, no data set, or a data set does not have the
     *     snapshot; CONFLICT when data sets do not go together; BUSY when another run holds one of them; naming every table
     *     that failed, when the others are registered
     */
    public RegistrationSummary run() {
        Registration registration = new Registration(context, options);
        registration.requireDatabase();
        try (HeldDataSets sets = Registration.hold(context, options, found())) {
            List<Series> series = sets.all().entrySet().stream()
                    .map(set -> new Series(
                            set.getKey(), set.getValue(), set.getValue().manifests()))
                    .toList();
            requirePartitioned(series);
            requireSnapshot(series);
            requireOneTypeOfKey(series);
            List<TableToRegister> tables = new ArrayList<>();
            List<String> notes = new ArrayList<>(sets.recovered());
            List<String> abandoned = new ArrayList<>();
            for (Series one : series) {
                PartTablePlanner planner = new PartTablePlanner(
                        options.job(), one.dataSet(), one.manifests(), selection.allowDroppedColumns());
                S3Uri root = one.dataSet().root();
                planner.changes().forEach(change -> notes.add("%s: %s".formatted(root, change)));
                abandoned.addAll(registration.abandoned(root, planner.folders()));
                planner.folders().stream()
                        .map(folder -> new TableToRegister(
                                folder,
                                registration.idOf(folder),
                                root,
                                one.lease(),
                                found -> planner.plan(folder, registration.idOf(folder), found)))
                        .forEach(tables::add);
            }
            return registration.run(tables, notes, abandoned);
        }
    }

    private List<DataSet> found() {
        List<DataSet> dataSets = DataSets.under(context.store(), source);
        if (dataSets.isEmpty()) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "--SOURCE_PATH %s: neither it nor a folder directly under it is a data set of this program; check the path, or run infobase-split-and-part or addressable-split-and-part first"
                            .formatted(source));
        }
        return dataSets;
    }

    private static void requirePartitioned(List<Series> series) {
        List<String> clustered = series.stream()
                .filter(one -> one.manifests().stream()
                        .anyMatch(manifest -> !manifest.layout().isPartitioned()))
                .map(one -> one.dataSet().root().toString())
                .toList();
        if (!clustered.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "--SOURCE_PATH: %s holds one snapshot without partitions, which the job register-staged-tables registers; check the path"
                            .formatted(Names.list(clustered)));
        }
    }

    private void requireSnapshot(List<Series> series) {
        boolean complete = series.stream().allMatch(one -> selection
                .snapshot()
                .map(one::has)
                .orElse(!one.manifests().isEmpty()));
        if (!complete) {
            throw JobFailure.ofAll(
                    FailureKind.MISSING_INPUT,
                    "%s is not finished in every data set under %s; run the split jobs for it, or name another one with --SNAPSHOT_DT:"
                            .formatted(
                                    selection
                                            .snapshot()
                                            .map(snapshot -> "snapshot " + snapshot)
                                            .orElse("a snapshot"),
                                    source),
                    series.stream().map(Series::snapshots).toList());
        }
        // One that has nothing, although another snapshot is asked for, has failed above.
        boolean mixed = series.stream().map(Series::newest).distinct().count() > 1;
        if (selection.snapshot().isEmpty() && mixed && !selection.allowMixedSnapshots()) {
            throw JobFailure.ofAll(
                    FailureKind.CONFLICT,
                    "the data sets under %s do not have the same newest snapshot; run the split job that is behind, name one that all have with --SNAPSHOT_DT, or go on with --ALLOW_MIXED_SNAPSHOTS true:"
                            .formatted(source),
                    series.stream().map(Series::snapshots).toList());
        }
    }

    /** Tables are joined by their keys, and no engine joins a string with a number. */
    private static void requireOneTypeOfKey(List<Series> series) {
        Map<String, TreeSet<String>> rootsByType = new TreeMap<>();
        for (Series one : series) {
            S3Uri root = one.dataSet().root();
            for (TableEntry table :
                    one.manifests().get(one.manifests().size() - 1).tables()) {
                rootsByType
                        .computeIfAbsent(TableKey.of(root, table).type(), type -> new TreeSet<>())
                        .add(root.toString());
            }
        }
        if (rootsByType.size() > 1) {
            List<String> problems = new ArrayList<>();
            rootsByType.forEach((type, roots) -> problems.add("%s in %s".formatted(type, String.join(", ", roots))));
            throw JobFailure.ofAll(
                    FailureKind.CONFLICT,
                    "the key does not have the same type in every data set, so that their tables cannot be joined; write them again with one type:",
                    problems);
        }
    }
}
