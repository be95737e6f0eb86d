package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.all;
import static com.omc.flywheel.common.publish.Manifests.some;
import static com.omc.flywheel.common.publish.Manifests.tables;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data set in memory and its publisher; runs are published to it as a split does. */
final class InMemoryTarget {
    static final String ROOT = "s3://lake/out/";
    static final DataSet DATA_SET = new DataSet(S3Uri.parse(ROOT));
    static final Clock CLOCK = Clock.fixed(Instant.parse("2025-11-03T03:20:00Z"), ZoneOffset.UTC);
    /** So long that no thread gives a sign of life while a test runs. */
    static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
    /** After this a lease without a sign of life is over: the store's times are in whole seconds. */
    static final Duration UNTIL_OVER = TIME_TO_LIVE.plusSeconds(3);

    final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    final DataSetPublisher publisher = new DataSetPublisher(store, DATA_SET, CLOCK);

    static Holder holder(RunId run) {
        return new Holder(run, JOB, "process 1", TIME_TO_LIVE);
    }

    static String mark(RunId run, RunState state) {
        return DATA_SET.mark(run, state).toString();
    }

    /** Publishes these tables and no others. */
    Manifest publishAll(SnapshotDate snapshot, RunId run, String... folders) {
        return publish(all(snapshot, folders), run, false);
    }

    /** Publishes these tables beside those that are there. */
    Manifest publishSome(SnapshotDate snapshot, RunId run, String... folders) {
        return publish(some(snapshot, folders), run, false);
    }

    Manifest publish(RunContent content, RunId run, boolean takeOver) {
        return publish(store, content, run, takeOver);
    }

    /** Publishes by this way to the store, whatever is published already. */
    Manifest publish(ObjectStore way, RunContent content, RunId run, boolean takeOver) {
        try (HeldDataSet held = new DataSetPublisher(way, DATA_SET, clockOf(run)).hold(holder(run))) {
            return publish(way, held, content, run, takeOver);
        }
    }

    /** Does what a job does: writes only what is not published already. */
    Manifest runJob(ObjectStore way, RunContent content, RunId run) {
        DataSetPublisher known = new DataSetPublisher(way, DATA_SET, clockOf(run));
        Optional<Manifest> published = known.check(content, false);
        if (published.isPresent()) {
            return published.get();
        }
        try (HeldDataSet held = known.hold(holder(run))) {
            return held.check(content, false).orElseGet(() -> publish(way, held, content, run, false));
        }
    }

    private Manifest publish(ObjectStore way, HeldDataSet held, RunContent content, RunId run, boolean takeOver) {
        List<TableEntry> written = tables(content, run);
        try (PublishingRun publishing = held.begin(content, takeOver, new Uploaded(way, run, written))) {
            return publishing.publish(written);
        }
    }

    /** The data set is as this manifest says; of the run there is nothing but its marks, which the next one forgets. */
    void assertUndone(RunId run, Manifest before) {
        assertThat(journal()).contains(run + "/undone.json");
        assertUndoneOrUnheardOf(run, before);
    }

    /** The same, unless the run ended before its first mark. */
    void assertUndoneOrUnheardOf(RunId run, Manifest before) {
        assertDescribes(before);
        assertThat(journal()).contains(before.runId() + "/done.json");
        assertThat(journal().stream().anyMatch((run + "/prepared.json")::equals))
                .isEqualTo(journal().stream().anyMatch((run + "/undone.json")::equals));
        assertThat(pendingUploads()).isEmpty();
        assertThat(store.objects()).noneMatch(uri -> uri.contains("__magic"));
    }

    /** No two runs are on machines whose clocks agree; the first one's is {@link #CLOCK}. */
    static Clock clockOf(RunId run) {
        int number = Integer.parseInt(run.value().substring(run.value().indexOf('-') + 1), 16);
        return Clock.offset(CLOCK, Duration.ofMinutes(17L * (number - 1)));
    }

    HeldDataSet hold(RunId run) {
        return new DataSetPublisher(store, DATA_SET, clockOf(run)).hold(holder(run));
    }

    /** Begins a run whose tasks have uploaded everything at once. */
    PublishingRun begin(HeldDataSet held, RunContent content, RunId run) {
        return held.begin(content, false, new Uploaded(store, run, tables(content, run)));
    }

    /** Does what {@code --RECOVER_ONLY true} does. */
    List<String> recoverOnly(RunId run) {
        return recoverOnly(store, run);
    }

    List<String> recoverOnly(ObjectStore way, RunId run) {
        try (HeldDataSet held = new DataSetPublisher(way, DATA_SET, clockOf(run)).hold(holder(run))) {
            return held.recovered();
        }
    }

    /** What the data set holds, the newest snapshot last; fails when a run is unfinished. */
    List<Manifest> finished() {
        return FinishedManifests.of(store, DATA_SET);
    }

    /** Lets the time go by after which nobody holds the data set. */
    InMemoryTarget untilTheLeaseIsOver() {
        store.advance(UNTIL_OVER);
        return this;
    }

    static PendingUpload upload(String key) {
        return new PendingUpload(S3Uri.parse(ROOT + key), "upload of " + key);
    }

    /** What the tasks of a run wrote, in memory. */
    final class Uploaded implements UnseenFiles {
        private final ObjectStore way;
        private final S3Uri pendingSet;
        private final List<TableEntry> written;

        Uploaded(ObjectStore way, RunId run, List<TableEntry> written) {
            this.way = way;
            this.pendingSet = DATA_SET.attemptFolder(run).file("task.pendingset");
            this.written = List.copyOf(written);
        }

        @Override
        public void begin() {
            way.write(pendingSet, "{}".getBytes(StandardCharsets.UTF_8), StoredJson.CONTENT_TYPE);
            for (TableEntry table : written) {
                for (FileEntry file : table.files()) {
                    store.begin(upload(file.key()), "x".repeat((int) file.bytes()));
                }
            }
        }

        @Override
        public List<PreparedFile> preparedFiles(ObjectStore same, Map<String, Long> sizes) {
            if (same.read(pendingSet).isEmpty()) {
                throw new JobFailure(FailureKind.CONFLICT, "the tasks left no %s".formatted(pendingSet));
            }
            return sizes.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(file -> new PreparedFile(upload(file.getKey()), file.getValue(), List.of("part-tag")))
                    .toList();
        }
    }

    /** The files that readers of the tables see. */
    List<String> dataFiles() {
        return store.objects().stream().filter(uri -> uri.endsWith(".parquet")).toList();
    }

    /** The objects under the journal or the lease, by their keys from there. */
    List<String> journal() {
        return under(DATA_SET.journal());
    }

    List<String> leaseFiles() {
        return under(DATA_SET.lease());
    }

    private List<String> under(S3Uri folder) {
        return store.objects().stream()
                .filter(uri -> uri.startsWith(folder.toString()))
                .map(uri -> uri.substring(folder.toString().length()))
                .toList();
    }

    List<PendingUpload> pendingUploads() {
        return store.pendingUploads(DATA_SET.root());
    }

    /** Asserts that readers see this, whatever else there is that they do not see. */
    void assertDescribes(Manifest manifest) {
        assertThat(publisher.current()).contains(manifest);
        assertThat(dataFiles())
                .containsExactlyElementsOf(
                        manifest.keys().stream().sorted().map(key -> ROOT + key).toList());
        assertThat(store.text(DATA_SET.snapshotDateFile(Layout.CLUSTERED).toString()))
                .isEqualTo(manifest.snapshotDt().toString());
    }

    /** Asserts that the data set is this and that nothing else is left but what {@code others} names. */
    void assertAtRest(Manifest manifest, String... others) {
        assertDescribes(manifest);
        assertThat(journal()).containsExactly(manifest.runId() + "/done.json");
        assertThat(leaseFiles()).hasSize(1);
        assertThat(store.text(DATA_SET.lease() + leaseFiles().get(0))).contains("\"released\" : true");
        assertThat(pendingUploads()).isEmpty();
        assertThat(store.objects())
                .allMatch(uri -> uri.endsWith(".parquet")
                        || uri.startsWith(DATA_SET.journal().toString())
                        || uri.startsWith(DATA_SET.lease().toString())
                        || uri.startsWith(ROOT + "_flywheel/manifests/")
                        || uri.equals(DATA_SET.current().toString())
                        || uri.equals(
                                DATA_SET.snapshotDateFile(Layout.CLUSTERED).toString())
                        || List.of(others).contains(uri));
    }
}
