package com.omc.flywheel.common.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSetStatus.Fate;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.JournalMark.Committing;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.publish.JournalMark.NewFile;
import com.omc.flywheel.common.publish.JournalMark.Prepared;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Source;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetStatusTest {
    private static final Instant NOW = Instant.parse("2025-12-01T00:00:00Z");
    private static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    private static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    private static final RunId FIRST = new RunId("20251102T031500Z-00000001");
    private static final RunId SECOND = new RunId("20251103T031500Z-00000002");
    private static final RunId THIRD = new RunId("20251104T031500Z-00000003");
    private static final String ROOT = "s3://lake/split/";

    private final InMemoryObjectStore store =
            InMemoryObjectStore.withBuckets("lake").at(NOW);
    private final DataSet dataSet = new DataSet(S3Uri.parse(ROOT));
    private final StoredJson json = new StoredJson();

    @Test
    void showsAFinishedDataSet() {
        publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER), table("B", FIRST, NOVEMBER)));
        lease(7, FIRST, true);

        assertThat(render())
                .isEqualTo(
                        """
                        s3://lake/split/ at 2025-12-01T00:00:00Z
                          published  snapshot 2025-11-01 by split, run 20251102T031500Z-00000001 at 2025-12-01T00:00:00Z
                                     2 tables, 4 files, 112 B
                                     table   rows  files  bytes
                                     A      2,100      2   56 B
                                     B      2,100      2   56 B
                          lease      free
                          journal    run 20251102T031500Z-00000001 DONE since 2025-12-01T00:00:00Z
                          files      all as the manifest names them
                          next       nothing to do
                        """);
    }

    @Test
    void showsWhoIsAtWorkAndHowLongToWait() {
        publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER)));
        prepared(SECOND);
        lease(8, SECOND, false);
        store.begin(upload("A", SECOND)).put(ROOT + "__magic_job-" + SECOND + "/task.pendingset", "{}");
        store.advance(Duration.ofSeconds(40));

        assertThat(lines("lease", "journal", "left over", "next"))
                .containsExactly(
                        "lease      held by run 20251103T031500Z-00000002 (split, host 7) since 2025-12-01T00:00:00Z; last sign of life 40 s ago, over in 263 s without another",
                        "journal    run 20251102T031500Z-00000001 DONE since 2025-12-01T00:00:00Z",
                        "           run 20251103T031500Z-00000002 PREPARED since 2025-12-01T00:00:00Z: nothing of it is visible",
                        "left over  1 unfinished upload: A/0-20251103T031500Z-00000002.parquet",
                        "           1 attempt folder: __magic_job-20251103T031500Z-00000002",
                        "next       wait: run 20251103T031500Z-00000002 (split, host 7) is at work; if it was killed, another run can take its place in 263 s");
    }

    @Test
    void agreesWithTheLeaseOnWhenItIsOver() {
        lease(1, FIRST, false);

        store.advance(Duration.ofSeconds(302));
        assertThat(read().lease().state()).isEqualTo(LeaseState.HELD);
        assertThat(read().lease().holder().orElseThrow().left()).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(this::recover)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("after 1 more seconds without one");

        store.advance(Duration.ofSeconds(1));
        assertThat(read().lease().state()).isEqualTo(LeaseState.EXPIRED);
        assertThat(lines("lease"))
                .containsExactly(
                        "lease      over, and not given back by run 20251102T031500Z-00000001 (split, host 7), which held it since 2025-12-01T00:00:00Z; last sign of life 5 min ago");
        assertThat(recover()).isEmpty();
    }

    @Test
    void saysThatAKilledRunWithAllItsFilesWillBeFinished() {
        Manifest before = publish(FIRST, manifest(FIRST, OCTOBER, table("A", FIRST, OCTOBER)));
        Manifest after = manifest(SECOND, NOVEMBER, table("A", SECOND, NOVEMBER));
        committing(SECOND, before, after);
        store(after);
        lease(8, SECOND, false);
        store.advance(Duration.ofHours(3));

        assertThat(lines("lease", "journal", "files", "next"))
                .containsExactly(
                        "lease      over, and not given back by run 20251103T031500Z-00000002 (split, host 7), which held it since 2025-12-01T00:00:00Z; last sign of life 3 h ago",
                        "journal    run 20251102T031500Z-00000001 DONE since 2025-12-01T00:00:00Z",
                        "           run 20251103T031500Z-00000002 COMMITTING since 2025-12-01T00:00:00Z: of 2 new files 2 there, of 2 old ones 2; it does not hold the lease",
                        "files      all as the manifest names them",
                        "next       start the job again, or with --RECOVER_ONLY true: run 20251103T031500Z-00000002 will be finished, since all of its 2 files are there");
        assertThat(recover()).containsExactly("run 20251103T031500Z-00000002 was left COMMITTING and is DONE now");
        assertThat(read().next()).isEqualTo("nothing to do");
    }

    @Test
    void saysThatAKilledRunWithoutAllItsFilesWillBeUndone() {
        Manifest before = publish(FIRST, manifest(FIRST, OCTOBER, table("A", FIRST, OCTOBER)));
        Manifest after = manifest(SECOND, NOVEMBER, table("A", SECOND, NOVEMBER));
        committing(SECOND, before, after);
        store(after);
        store.delete(List.of(dataSet.root().resolve(after.keys().get(0))));

        assertThat(lines("files", "next"))
                .containsExactly(
                        "files      all as the manifest names them",
                        "next       start the job again, or with --RECOVER_ONLY true: run 20251103T031500Z-00000002 will be undone, since 1 of its 2 files are not there");
        assertThat(recover()).containsExactly("run 20251103T031500Z-00000002 was left COMMITTING and is UNDONE now");
        assertThat(read().next()).isEqualTo("nothing to do");
    }

    @Test
    void saysThatARunKilledBeforeItsCommitWillBeUndone() {
        prepared(FIRST);
        store.begin(upload("A", FIRST));

        assertThat(lines("published", "journal", "files", "left over", "next"))
                .containsExactly(
                        "published  nothing",
                        "journal    run 20251102T031500Z-00000001 PREPARED since 2025-12-01T00:00:00Z: nothing of it is visible; it does not hold the lease",
                        "files      none that readers see",
                        "left over  1 unfinished upload: A/0-20251102T031500Z-00000001.parquet",
                        "next       start the job again, or with --RECOVER_ONLY true: run 20251102T031500Z-00000001 will be undone; nothing of it was ever visible");
        assertThat(recover()).containsExactly("run 20251102T031500Z-00000001 was left PREPARED and is UNDONE now");
        assertThat(lines("journal", "left over", "next"))
                .containsExactly(
                        "journal    run 20251102T031500Z-00000001 UNDONE since 2025-12-01T00:00:00Z",
                        "next       start the job: nothing is published");
    }

    @Test
    void saysThatARunOfWhichSomebodyDeletedFilesNeedsAPerson() {
        Manifest before = publish(FIRST, manifest(FIRST, OCTOBER, table("A", FIRST, OCTOBER)));
        Manifest after = manifest(SECOND, NOVEMBER, table("A", SECOND, NOVEMBER));
        committing(SECOND, before, after);
        store(after);
        store.delete(List.of(
                dataSet.root().resolve(after.keys().get(0)),
                dataSet.root().resolve(before.keys().get(0))));

        assertThat(read().runs()).extracting(run -> run.fate()).containsExactly(Fate.ENDED, Fate.STUCK);
        assertThat(lines("next"))
                .containsExactly(
                        "next       restore the old files of run 20251103T031500Z-00000002 or empty the tables' folders, delete s3://lake/split/_flywheel/journal/20251103T031500Z-00000002/, and start the job with --TAKE_OVER true");
        assertThatThrownBy(this::recover)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("restore them or empty the tables' folders");
    }

    @Test
    void showsARunThatWasKilledWhileItDeletedWhatItReplaces() {
        Manifest before = publish(FIRST, manifest(FIRST, OCTOBER, table("A", FIRST, OCTOBER)));
        Manifest after = manifest(SECOND, NOVEMBER, table("A", SECOND, NOVEMBER));
        committing(SECOND, before, after);
        store(after);
        store.delete(List.of(dataSet.root().resolve(before.keys().get(0))));

        assertThat(lines("journal").get(1)).contains("of 2 new files 2 there, of 2 old ones 1");
        assertThat(lines("files")).containsExactly("files      all as the manifest names them");
        assertThat(recover()).containsExactly("run 20251103T031500Z-00000002 was left COMMITTING and is DONE now");
    }

    @Test
    void namesForeignFilesInTheTablesFolders() {
        publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER)));
        store.put(ROOT + "A/copy.parquet", "rows")
                .put(ROOT + "A/_SUCCESS", "")
                .put(ROOT + "NOT_OURS/copy.parquet", "rows");

        assertThat(lines("files", "next"))
                .containsExactly(
                        "files      1 file in the tables' folders: foreign: readers see them, no run wrote them (A/copy.parquet)",
                        "next       move the foreign file away, or start the job with --TAKE_OVER true, which replaces it");
    }

    @Test
    void namesTheFilesOfAnotherToolWhereNoRunHasWritten() {
        for (int file = 0; file < 5; file++) {
            store.put(ROOT + "A/part-%d.parquet".formatted(file), "rows");
        }
        store.put(ROOT + "metadata/snapshot_dt.txt", "2025-11-01");

        assertThat(lines("files", "next"))
                .containsExactly(
                        "files      5 files in the tables' folders: foreign: readers see them, no run wrote them (A/part-0.parquet, A/part-1.parquet, A/part-2.parquet and 2 more)",
                        "next       check the path, since no run of this program has written there; if it is right and files of another tool lie in the tables' folders, start the job with --TAKE_OVER true, which replaces them");
    }

    @Test
    void asksForThePathWhereNothingIs() {
        assertThat(render())
                .isEqualTo(
                        """
                        s3://lake/split/ at 2025-12-01T00:00:00Z
                          published  nothing
                          lease      free
                          journal    no run
                          files      none that readers see
                          next       check the path, since no run of this program has written there; if it is right, start the job: nothing is published
                        """);
    }

    @Test
    void namesFilesThatSomebodyDeletedOrChanged() {
        Manifest manifest = publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER)));
        store.delete(List.of(dataSet.root().resolve(manifest.keys().get(0))));
        store.put(ROOT + manifest.keys().get(1), "other rows");

        assertThat(lines("files", "next"))
                .containsExactly(
                        "files      1 file that the manifest names: not there (A/0-20251102T031500Z-00000001.parquet)",
                        "           1 file that the manifest names: there with other content (A/1-20251102T031500Z-00000001.parquet)",
                        "next       start the job again: it writes anew the tables that somebody changed");
    }

    @Test
    void marksTheTablesOfOtherRunsAndSnapshots() {
        publish(
                THIRD,
                manifest(
                        THIRD,
                        NOVEMBER,
                        table("A", FIRST, OCTOBER),
                        table("B", SECOND, NOVEMBER),
                        table("C", THIRD, NOVEMBER)));

        assertThat(lines("published", "next"))
                .contains(
                        "           table   rows  files  bytes                                  of another run",
                        "           A      2,100      2   56 B  20251102T031500Z-00000001, snapshot 2025-10-01",
                        "           B      2,100      2   56 B                       20251103T031500Z-00000002",
                        "           C      2,100      2   56 B",
                        "next       nothing to do, if tables of several snapshots are meant; else start the job without --TABLES_FILTER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"current.json", "manifests/snapshot_dt=2025-11-01/manifest.json"})
    void saysThatADamagedCopyOfTheJournalIsWrittenAgainOnceItIsDeleted(String name) {
        Manifest manifest = publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER)));
        String damaged = ROOT + "_flywheel/" + name;
        store.put(damaged, "{\"snapshotDt\": \"2025-");

        DataSetStatus status = read();
        assertThat(status.published()).contains(manifest);
        assertThat(status.damages()).singleElement().satisfies(damage -> assertThat(damage.what())
                .startsWith(damaged + " cannot be read by this version"));
        assertThat(status.next())
                .isEqualTo(
                        "delete %s, then start the job again, or with --RECOVER_ONLY true: either writes it again, since the journal holds a copy"
                                .formatted(damaged));
        store.delete(List.of(S3Uri.parse(damaged)));
        assertThat(read().next())
                .isEqualTo(
                        "start the job again, or with --RECOVER_ONLY true: either writes it again, since the journal holds a copy");
        assertThat(recover()).isEmpty();
        assertThat(read().isInOrder()).isTrue();
    }

    @Test
    void doesNotTakeVersionsOfTablesForForeignFiles() {
        store.write(
                dataSet.ours().folder("versions").folder("bucketed_a").file("x.json"),
                "{}".getBytes(StandardCharsets.UTF_8),
                StoredJson.CONTENT_TYPE);
        store.write(dataSet.root().folder("bucketed_a").folder("run=x").file("0.parquet"), new byte[] {1}, "any");

        assertThat(lines("published", "next"))
                .containsExactly(
                        "published  versions of tables; the catalog says which of them readers see",
                        "next       nothing to do");
    }

    @Test
    void doesNotAdviseToDeleteWhatALaterVersionWrote() {
        Manifest manifest = publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER)));
        Manifest later =
                new Manifest(99, "split", Layout.CLUSTERED, NOVEMBER, FIRST, NOW, manifest.tables(), List.of());
        store.write(dataSet.manifest(NOVEMBER), json.write(later), StoredJson.CONTENT_TYPE);

        assertThat(lines("damaged", "next"))
                .containsExactly(
                        "damaged    manifest s3://lake/split/_flywheel/manifests/snapshot_dt=2025-11-01/manifest.json has the format version 99, this program knows 3; run the version that wrote it, or move the data set away",
                        "next       do what is said under damaged, since every run fails there");
    }

    @Test
    void saysThatThePointerDoesNotNameWhatTheJournalSays() {
        publish(FIRST, manifest(FIRST, OCTOBER, table("A", FIRST, OCTOBER)));
        Manifest manifest = publish(SECOND, manifest(SECOND, NOVEMBER, table("A", FIRST, OCTOBER)));
        store.write(dataSet.current(), json.write(new CurrentPointer(OCTOBER, FIRST)), StoredJson.CONTENT_TYPE);

        assertThat(read().published()).contains(manifest);
        assertThat(lines("damaged"))
                .containsExactly(
                        "damaged    s3://lake/split/_flywheel/current.json does not name what run 20251103T031500Z-00000002 published last");
    }

    @Test
    void showsTheOtherRunsWhenTheMarkOfOneIsDamaged() {
        publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER)));
        store.put(ROOT + "_flywheel/journal/" + SECOND + "/committing.json", "{\"formatVersion\": 1")
                .put(ROOT + "_flywheel/journal/notes.txt", "mine")
                .put(ROOT + "_flywheel/lease/notes.txt", "mine");

        DataSetStatus status = read();
        assertThat(status.runs()).extracting(run -> run.run()).containsExactly(FIRST);
        assertThat(lines("lease", "damaged", "next"))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("lease      cannot be read"),
                        line -> assertThat(line).contains("lease/notes.txt is no file of a lease", "move it away"),
                        line -> assertThat(line).contains("journal/notes.txt is no mark of a run", "move it away"),
                        line -> assertThat(line)
                                .contains(
                                        SECOND + "/committing.json cannot be read by this version",
                                        "run the version that wrote it"),
                        line -> assertThat(line)
                                .isEqualTo("next       do what is said under damaged, since every run fails there"));
    }

    @Test
    void showsWhateverIsStored() {
        Manifest before = publish(FIRST, manifest(FIRST, OCTOBER, table("A", FIRST, OCTOBER)));
        committing(SECOND, before, manifest(SECOND, NOVEMBER, table("A", SECOND, NOVEMBER)));
        lease(8, SECOND, false);
        List<String> ours = store.objects().stream()
                .filter(object -> object.contains("/_flywheel/"))
                .toList();
        assertThat(ours).hasSize(6);

        for (String object : ours) {
            String sound = store.text(object);
            for (String damaged : List.of(
                    "",
                    "null",
                    "[]",
                    "{}",
                    sound.substring(0, sound.length() / 2),
                    sound.replace(NOVEMBER.toString(), "2025-02-30"),
                    sound.replace(FIRST.value(), "a run").replace(SECOND.value(), "another"),
                    sound.replace("[", "[ null, "),
                    sound.replace(": 1,", ": 77,"),
                    sound.replace("A/", "../A/"))) {
                store.put(object, damaged);
                assertThat(render()).as("%s as %s", object, damaged).contains("\n  next       ");
            }
            store.put(object, sound);
        }
        assertThat(read().damages()).isEmpty();
    }

    @Test
    void readsAgainWhatARunChangedMeanwhile() {
        publish(FIRST, manifest(FIRST, OCTOBER, table("A", FIRST, OCTOBER)));
        AtomicBoolean first = new AtomicBoolean(true);
        ObjectStore changing = (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        if (method.getName().equals("listWithTime") && first.getAndSet(false)) {
                            store.delete(List.of(dataSet.mark(FIRST, RunState.DONE)));
                            publish(SECOND, manifest(SECOND, NOVEMBER, table("A", SECOND, NOVEMBER)));
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });

        DataSetStatus status = DataSetStatus.read(changing, dataSet);
        assertThat(status.damages()).isEmpty();
        assertThat(status.published().get(0).runId()).isEqualTo(SECOND);
    }

    @Test
    void writesNothing() {
        publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER)));
        prepared(SECOND);
        lease(8, SECOND, false);
        int before = store.calls().size();

        read();
        assertThat(store.calls().subList(before, store.calls().size()))
                .isNotEmpty()
                .allMatch(call -> call.matches("(list|read|pendingUploads) .*"));
    }

    @Test
    void failsWhenTheStoreCannotBeRead() {
        publish(FIRST, manifest(FIRST, NOVEMBER, table("A", FIRST, NOVEMBER)));
        store.failCall(2, new JobFailure(FailureKind.SERVICE, "no answer"));

        assertThatThrownBy(this::read).isInstanceOf(JobFailure.class).hasMessage("SERVICE: no answer");
        assertThatThrownBy(() -> DataSetStatus.read(store, new DataSet(S3Uri.parse("s3://other/split/"))))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("MISSING_INPUT: s3:ListBucket on s3://other/split/");
    }

    private DataSetStatus read() {
        return DataSetStatus.read(store, dataSet);
    }

    private String render() {
        return String.join("\n", read().render().lines().toList()) + "\n";
    }

    /** The lines of these parts, without the two spaces before each. */
    private List<String> lines(String... parts) {
        AtomicBoolean within = new AtomicBoolean();
        return read().render()
                .lines()
                .skip(1)
                .map(line -> line.substring(2))
                .filter(line -> {
                    if (!line.startsWith(" ")) {
                        within.set(List.of(parts).contains(line.substring(0, 9).strip()));
                    }
                    return within.get();
                })
                .toList();
    }

    private List<String> recover() {
        Holder holder = new Holder(THIRD, "split", "host 9", Duration.ofMinutes(5));
        try (HeldDataSet held = new DataSetPublisher(store, dataSet, Clock.fixed(NOW, ZoneOffset.UTC)).hold(holder)) {
            return held.recovered();
        }
    }

    /** Stores what a finished run leaves, and gives the manifest with the tags of its files. */
    private Manifest publish(RunId run, Manifest manifest) {
        store(manifest);
        List<StoredObject> stored = store.list(dataSet.root());
        Manifest tagged = manifest.withTables(manifest.tables().stream()
                .map(table -> table.withFiles(table.files().stream()
                        .map(file -> file.withEtag(stored.stream()
                                .filter(object ->
                                        object.uri().equals(dataSet.root().resolve(file.key())))
                                .findFirst()
                                .orElseThrow()
                                .etag()))
                        .toList()))
                .toList());
        store.write(dataSet.manifest(tagged.snapshotDt()), json.write(tagged), StoredJson.CONTENT_TYPE);
        store.write(
                dataSet.current(), json.write(new CurrentPointer(tagged.snapshotDt(), run)), StoredJson.CONTENT_TYPE);
        new Journal(store, dataSet).write(new Done(JournalMark.FORMAT_VERSION, run, number(run), NOW, tagged));
        return tagged;
    }

    /** Stores the files of a manifest: their names are their contents. */
    private void store(Manifest manifest) {
        for (String key : manifest.keys()) {
            store.put(ROOT + key, key.substring(0, 28));
        }
    }

    private void prepared(RunId run) {
        new Journal(store, dataSet)
                .write(new Prepared(
                        JournalMark.FORMAT_VERSION,
                        run,
                        number(run),
                        "split",
                        NOW,
                        Layout.CLUSTERED,
                        NOVEMBER,
                        List.of("A")));
    }

    private void committing(RunId run, Manifest before, Manifest after) {
        prepared(run);
        List<NewFile> files = after.tables().stream()
                .flatMap(table -> table.files().stream())
                .map(file -> new NewFile(file.key(), file.bytes()))
                .toList();
        new Journal(store, dataSet)
                .write(new Committing(JournalMark.FORMAT_VERSION, run, number(run), NOW, files, before.keys(), after));
    }

    private void lease(long number, RunId run, boolean released) {
        new LeaseFolder(store, dataSet)
                .take(number, new LeaseFile(LeaseFile.FORMAT_VERSION, run, "split", "host 7", NOW, 300, released));
    }

    private static long number(RunId run) {
        return Long.parseLong(run.value().substring(run.value().length() - 1));
    }

    private PendingUpload upload(String table, RunId run) {
        return new PendingUpload(dataSet.tableFolder(table).file("0-%s.parquet".formatted(run)), "upload of " + run);
    }

    private static Manifest manifest(RunId run, SnapshotDate snapshot, TableEntry... tables) {
        return new Manifest(
                Manifest.FORMAT_VERSION, "split", Layout.CLUSTERED, snapshot, run, NOW, List.of(tables), List.of());
    }

    private static TableEntry table(String folder, RunId run, SnapshotDate snapshot) {
        List<FileEntry> files = List.of(file(folder, 0, run), file(folder, 1, run));
        return new TableEntry(
                folder,
                folder + "/",
                run,
                snapshot,
                List.of(),
                List.of(),
                "",
                2100,
                0,
                0,
                new Bucketing("id", 256, Bucketing.HIVE_V1),
                new Written(1024, ""),
                files,
                new Source("s3://lake/in/", "5d41402abc4b2a76", 1, 100, List.of()),
                "",
                "0.1.0");
    }

    private static FileEntry file(String folder, int number, RunId run) {
        String key = "%s/%d-%s.parquet".formatted(folder, number, run);
        return new FileEntry(key, 28, 1050, "", 128 * number, 128 * number + 127);
    }
}
