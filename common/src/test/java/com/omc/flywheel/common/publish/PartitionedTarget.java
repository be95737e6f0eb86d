package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.bucketing.Numbering;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Source;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.publish.RunContent.KeyLimits;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A data set of snapshots beside each other, in memory; runs are published to it as a split does. */
public final class PartitionedTarget {
    public static final DataSet DATA_SET = new DataSet(S3Uri.parse("s3://lake/split_part/infobase_attributes/"));
    public static final SnapshotDate SEPTEMBER = SnapshotDate.parse("2025-09-01");
    public static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    public static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    public static final String JOB = "infobase-split-and-part";

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-11-03T03:20:00Z"), ZoneOffset.UTC);
    /** So long that no thread gives a sign of life while a test runs. */
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");

    public InMemoryObjectStore store() {
        return store;
    }

    /** The name of a run; those that maintain a data set have names of their own beside it. */
    public static RunId run(int number) {
        return new RunId("2025110%dT031500Z-%08x".formatted(number, 16 * number));
    }

    public static Holder holder(int run) {
        return new Holder(run(run), JOB, "process 1", TIME_TO_LIVE);
    }

    public static Clock clock() {
        return CLOCK;
    }

    public HeldDataSet hold(int run) {
        return hold(store, run);
    }

    public HeldDataSet hold(ObjectStore way, int run) {
        return new DataSetPublisher(way, DATA_SET, CLOCK).hold(holder(run));
    }

    /** Lets the time go by after which nobody holds the data set. */
    public void untilTheLeaseIsOver() {
        store.advance(TIME_TO_LIVE.plusSeconds(3));
    }

    /** What the data set holds, the newest snapshot last; fails when a run is unfinished. */
    public List<Manifest> manifests() {
        return FinishedManifests.of(store, DATA_SET);
    }

    /**
     * Publishes a snapshot.
     *
     * @param idBuckets how many id buckets, each with one file; 0 for none, then there are two files
     */
    public Manifest publish(SnapshotDate snapshot, int run, int idBuckets, String... folders) {
        Placement placement = Placement.partitioned(Layout.PARTITIONED, 16, idBuckets);
        RunContent content = new RunContent(
                JOB,
                Layout.PARTITIONED,
                snapshot,
                "5d41402abc4b2a76",
                "9f86d081884c7d65",
                bucketing(placement),
                new Written(268_435_456, ""),
                new KeyLimits(0, 0),
                List.of(folders),
                false,
                false);
        try (HeldDataSet held = hold(run);
                PublishingRun publishing = held.begin(content, false, new Uploaded(run(run)))) {
            List<TableEntry> written = new ArrayList<>();
            for (String folder : folders) {
                written.add(entry(content, placement, run, folder, publishing.location(folder)));
            }
            written.forEach(
                    table -> table.files().forEach(file -> store.begin(upload(file.key()), content(file.bytes()))));
            return publishing.publish(written);
        }
    }

    private static Bucketing bucketing(Placement placement) {
        return new Bucketing(
                "customer_user_id",
                placement.buckets(),
                placement.numbering() == Numbering.ID_BUCKET ? Bucketing.XXHASH64 : Bucketing.HIVE_V1);
    }

    private static TableEntry entry(RunContent content, Placement placement, int run, String folder, String location) {
        int files = placement.hasFolders() ? placement.buckets() : 2;
        return new TableEntry(
                folder,
                location,
                run(run),
                content.snapshot(),
                List.of(
                        new ColumnEntry("customer_user_id", "string", "the key"),
                        new ColumnEntry("ibe1802", "decimal(10,2)", "")),
                placement.partitionKeys(),
                "",
                10L * files,
                0,
                0,
                content.bucketing(),
                content.written(),
                IntStream.range(0, files)
                        .mapToObj(file -> new FileEntry(
                                "%s%s%05d-%s.snappy.parquet"
                                        .formatted(location, placement.folderOf(file), file, run(run)),
                                100 + file,
                                10,
                                "",
                                file,
                                file))
                        .toList(),
                new Source(
                        "s3://lake/in/" + content.snapshot().folderName() + "/",
                        "5d41402abc4b2a76",
                        4,
                        4096,
                        List.of()),
                content.mappingSha256(),
                "0.1.0");
    }

    private static String content(long bytes) {
        return "x".repeat((int) bytes);
    }

    private static PendingUpload upload(String key) {
        return new PendingUpload(DATA_SET.root().resolve(key), "upload of " + key);
    }

    /** What the tasks of a run say that they wrote. */
    private final class Uploaded implements UnseenFiles {
        private final S3Uri pendingSet;

        Uploaded(RunId run) {
            this.pendingSet = DATA_SET.attemptFolder(run).file("task.pendingset");
        }

        @Override
        public void begin() {
            store.write(pendingSet, "{}".getBytes(StandardCharsets.UTF_8), StoredJson.CONTENT_TYPE);
        }

        @Override
        public List<PreparedFile> preparedFiles(ObjectStore same, Map<String, Long> sizes) {
            return sizes.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(file -> new PreparedFile(upload(file.getKey()), file.getValue(), List.of("part-tag")))
                    .toList();
        }
    }

    /** The files of tables that there are, by their keys from the root of the data set. */
    public List<String> dataFiles() {
        return store.objects().stream()
                .filter(uri -> uri.endsWith(".parquet"))
                .map(uri -> uri.substring(DATA_SET.root().toString().length()))
                .toList();
    }

    /** What the journal has, by its keys from there. */
    List<String> journal() {
        String folder = DATA_SET.journal().toString();
        return store.objects().stream()
                .filter(uri -> uri.startsWith(folder))
                .map(uri -> uri.substring(folder.length()))
                .toList();
    }
}
