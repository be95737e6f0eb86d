package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.CLOCK;
import static com.omc.flywheel.common.publish.InMemoryTarget.DATA_SET;
import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.InMemoryTarget.mark;
import static com.omc.flywheel.common.publish.InMemoryTarget.upload;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.FOURTH;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.Manifests.all;
import static com.omc.flywheel.common.publish.Manifests.some;
import static com.omc.flywheel.common.publish.Manifests.tables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.JournalMark.Committing;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.publish.JournalMark.NewFile;
import com.omc.flywheel.common.publish.JournalMark.Prepared;
import com.omc.flywheel.common.publish.JournalMark.Undone;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run makes of one before it that was killed. */
class PublicationRecoveryTest {
    private static final RunContent CONTENT = all(NOVEMBER, "IBE_01", "IBE_02");

    private final InMemoryTarget lake = new InMemoryTarget();
    private Manifest before;

    @BeforeEach
    void publishTheRunBefore() {
        before = lake.publish(all(OCTOBER, "IBE_01", "IBE_02"), FIRST, false);
    }

    private static List<FileEntry> files(RunContent content, RunId run) {
        return tables(content, run).stream()
                .flatMap(table -> table.files().stream())
                .toList();
    }

    private void write(JournalMark mark) {
        new Journal(lake.store, DATA_SET).write(mark);
    }

    /** The second run as it is killed when its tasks have uploaded. */
    private void killPrepared() {
        Lease lease = Lease.take(lake.store, DATA_SET, InMemoryTarget.holder(SECOND));
        write(new Prepared(
                JournalMark.FORMAT_VERSION,
                SECOND,
                lease.number(),
                JOB,
                CLOCK.instant(),
                Layout.CLUSTERED,
                NOVEMBER,
                CONTENT.folders()));
        lake.new Uploaded(lake.store, SECOND, tables(CONTENT, SECOND)).begin();
    }

    /** The second run as it is killed when so many of its new files are visible. */
    private void killCommitting(int visible) {
        killPrepared();
        write(committing());
        files(CONTENT, SECOND).stream()
                .limit(visible)
                .forEach(file -> lake.store.complete(upload(file.key()), List.of("part-tag")));
    }

    private static Committing committing() {
        List<NewFile> added = files(CONTENT, SECOND).stream()
                .map(file -> new NewFile(file.key(), file.bytes()))
                .toList();
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                JOB,
                Layout.CLUSTERED,
                NOVEMBER,
                SECOND,
                CLOCK.instant(),
                tables(CONTENT, SECOND),
                List.of());
        // The first run took number 1 and gave it back with number 2.
        return new Committing(
                JournalMark.FORMAT_VERSION,
                SECOND,
                3,
                CLOCK.instant(),
                added,
                files(all(OCTOBER, "IBE_01", "IBE_02"), FIRST).stream()
                        .map(FileEntry::key)
                        .toList(),
                manifest);
    }

    /** The second run as it is killed when all files are visible and so many old ones deleted. */
    private void killFinishing(int deleted) {
        killCommitting(4);
        lake.store.delete(before.keys().stream()
                .limit(deleted)
                .map(DATA_SET.root()::resolve)
                .toList());
    }

    /** The manifest that the second run would have written. */
    private Manifest finished() {
        Manifest manifest = committing().manifest();
        return manifest.withTables(manifest.tables().stream()
                .map(table -> table.withFiles(table.files().stream()
                        .map(file -> file.withEtag(lake.store.list(DATA_SET.root()).stream()
                                .filter(object ->
                                        object.uri().equals(DATA_SET.root().resolve(file.key())))
                                .findFirst()
                                .orElseThrow()
                                .etag()))
                        .toList()))
                .toList());
    }

    private void writeDescription(Manifest manifest, int files) {
        StoredJson json = new StoredJson();
        List<Runnable> writes = List.of(
                () -> lake.store.put(
                        DATA_SET.snapshotDateFile(Layout.CLUSTERED).toString(),
                        manifest.snapshotDt().toString()),
                () -> lake.store.write(DATA_SET.manifest(manifest.snapshotDt()), json.write(manifest), "json"),
                () -> lake.store.write(
                        DATA_SET.current(),
                        json.write(new CurrentPointer(manifest.snapshotDt(), manifest.runId())),
                        "json"));
        writes.stream().limit(files).forEach(Runnable::run);
    }

    /** The next run finds that, and leaves nothing but its own; a mere recovery leaves what is described. */
    private void assertRecovers(Manifest expected, String sentence) {
        assertFails(FailureKind.BUSY, () -> lake.hold(THIRD)).hasMessageContaining("by run %s (", SECOND);
        lake.untilTheLeaseIsOver();

        assertThat(lake.recoverOnly(THIRD)).containsExactly("run %s was left %s".formatted(SECOND, sentence));
        lake.assertDescribes(expected);
        assertThat(lake.pendingUploads()).isEmpty();
        assertThat(lake.store.objects()).noneMatch(uri -> uri.contains("__magic"));
        List<String> objects = withoutLease();
        assertThat(lake.recoverOnly(THIRD)).isEmpty();
        assertThat(withoutLease()).isEqualTo(objects);

        lake.assertAtRest(lake.publish(CONTENT, FOURTH, false));
    }

    private List<String> withoutLease() {
        return lake.store.objects().stream()
                .filter(uri -> !uri.startsWith(DATA_SET.lease().toString()))
                .toList();
    }

    @Test
    void undoesARunThatHadUploaded() {
        killPrepared();

        assertRecovers(before, "PREPARED and is UNDONE now");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void undoesARunOfWhichNotAllFilesAreThere(int visible) {
        killCommitting(visible);

        assertRecovers(before, "COMMITTING and is UNDONE now");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4})
    void finishesARunOfWhichAllFilesAreThereHoweverManyOldOnesAreGone(int deleted) {
        killFinishing(deleted);

        assertRecovers(finished(), "COMMITTING and is DONE now");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void finishesARunThatWroteAPartOfWhatDescribesIt(int written) {
        killFinishing(4);
        writeDescription(finished(), written);

        assertRecovers(finished(), "COMMITTING and is DONE now");
    }

    @Test
    void doesAtOnceWhatTheNextRunWould() {
        killCommitting(2);
        lake.untilTheLeaseIsOver();

        lake.assertAtRest(lake.publish(CONTENT, THIRD, false));
    }

    @Test
    void finishesARunAndGoesOnFromWhatItWrote() {
        killCommitting(4);
        lake.untilTheLeaseIsOver();

        lake.assertAtRest(lake.publish(CONTENT, THIRD, false));
    }

    @Test
    void tidiesUpAfterARunThatIsDone() {
        killFinishing(4);
        Manifest manifest = finished();
        writeDescription(manifest, 3);
        write(new Done(JournalMark.FORMAT_VERSION, SECOND, 3, CLOCK.instant(), manifest));
        lake.untilTheLeaseIsOver();

        assertThat(lake.recoverOnly(THIRD)).isEmpty();
        lake.assertDescribes(manifest);
        assertThat(lake.journal()).containsExactly(FIRST + "/done.json", SECOND + "/done.json");
        assertThat(lake.store.objects()).noneMatch(uri -> uri.contains("__magic"));
        lake.assertAtRest(lake.publish(CONTENT, FOURTH, false));
    }

    @Test
    void takesBackWhatARunThatWasUndoneBeganLater() {
        killPrepared();
        lake.untilTheLeaseIsOver();
        lake.recoverOnly(THIRD);
        assertThat(lake.journal()).contains(SECOND + "/undone.json");
        lake.new Uploaded(lake.store, SECOND, tables(CONTENT, SECOND)).begin();

        lake.assertAtRest(lake.publish(CONTENT, FOURTH, false));
    }

    @Test
    void endsARunThatWasBeingUndoneAndCommitsLater() {
        killCommitting(1);
        write(new Undone(JournalMark.FORMAT_VERSION, SECOND, 3, CLOCK.instant(), THIRD));
        lake.store.delete(
                List.of(S3Uri.parse(ROOT + files(CONTENT, SECOND).get(0).key())));
        lake.untilTheLeaseIsOver();

        lake.assertAtRest(lake.publish(CONTENT, FOURTH, false));
    }

    @Test
    void deletesNothingWhenNeitherTheNewFilesNorTheOldOnesAreAllThere() {
        killFinishing(1);
        lake.store.delete(
                List.of(S3Uri.parse(ROOT + files(CONTENT, SECOND).get(3).key())));
        List<String> files = lake.dataFiles();
        lake.untilTheLeaseIsOver();

        for (int attempt = 0; attempt < 2; attempt++) {
            assertFails(FailureKind.CONFLICT, () -> lake.hold(THIRD))
                    .hasMessage(
                            "CONFLICT: neither the new files of run 20251103T031500Z-00000002 nor those before it are all in s3://lake/out/: somebody deleted files by hand; of the old ones these are gone: %s; restore them or empty the tables' folders, delete s3://lake/out/_flywheel/journal/20251103T031500Z-00000002/, then start the job again with --TAKE_OVER true",
                            before.keys().get(0));
            assertThat(lake.dataFiles()).isEqualTo(files);
        }
        assertThat(lake.leaseFiles()).hasSize(1);
    }

    @Test
    void undoesWhenAFileThatWasOldWasGoneBeforeTheRunBegan() {
        String gone = before.keys().get(0);
        lake.store.delete(List.of(S3Uri.parse(ROOT + gone)));
        String aborted = files(CONTENT, SECOND).get(3).key();

        try (HeldDataSet held = lake.hold(SECOND);
                PublishingRun run = lake.begin(held, CONTENT, SECOND)) {
            lake.store.abort(upload(aborted));
            assertFails(FailureKind.CONFLICT, () -> run.publish(tables(CONTENT, SECOND)))
                    .hasMessageContaining("its multipart upload was aborted");
        }
        assertThat(lake.dataFiles()).hasSize(3).allMatch(uri -> uri.contains(FIRST.value()));
        lake.assertAtRest(lake.publish(CONTENT, THIRD, false));
    }

    @Test
    void neverFinishesARunWithoutNewFilesThatCommitsAfterALaterOneIsDone() {
        // What a run that slept writes when it wakes up: it replaces IBE_02 by nothing.
        Lease late = Lease.take(lake.store, DATA_SET, InMemoryTarget.holder(SECOND));
        lake.untilTheLeaseIsOver();
        Manifest later = lake.publish(some(OCTOBER, "IBE_01"), THIRD, false);
        write(new Committing(
                JournalMark.FORMAT_VERSION,
                SECOND,
                late.number(),
                CLOCK.instant(),
                List.of(),
                later.table("IBE_02").orElseThrow().files().stream()
                        .map(FileEntry::key)
                        .toList(),
                later.withTables(List.of(later.table("IBE_01").orElseThrow()))));

        lake.recoverOnly(FOURTH);
        lake.assertDescribes(later);
    }

    @Test
    void namesTheLastRunAgainWhenOneThatSleptNamedItself() {
        Manifest last = lake.publish(CONTENT, SECOND, false);
        writeDescription(before, 3);
        assertThat(lake.publisher.current()).contains(before);

        assertThat(lake.recoverOnly(THIRD)).isEmpty();
        lake.assertAtRest(last);
    }

    @Test
    void writesTheDateAgainWhenOneThatSleptWroteItsOwn() {
        Manifest last = lake.publish(CONTENT, SECOND, false);
        writeDescription(before, 1);

        assertThat(lake.recoverOnly(THIRD)).isEmpty();
        lake.assertAtRest(last);
    }

    @Test
    void writesTheManifestAgainWhenItIsGone() {
        lake.store.delete(List.of(DATA_SET.manifest(OCTOBER)));
        assertFails(FailureKind.CONFLICT, lake.publisher::current).hasMessageContaining("which is not there");

        assertThat(lake.recoverOnly(SECOND)).isEmpty();
        lake.assertAtRest(before);
    }

    @Test
    void writesThePointerAgainWhenItIsGone() {
        lake.store.delete(List.of(DATA_SET.current()));
        assertThat(lake.publisher.current()).isEqualTo(Optional.empty());

        assertThat(lake.recoverOnly(SECOND)).isEmpty();
        lake.assertAtRest(before);
    }

    /** An operator who wants to unlock a data set may delete its lease; its numbers begin again. */
    @Test
    void finishesARunWhoseLeaseNumbersBeganAgain() {
        Manifest last = lake.publish(all(OCTOBER, "IBE_01", "IBE_02"), FOURTH, false);
        deleteTheLease();
        SteppedStore way = new SteppedStore(lake.store, call -> {}, call -> {
            if (lake.dataFiles().stream().noneMatch(uri -> uri.contains(FOURTH.value()))) {
                throw new JobFailure(FailureKind.SERVICE, "killed after the old files were deleted");
            }
        });
        assertThatThrownBy(() -> lake.publish(way, CONTENT, SECOND, false)).isInstanceOf(JobFailure.class);
        assertThat(lake.journal()).contains(SECOND + "/committing.json", last.runId() + "/done.json");
        deleteTheLease();

        assertThat(lake.recoverOnly(THIRD))
                .containsExactly("run %s was left COMMITTING and is DONE now".formatted(SECOND));

        Manifest now = lake.publisher.current().orElseThrow();
        assertThat(now.runId()).isEqualTo(SECOND);
        lake.assertDescribes(now);
    }

    private void deleteTheLease() {
        lake.store.delete(lake.store.list(DATA_SET.lease()).stream()
                .map(StoredObject::uri)
                .toList());
    }
}
