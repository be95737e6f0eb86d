package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.InMemoryTarget.DATA_SET;
import static com.omc.flywheel.common.publish.InMemoryTarget.clockOf;
import static com.omc.flywheel.common.publish.InMemoryTarget.holder;
import static com.omc.flywheel.common.publish.InMemoryTarget.upload;
import static com.omc.flywheel.common.publish.Manifests.BUCKETING;
import static com.omc.flywheel.common.publish.Manifests.FINGERPRINT;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.KEY_LIMITS;
import static com.omc.flywheel.common.publish.Manifests.MAPPING;
import static com.omc.flywheel.common.publish.Manifests.WRITTEN;

import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs that write snapshots beside each other, in memory, for tests. */
final class PartitionedRuns {
    private PartitionedRuns() {}

    static RunContent content(SnapshotDate snapshot, String... folders) {
        return new RunContent(
                JOB,
                Layout.PARTITIONED,
                snapshot,
                FINGERPRINT,
                MAPPING,
                BUCKETING,
                WRITTEN,
                KEY_LIMITS,
                List.of(folders),
                false,
                false);
    }

    /** Publishes by this way to the store, whatever is published already. */
    static Manifest publish(InMemoryTarget lake, ObjectStore way, RunContent content, RunId run, boolean takeOver) {
        try (HeldDataSet held = new DataSetPublisher(way, DATA_SET, clockOf(run)).hold(holder(run))) {
            return publish(lake, held, content, run, takeOver);
        }
    }

    /** Does what a job does that is to write again: writes even what is published already, but not twice. */
    static Manifest runAgain(InMemoryTarget lake, ObjectStore way, RunContent content, RunId before, RunId run) {
        try (HeldDataSet held = new DataSetPublisher(way, DATA_SET, clockOf(run)).hold(holder(run))) {
            Optional<Manifest> published = held.check(content, false)
                    .filter(manifest -> !manifest.runId().equals(before));
            return published.orElseGet(() -> publish(lake, held, content, run, false));
        }
    }

    private static Manifest publish(
            InMemoryTarget lake, HeldDataSet held, RunContent content, RunId run, boolean takeOver) {
        try (PublishingRun publishing = held.begin(content, takeOver, new Uploads())) {
            List<TableEntry> written = new ArrayList<>();
            for (String folder : content.folders()) {
                TableEntry entry = at(publishing.location(folder), Manifests.table(folder, run, content));
                entry.files().forEach(file -> lake.store.begin(upload(file.key()), "x".repeat((int) file.bytes())));
                written.add(entry);
            }
            return publishing.publish(written);
        }
    }

    private static TableEntry at(String location, TableEntry table) {
        List<FileEntry> files = new ArrayList<>();
        for (FileEntry file : table.files()) {
            String key = location + file.key().substring(file.key().indexOf('/') + 1);
            files.add(new FileEntry(key, file.bytes(), file.rows(), "", file.firstBucket(), file.lastBucket()));
        }
        return new TableEntry(
                table.folder(),
                location,
                table.runId(),
                table.snapshotDt(),
                table.columns(),
                table.partitionKeys(),
                table.columnBudget(),
                table.rows(),
                table.nullKeys(),
                table.duplicateKeys(),
                table.bucketing(),
                table.written(),
                files,
                table.source(),
                table.mappingSha256(),
                table.jarVersion());
    }

    /** Whatever the tasks say that they wrote is there. */
    private static final class Uploads implements UnseenFiles {
        @Override
        public void begin() {}

        @Override
        public List<PreparedFile> preparedFiles(ObjectStore store, Map<String, Long> sizes) {
            return sizes.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(file -> new PreparedFile(upload(file.getKey()), file.getValue(), List.of("part-tag")))
                    .toList();
        }
    }
}
