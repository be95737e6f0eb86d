package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.CatalogLocation;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.PartitionProblem;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.query.Pause;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the partitions of a table in the catalog to what the manifests say, and makes sure that they are.
 *
 * <p>Nothing that is right is touched, and no table is: repeated, it does nothing. Several threads may use one, each for
 * its own tables.
 */
public final class PartitionRepair {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRepair.class);
    /** For a moment the catalog may answer as if a change had not been made; after these waits it is none. */
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    private final ObjectStore store;
    private final TableCatalog catalog;
    private final Optional<Consumer<TableId>> statement;
    private final boolean dropStale;
    private final Runnable requireHeld;
    private final Pause pause;

    /**
     * A way to repair tables.
     *
     * @param statement has an engine add the partitions whose folders lie under a table, which is tried first
     * @param dropStale whether partitions that nobody wants are taken out of the catalog
     * @param requireHeld fails when another run may have taken over; asked before every change, a statement among them
     */
    public PartitionRepair(
            ObjectStore store,
            TableCatalog catalog,
            Optional<Consumer<TableId>> statement,
            boolean dropStale,
            Runnable requireHeld,
            Pause pause) {
        this.store = store;
        this.catalog = catalog;
        this.statement = statement;
        this.dropStale = dropStale;
        this.requireHeld = requireHeld;
        this.pause = pause;
    }

    /** What is to be in the catalog, and what must not be: where a version that was replaced lies, for one. */
    private record Aim(
            List<PartitionDefinition> wanted,
            Set<SnapshotDate> untouched,
            Set<List<String>> unasked,
            Map<SnapshotDate, List<CatalogLocation>> superseded) {
        boolean isReplaced(StoredPartition partition) {
            CatalogLocation location = new CatalogLocation(partition.location());
            return PartitionValues.snapshot(partition.values())
                    .map(snapshot -> superseded.getOrDefault(snapshot, List.of()))
                    .filter(before -> before.stream().anyMatch(version -> version.contains(location)))
                    .isPresent();
        }
    }

    /** What the catalog has, and what follows from it. */
    private record Look(PartitionPlan plan, Set<List<String>> replaced, List<List<String>> drop) {
        boolean isMet() {
            return plan.isMet() && drop.isEmpty();
        }
    }

    /** What was done, each partition once. */
    private record Done(
            Set<List<String>> added,
            Set<List<String>> switched,
            Set<List<String>> dropped,
            Set<List<String>> replaced) {
        Done() {
            this(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        }
    }

    /**
     * Repairs one table.
     *
     * @param manifests every snapshot of its data set
     * @param leaving the snapshots that are about to go: their partitions are left alone
     * @throws JobFailure CONFLICT when a snapshot's files are not those of its manifest, the other snapshots being repaired
     *     then; of whatever kind when partitions could not be changed, naming them
     */
    public RepairedTable repair(PartTable table, List<Manifest> manifests, Set<SnapshotDate> leaving) {
        List<TableSnapshot> snapshots = manifests.stream()
                .filter(manifest -> !leaving.contains(manifest.snapshotDt()))
                .flatMap(manifest ->
                        TableSnapshot.of(table.dataSet(), table.origin().folder(), manifest).stream())
                .toList();
        requireKeys(table, snapshots);
        List<String> differences = new ArrayList<>();
        List<TableSnapshot> whole = new ArrayList<>();
        Set<SnapshotDate> untouched = new HashSet<>(leaving);
        NavigableMap<String, Long> listing = list(table, manifests);
        for (TableSnapshot snapshot : snapshots) {
            Optional<String> difference = snapshot.difference(listing);
            if (difference.isPresent()) {
                differences.add(difference.get());
                untouched.add(snapshot.snapshot());
            } else {
                whole.add(snapshot);
            }
        }
        List<PartitionDefinition> wanted = whole.stream()
                .flatMap(snapshot -> snapshot.partitions().stream())
                .toList();

        List<String> warnings = new ArrayList<>(table.warning().stream().toList());
        // It would register the folder of a snapshot whose files are not all there, or are about to go.
        Set<List<String>> unasked =
                differences.isEmpty() && leaving.isEmpty() ? runStatement(table.id(), wanted, warnings) : Set.of();
        Done done = new Done();
        Aim aim = new Aim(wanted, untouched, unasked, superseded(table, manifests, whole));
        Look last = bringAbout(table.id(), aim, done);
        if (!differences.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.CONFLICT,
                    "%s: files are not as the manifests in %s say, and nothing was registered for these snapshots; write them again with the job that wrote them and --FORCE true, or put the files back:"
                            .formatted(table.id(), table.dataSet().root()),
                    differences);
        }
        warnings.forEach(LOG::warn);
        return result(table, whole, wanted, last, done, warnings);
    }

    private static Map<SnapshotDate, List<CatalogLocation>> superseded(
            PartTable table, List<Manifest> manifests, List<TableSnapshot> snapshots) {
        Set<SnapshotDate> wanted =
                snapshots.stream().map(TableSnapshot::snapshot).collect(Collectors.toSet());
        return manifests.stream()
                .filter(manifest -> wanted.contains(manifest.snapshotDt()))
                .collect(Collectors.toMap(Manifest::snapshotDt, manifest -> manifest.superseded().stream()
                        .filter(version ->
                                version.folder().equals(table.origin().folder()))
                        .map(version ->
                                CatalogLocation.of(table.dataSet().root().resolve(version.location())))
                        .toList()));
    }

    private RepairedTable result(
            PartTable table,
            List<TableSnapshot> snapshots,
            List<PartitionDefinition> wanted,
            Look last,
            Done done,
            List<String> warnings) {
        List<String> stale = last.plan().stale().stream()
                .map(partition -> PartitionValues.text(partition.values()))
                .sorted()
                .toList();
        Set<SnapshotDate> alive =
                snapshots.stream().map(TableSnapshot::snapshot).collect(Collectors.toSet());
        List<String> twice = last.plan().stale().stream()
                .filter(partition -> PartitionValues.snapshot(partition.values())
                        .filter(alive::contains)
                        .isPresent())
                .map(partition -> PartitionValues.text(partition.values()))
                .sorted()
                .toList();
        List<String> said = new ArrayList<>(warnings);
        if (!twice.isEmpty()) {
            String warning =
                    "%s: stale partitions of snapshots that have others, whose rows readers may see twice: %s; --DROP_STALE true takes them out"
                            .formatted(table.id(), Names.list(twice));
            LOG.warn("{}", warning);
            said.add(warning);
        }
        return new RepairedTable(
                table.id().table().value(),
                wanted.size(),
                done.added().size(),
                done.switched().size(),
                stale,
                done.replaced().stream().map(PartitionValues::text).sorted().toList(),
                done.dropped().size(),
                snapshots.stream().mapToLong(TableSnapshot::rows).sum(),
                said);
    }

    /**
     * Takes every partition of these snapshots out of the catalog, and makes sure that they are out.
     *
     * @return how many there were
     */
    public int drop(PartTable table, Set<SnapshotDate> snapshots) {
        int dropped = 0;
        List<List<String>> there = ofSnapshots(table.id(), snapshots);
        for (Duration wait : WAITS) {
            if (there.isEmpty()) {
                return dropped;
            }
            dropped = Math.max(dropped, there.size());
            failOn(table.id(), "dropped", delete(table.id(), there));
            there = ofSnapshots(table.id(), snapshots);
            if (!there.isEmpty()) {
                await(wait);
                there = ofSnapshots(table.id(), snapshots);
            }
        }
        if (!there.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s: these partitions were dropped and are there still: %s; no file of theirs was deleted: find out what registers them, then start the job again"
                            .formatted(table.id(), names(there)));
        }
        return dropped;
    }

    private List<List<String>> ofSnapshots(TableId id, Set<SnapshotDate> snapshots) {
        return catalog.partitions(id).stream()
                .map(StoredPartition::values)
                .filter(values -> PartitionValues.snapshot(values)
                        .filter(snapshots::contains)
                        .isPresent())
                .toList();
    }

    private NavigableMap<String, Long> list(PartTable table, List<Manifest> manifests) {
        NavigableMap<String, Long> stored = new TreeMap<>();
        manifests.stream()
                .filter(manifest -> manifest.table(table.origin().folder()).isPresent())
                .map(manifest -> manifest.layout().tableFolder(table.origin().folder()))
                .distinct()
                .forEach(folder -> store.list(table.dataSet().root().resolve(folder))
                        .forEach(object -> stored.put(object.uri().toString(), object.bytes())));
        return stored;
    }

    private static void requireKeys(PartTable table, List<TableSnapshot> snapshots) {
        List<String> others = snapshots.stream()
                .filter(snapshot -> !snapshot.partitionKeys().equals(table.keyNames()))
                .map(snapshot -> "%s by %s".formatted(snapshot.snapshot(), String.join(", ", snapshot.partitionKeys())))
                .toList();
        if (!others.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s is partitioned by %s, and snapshots in %s are not: %s; write these again with the same --ID_BUCKETS as the others and --FORCE true, then run %s"
                            .formatted(
                                    table.id(),
                                    String.join(", ", table.keyNames()),
                                    table.dataSet().root(),
                                    Names.list(others),
                                    PartTable.DESCRIBED_BY));
        }
    }

    /** Gives what the statement added and nobody wants: folders that it found, of versions before for example. */
    private Set<List<String>> runStatement(TableId id, List<PartitionDefinition> wanted, List<String> warnings) {
        if (statement.isEmpty()) {
            return Set.of();
        }
        Set<List<String>> before = values(catalog.partitions(id));
        requireHeld.run();
        try {
            statement.get().accept(id);
        } catch (JobFailure e) {
            warnings.add(
                    "%s was not repaired by the query engine, its partitions are kept through the catalog alone: %s"
                            .formatted(id, e.getMessage()));
        }
        Set<List<String>> asked =
                wanted.stream().map(PartitionDefinition::values).collect(Collectors.toSet());
        return values(catalog.partitions(id)).stream()
                .filter(values -> !before.contains(values))
                .filter(values -> PartitionValues.canonical(values)
                        .filter(asked::contains)
                        .isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<List<String>> values(List<StoredPartition> partitions) {
        return partitions.stream().map(StoredPartition::values).collect(Collectors.toSet());
    }

    private Look bringAbout(TableId id, Aim aim, Done done) {
        Look look = look(id, aim);
        for (Duration wait : WAITS) {
            if (look.isMet()) {
                return look;
            }
            apply(id, look, done);
            look = look(id, aim);
            if (!look.isMet()) {
                await(wait);
                look = look(id, aim);
            }
        }
        if (!look.isMet()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s: the catalog took the changes and does not show them: missing %s; elsewhere %s; not dropped %s; find out what else changes the table, then start the job again"
                            .formatted(
                                    id,
                                    names(definitions(look.plan().create())),
                                    names(definitions(look.plan().change())),
                                    names(look.drop())));
        }
        return look;
    }

    private Look look(TableId id, Aim aim) {
        List<StoredPartition> stored = catalog.partitions(id);
        PartitionPlan plan = PartitionPlan.of(aim.wanted(), stored, aim.untouched());
        Set<List<String>> drop = new HashSet<>(values(stored));
        drop.retainAll(aim.unasked());
        Set<List<String>> replaced =
                values(plan.stale().stream().filter(aim::isReplaced).toList());
        // A run of a date replaces exactly that one: rows of two versions are no state to leave it in.
        drop.addAll(replaced);
        if (dropStale) {
            drop.addAll(values(plan.stale()));
        }
        return new Look(plan, replaced, List.copyOf(drop));
    }

    /** Partitions go last: until then readers have what they had. */
    private void apply(TableId id, Look look, Done done) {
        List<PartitionProblem> problems = new ArrayList<>();
        List<PartitionDefinition> create = look.plan().create();
        if (!create.isEmpty()) {
            requireHeld.run();
            List<PartitionProblem> notCreated = catalog.createPartitions(id, create);
            addDone(done.added(), definitions(create), notCreated);
            // Somebody was faster; whether it is right, the next look shows.
            notCreated.stream()
                    .filter(problem -> !problem.code().equals(PartitionProblem.ALREADY_EXISTS))
                    .forEach(problems::add);
        }
        List<PartitionDefinition> change = look.plan().change();
        if (!change.isEmpty()) {
            requireHeld.run();
            List<PartitionProblem> notChanged = catalog.updatePartitions(id, change);
            addDone(done.switched(), definitions(change), notChanged);
            problems.addAll(notChanged);
        }
        failOn(id, "created or switched", problems);
        if (!look.drop().isEmpty()) {
            List<PartitionProblem> notDropped = delete(id, look.drop());
            addDone(done.dropped(), look.drop(), notDropped);
            look.replaced().stream().filter(done.dropped()::contains).forEach(done.replaced()::add);
            failOn(id, "dropped", notDropped);
        }
    }

    /** A partition that is not there is as good as dropped. */
    private List<PartitionProblem> delete(TableId id, List<List<String>> values) {
        requireHeld.run();
        return catalog.deletePartitions(id, values).stream()
                .filter(problem -> !problem.code().equals(PartitionProblem.NOT_FOUND))
                .toList();
    }

    private static void addDone(Set<List<String>> done, List<List<String>> asked, List<PartitionProblem> problems) {
        Set<List<String>> notDone =
                problems.stream().map(PartitionProblem::values).collect(Collectors.toSet());
        asked.stream().filter(values -> !notDone.contains(values)).forEach(done::add);
    }

    private static void failOn(TableId id, String what, List<PartitionProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        List<String> named = problems.stream()
                .map(problem -> "%s (%s: %s)"
                        .formatted(PartitionValues.text(problem.values()), problem.code(), problem.message()))
                .toList();
        throw new JobFailure(
                kind(problems),
                "%s: %d partitions were not %s: %s; mend the cause, then start the job again"
                        .formatted(id, problems.size(), what, Names.list(named)));
    }

    /** Glue names faults of its own so: AWS Glue API reference, "Exceptions". */
    private static FailureKind kind(List<PartitionProblem> problems) {
        Set<String> itsOwn = Set.of("InternalServiceException", "OperationTimeoutException", "ThrottlingException");
        return problems.stream().map(PartitionProblem::code).allMatch(itsOwn::contains)
                ? FailureKind.SERVICE
                : FailureKind.CONFLICT;
    }

    private static List<List<String>> definitions(List<PartitionDefinition> partitions) {
        return partitions.stream().map(PartitionDefinition::values).toList();
    }

    private static String names(List<List<String>> partitions) {
        return partitions.isEmpty()
                ? "none"
                : Names.list(
                        partitions.stream().map(PartitionValues::text).sorted().toList());
    }

    private void await(Duration wait) {
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(FailureKind.SERVICE, "the job was interrupted; start it again", e);
        }
    }
}
