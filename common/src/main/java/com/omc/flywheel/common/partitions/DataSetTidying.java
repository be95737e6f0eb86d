package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Superseded;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files of a data set that readers cannot come by any more: of versions before the last one that was replaced,
 * and of snapshots that are not to be kept. Nothing goes while a table of the database says that its files lie there.
 */
public final class DataSetTidying {
    private static final Logger LOG = LoggerFactory.getLogger(DataSetTidying.class);

    private final String job;
    private final DataSet dataSet;
    private final HeldDataSet held;
    private final Supplier<DatabaseLocations> locations;
    private DatabaseLocations known;

    /**
     * A way to tidy up.
     *
     * @param job the job that does so
     * @param locations asks the catalog; it is asked once, and only when there is something to delete
     */
    public DataSetTidying(String job, DataSet dataSet, HeldDataSet held, Supplier<DatabaseLocations> locations) {
        this.job = job;
        this.dataSet = dataSet;
        this.held = held;
        this.locations = locations;
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
     */
    public ReplacedVersions deleteReplaced(List<Manifest> manifests) {
        List<String> deleted = new ArrayList<>();
        List<String> pointedTo = new ArrayList<>();
        for (Manifest manifest : manifests) {
            List<Superseded> unreachable = new ArrayList<>();
            for (Superseded version : replacedBeforeTheLast(manifest)) {
                String name = "%s of %s".formatted(version.folder(), manifest.snapshotDt());
                List<String> readers = known().readersOf(dataSet.root().resolve(version.location()));
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
     * Deletes snapshots, whose partitions are out of the catalog.
     *
     * @throws JobFailure CONFLICT when a table of the database still says that its files are there; nothing of any of these
     *     snapshots is deleted then
     */
    public void retire(List<Manifest> leaving) {
        List<String> problems = new ArrayList<>();
        for (Manifest manifest : leaving) {
            List<String> readers = locationsOf(manifest)
                    .flatMap(location -> known().readersOf(location).stream())
                    .distinct()
                    .toList();
            if (!readers.isEmpty()) {
                problems.add("snapshot %s: %s".formatted(manifest.snapshotDt(), Names.list(readers)));
            }
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.CONFLICT,
                    "snapshots of %s are not to be kept, and tables still read them; drop those partitions or tables, or raise --RETAIN_SNAPSHOTS:"
                            .formatted(dataSet.root()),
                    problems);
        }
        for (Manifest manifest : leaving) {
            held.retire(manifest);
            LOG.info("{}: snapshot {} deleted", dataSet.root(), manifest.snapshotDt());
        }
    }

    private Stream<S3Uri> locationsOf(Manifest manifest) {
        return Stream.concat(
                        manifest.tables().stream().map(TableEntry::location),
                        manifest.superseded().stream().map(Superseded::location))
                .distinct()
                .map(location -> dataSet.root().resolve(location));
    }

    private DatabaseLocations known() {
        if (known == null) {
            known = locations.get();
        }
        return known;
    }
}
