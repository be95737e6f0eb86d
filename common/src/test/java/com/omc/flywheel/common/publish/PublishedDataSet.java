package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.RunContent.KeyLimits;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A data set in memory that is published to as a split does, for tests of what comes after it. */
public final class PublishedDataSet {
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

    private final InMemoryObjectStore store;
    private final DataSet dataSet;
    private final String job;
    private final Layout layout;
    private final Clock clock;

    public PublishedDataSet(InMemoryObjectStore store, S3Uri root, String job, Layout layout, Clock clock) {
        this.store = store;
        this.dataSet = new DataSet(root);
        this.job = job;
        this.layout = layout;
        this.clock = clock;
    }

    /** Publishes these tables, which one run wrote of one snapshot, and no others. */
    public Manifest publish(List<TableEntry> tables) {
        RunContent content = content(tables);
        try (HeldDataSet held = hold(tables.get(0).runId());
                PublishingRun run = held.begin(content, false, new Uploads(tables))) {
            return run.publish(tables);
        }
    }

    /** Begins to publish them and goes no further; closed, it gives back nothing but the lease. */
    public HeldDataSet begin(List<TableEntry> tables) {
        HeldDataSet held = hold(tables.get(0).runId());
        held.begin(content(tables), false, new Uploads(tables));
        return held;
    }

    private RunContent content(List<TableEntry> tables) {
        TableEntry first = tables.get(0);
        return new RunContent(
                job,
                layout,
                first.snapshotDt(),
                first.source().fingerprint(),
                first.mappingSha256(),
                first.bucketing(),
                first.written(),
                new KeyLimits(0, 0),
                tables.stream().map(TableEntry::folder).toList(),
                false,
                false);
    }

    /** Holds the data set as another run does that writes it. */
    public HeldDataSet hold(RunId run) {
        return new DataSetPublisher(store, dataSet, clock).hold(new Holder(run, job, "process 7", TIME_TO_LIVE));
    }

    private final class Uploads implements UnseenFiles {
        private final List<TableEntry> tables;

        Uploads(List<TableEntry> tables) {
            this.tables = List.copyOf(tables);
        }

        @Override
        public void begin() {
            for (TableEntry table : tables) {
                for (FileEntry file : table.files()) {
                    store.begin(upload(file.key()), "x".repeat((int) file.bytes()));
                }
            }
        }

        @Override
        public List<PreparedFile> preparedFiles(ObjectStore same, Map<String, Long> sizes) {
            return sizes.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(file -> new PreparedFile(upload(file.getKey()), file.getValue(), List.of("part-tag")))
                    .toList();
        }

        private PendingUpload upload(String key) {
            return new PendingUpload(dataSet.root().resolve(key), "upload of " + key);
        }
    }
}
