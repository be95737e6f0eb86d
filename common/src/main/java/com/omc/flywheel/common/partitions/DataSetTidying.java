package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Superseded;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files of a data set that readers cannot come by any more: of versions before the last one that was replaced,
 * and of snapshots that are not to be kept. Nothing goes while a table of the catalog, of whichever database, says that its
 * files lie there, or said so before this run switched partitions: queries that began then read on.
 *
 * <p>Partitions of tables whose own location has nothing to do with the data set are not looked at: {@link
 * TableCatalog#locationsAt}.
 */
public final class DataSetTidying {
    private static final Logger LOG = LoggerFactory.getLogger(DataSetTidying.class);

    private final String job;
    private final DataSet dataSet;
    private final HeldDataSet held;
    private final TableCatalog catalog;
    private Readers before = Readers.NONE;
    private Optional<JobFailure> unknownBefore = Optional.empty();

    private DataSetTidying(String job, DataSet dataSet, HeldDataSet held, TableCatalog catalog) {
        this.job = job;
        this.dataSet = dataSet;
        this.held = held;
        this.catalog = catalog;
    }

    /**
     * A way to tidy up, which looks at who reads the data set now, before partitions are switched. The catalog is asked
     * only when there is something to delete, and a refusal fails the deletion alone.
     *
     * @param job the job that does so
     * @param manifests every snapshot of the data set
     */
    public static DataSetTidying beforePartitionsChange(
            String job, DataSet dataSet, HeldDataSet held, TableCatalog catalog, List<Manifest> manifests) {
        DataSetTidying tidying = new DataSetTidying(job, dataSet, held, catalog);
        if (manifests.stream()
                .anyMatch(manifest -> !replacedBeforeTheLast(manifest).isEmpty())) {
            try {
                tidying.before = tidying.look();
            } catch (JobFailure e) {
                tidying.unknownBefore = Optional.of(e);
            }
        }
        return tidying;
    }

    /**
     * Versions of tables that were replaced.
     *
     * @param deleted what went, as {@code IBE_01 of 2025-11-01}
     * @param pointedTo what could have gone but for readers, with them
     */
    public record ReplacedVersions(List<String> deleted, List<String> pointedTo) {
        public ReplacedVersions {
            deleted = List.copyOf(deleted);
            pointedTo = List.copyOf(pointedTo);
        }
    }

    /**
     * Deletes what was replaced before the last time: queries that began before the catalog was switched still read the
     * version that was current then.
     *
     * @throws JobFailure when the catalog does not say who reads them; nothing is deleted then
     */
    public ReplacedVersions deleteReplaced(List<Manifest> manifests) {
        List<String> deleted = new ArrayList<>();
        List<String> pointedTo = new ArrayList<>();
        if (manifests.stream()
                .allMatch(manifest -> replacedBeforeTheLast(manifest).isEmpty())) {
            return new ReplacedVersions(deleted, pointedTo);
        }
        unknownBefore.ifPresent(failure -> {
            throw failure;
        });
        Readers now = look();
        for (Manifest manifest : manifests) {
            List<Superseded> unreachable = new ArrayList<>();
            for (Superseded version : replacedBeforeTheLast(manifest)) {
                String name = "%s of %s".formatted(version.folder(), manifest.snapshotDt());
                S3Uri location = dataSet.root().resolve(version.location());
                List<String> readers = Stream.concat(now.of(location).stream(), before.of(location).stream())
                        .distinct()
                        .toList();
                if (readers.isEmpty()) {
                    unreachable.add(version);
                    deleted.add(name);
                } else {
                    pointedTo.add("%s (%s)".formatted(name, Names.list(readers)));
                }
            }
            if (!unreachable.isEmpty()) {
                held.deleteSuperseded(job, manifest, unreachable);
                LOG.info(
                        "{}: {} replaced versions of snapshot {} deleted",
                        dataSet.root(),
                        unreachable.size(),
                        manifest.snapshotDt());
            }
        }
        return new ReplacedVersions(deleted, pointedTo);
    }

    private static List<Superseded> replacedBeforeTheLast(Manifest manifest) {
        return manifest.superseded().stream()
                .filter(version -> {
                    // A table that went was replaced by the run that left it out, which wrote the manifest.
                    RunId last = manifest.table(version.folder())
                            .map(TableEntry::runId)
                            .orElse(manifest.runId());
                    return !version.replacedBy().equals(last);
                })
                .toList();
    }

    /**
     * Makes sure, before partitions of snapshots are dropped, that these partitions alone lead to their files.
     *
     * @param own the tables whose partitions of these snapshots will be dropped
     * @throws JobFailure CONFLICT when another table, or another partition, says that its files are there
     */
    public void requireNoOtherReaders(List<Manifest> leaving, List<PartTable> own) {
        Set<String> tables = own.stream().map(table -> table.id().toString()).collect(Collectors.toSet());
        Set<SnapshotDate> dates = leaving.stream().map(Manifest::snapshotDt).collect(Collectors.toSet());
        requireUnread(
                leaving,
                look().without(said -> tables.contains(said.table())
                        && PartitionValues.snapshot(said.partition())
                                .filter(dates::contains)
                                .isPresent()));
    }

    /**
     * Deletes snapshots, whose partitions are out of the catalog.
     *
     * @throws JobFailure CONFLICT when a table of the catalog still says that its files are there; nothing of any of these
     *     snapshots is deleted then
     */
    public void retire(List<Manifest> leaving) {
        if (leaving.isEmpty()) {
            return;
        }
        requireUnread(leaving, look());
        for (Manifest manifest : leaving) {
            held.retire(manifest);
            LOG.info("{}: snapshot {} deleted", dataSet.root(), manifest.snapshotDt());
        }
    }

    private void requireUnread(List<Manifest> leaving, Readers readers) {
        List<String> problems = new ArrayList<>();
        for (Manifest manifest : leaving) {
            List<String> ofSnapshot = locationsOf(manifest)
                    .flatMap(location -> readers.of(location).stream())
                    .distinct()
                    .toList();
            if (!ofSnapshot.isEmpty()) {
                problems.add("snapshot %s: %s".formatted(manifest.snapshotDt(), Names.list(ofSnapshot)));
            }
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.CONFLICT,
                    "snapshots of %s are not to be kept, and tables still read them; drop those partitions or tables, or raise --RETAIN_SNAPSHOTS:"
                            .formatted(dataSet.root()),
                    problems);
        }
    }

    private Stream<S3Uri> locationsOf(Manifest manifest) {
        return Stream.concat(
                        manifest.tables().stream().map(TableEntry::location),
                        manifest.superseded().stream().map(Superseded::location))
                .distinct()
                .map(location -> dataSet.root().resolve(location));
    }

    private Readers look() {
        try {
            return new Readers(catalog.locationsAt(dataSet.root()));
        } catch (JobFailure e) {
            throw new JobFailure(
                    e.kind(),
                    "%s: nothing was deleted, since the catalog does not say which tables read its files: %s"
                            .formatted(dataSet.root(), e.getMessage()),
                    e);
        }
    }
}
