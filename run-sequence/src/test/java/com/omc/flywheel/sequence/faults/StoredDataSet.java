package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What lies in a data set of {@link TinyRun}s: what its readers see, and whether it is as it has to be. */
final class StoredDataSet {
    private static final Pattern LEASE = Pattern.compile("_flywheel/lease/\\d+\\.json");
    private static final Pattern MARK = Pattern.compile("_flywheel/journal/([^/]+)/(\\w+)\\.json");

    private final ObjectStore store;
    private final DataSet dataSet;

    StoredDataSet(ObjectStore store, DataSet dataSet) {
        this.store = store;
        this.dataSet = dataSet;
    }

    Manifest manifest() {
        return new DataSetPublisher(store, dataSet, Clock.systemUTC()).current().orElseThrow();
    }

    /** The content of every file in the tables' folders. */
    List<String> rows() {
        return tableFiles().keySet().stream().map(this::read).sorted().toList();
    }

    /** The content of every file that the manifest names. */
    List<String> rowsOfManifest() {
        return files(manifest()).keySet().stream().map(this::read).sorted().toList();
    }

    /** What the files of all tables hold after a run with this text. */
    static List<String> rowsOf(String text) {
        return rowsOf(text, text);
    }

    static List<String> rowsOf(String firstTable, String secondTable) {
        List<String> rows = new ArrayList<>();
        for (int partition = 0; partition < TinyFiles.PER_TABLE; partition++) {
            rows.add(TinyFiles.content(TinyRun.TABLES.get(0), partition, firstTable));
            rows.add(TinyFiles.content(TinyRun.TABLES.get(1), partition, secondTable));
        }
        return rows.stream().sorted().toList();
    }

    /** True when the tables' folders hold what the manifest names and nothing else. */
    boolean isAsTheManifestSays() {
        return tableFiles().equals(files(manifest()));
    }

    /** True when a run has said that it makes files visible, and not yet what became of that. */
    boolean isBeingCommitted() {
        return marks().values().stream()
                .anyMatch(states ->
                        states.contains("committing") && !states.contains("done") && !states.contains("undone"));
    }

    /** The states that each run in the journal has reached. */
    Map<String, Set<String>> marks() {
        Map<String, Set<String>> marks = new TreeMap<>();
        for (String key : objects().keySet()) {
            var mark = MARK.matcher(key);
            if (mark.matches()) {
                marks.computeIfAbsent(mark.group(1), run -> new TreeSet<>()).add(mark.group(2));
            }
        }
        return marks;
    }

    /**
     * Every object and every unfinished upload is one that a run leaves that ended well, and they agree.
     *
     * @param run the last run
     * @param days every snapshot that was ever published
     */
    void assertIsClean(RunId run, Set<SnapshotDate> days, List<String> rows) {
        Manifest manifest = manifest();
        assertThat(manifest.runId()).isEqualTo(run);
        assertThat(tableFiles()).isEqualTo(files(manifest));
        assertThat(rows()).isEqualTo(rows);
        assertThat(read("metadata/snapshot_dt.txt"))
                .isEqualTo(manifest.snapshotDt().toString());

        Set<String> expected = new TreeSet<>(files(manifest).keySet());
        expected.addAll(List.of(
                "metadata/snapshot_dt.txt",
                "_flywheel/current.json",
                "_flywheel/journal/%s/done.json".formatted(run),
                "_flywheel/lease/n.json"));
        days.forEach(day -> expected.add("_flywheel/manifests/%s/manifest.json".formatted(day.folderName())));
        List<String> found = objects().keySet().stream()
                .map(key -> LEASE.matcher(key).replaceFirst("_flywheel/lease/n.json"))
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(store.pendingUploads(dataSet.root())).isEmpty();
        assertThat(isHeld()).isFalse();
    }

    /** True when the last run that had the lease did not give it back. */
    boolean isHeld() {
        return objects().keySet().stream()
                .filter(key -> LEASE.matcher(key).matches())
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .filter(highest -> !read(highest).contains("\"released\" : true"))
                .isPresent();
    }

    private Map<String, String> tableFiles() {
        Map<String, String> files = objects();
        files.keySet().removeIf(key -> TinyRun.TABLES.stream().noneMatch(table -> key.startsWith(table + "/")));
        return files;
    }

    private static Map<String, String> files(Manifest manifest) {
        Map<String, String> files = new TreeMap<>();
        manifest.tables().forEach(table -> table.files().forEach(file -> files.put(file.key(), describe(file))));
        return files;
    }

    private static String describe(FileEntry file) {
        return "%d bytes, %s".formatted(file.bytes(), file.etag());
    }

    private Map<String, String> objects() {
        Map<String, String> objects = new TreeMap<>();
        for (StoredObject object : store.list(dataSet.root())) {
            objects.put(
                    dataSet.root().relativize(object.uri()), "%d bytes, %s".formatted(object.bytes(), object.etag()));
        }
        return objects;
    }

    private String read(String key) {
        byte[] content = store.read(dataSet.root().resolve(key)).orElseThrow();
        return new String(content, StandardCharsets.UTF_8);
    }
}
