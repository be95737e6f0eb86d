package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.Manifests.BUCKETING;
import static com.omc.flywheel.common.publish.Manifests.FINGERPRINT;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.table;

import com.omc.flywheel.common.publish.DataSetPublisher.Target;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** A data set in memory and its publisher; runs are published to it as a split does. */
final class InMemoryTarget {
    static final String ROOT = "s3://lake/out/";
    static final DataSet DATA_SET = new DataSet(S3Uri.parse(ROOT));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-11-03T03:20:00Z"), ZoneOffset.UTC);

    final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    final DataSetPublisher publisher = new DataSetPublisher(store, DATA_SET, CLOCK);

    /** Publishes these tables and no others. */
    Manifest publishAll(SnapshotDate snapshot, RunId run, String... folders) {
        return publish(snapshot, run, false, folders);
    }

    /** Publishes these tables beside those that are there. */
    Manifest publishSome(SnapshotDate snapshot, RunId run, String... folders) {
        return publish(snapshot, run, true, folders);
    }

    /** Checks the target for a run of these tables, from the source that {@link Manifests#table} names. */
    Target prepare(SnapshotDate snapshot, boolean onlyTheseTables, String... folders) {
        return publisher.prepare(
                new RunContent(JOB, snapshot, FINGERPRINT, BUCKETING, List.of(folders), onlyTheseTables));
    }

    /** Makes the files of these tables visible, as calls that the store remembers. */
    void upload(List<TableEntry> written) {
        for (TableEntry table : written) {
            for (FileEntry file : table.files()) {
                byte[] content = "x".repeat((int) file.bytes()).getBytes(StandardCharsets.UTF_8);
                store.write(S3Uri.parse(ROOT + file.key()), content, "application/octet-stream");
            }
        }
    }

    /** The files that readers of the tables see. */
    List<String> dataFiles() {
        return store.objects().stream().filter(uri -> uri.endsWith(".parquet")).toList();
    }

    private Manifest publish(SnapshotDate snapshot, RunId run, boolean onlyTheseTables, String... folders) {
        List<TableEntry> written =
                Stream.of(folders).map(folder -> table(folder, run, snapshot)).toList();
        Target target = prepare(snapshot, onlyTheseTables, folders);
        return publisher.publish(target, run, () -> upload(written), written);
    }
}
