package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.DATA_SET;
import static com.omc.flywheel.common.publish.InMemoryTarget.mark;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.Manifests.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.Journal.KnownRun;
import com.omc.flywheel.common.publish.JournalMark.Committing;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.publish.JournalMark.NewFile;
import com.omc.flywheel.common.publish.JournalMark.Prepared;
import com.omc.flywheel.common.publish.JournalMark.Undone;
import com.omc.flywheel.common.storage.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final Instant NOW = Instant.parse("2025-11-03T03:20:00Z");

    private final InMemoryTarget lake = new InMemoryTarget();
    private final Journal journal = new Journal(lake.store, DATA_SET);

    private static Prepared prepared(RunId run, long lease) {
        return new Prepared(
                JournalMark.FORMAT_VERSION, run, lease, JOB, NOW, Layout.CLUSTERED, NOVEMBER, List.of("IBE_01"));
    }

    private static Committing committing(RunId run, long lease) {
        return new Committing(
                JournalMark.FORMAT_VERSION,
                run,
                lease,
                NOW,
                List.of(new NewFile("IBE_01/new.parquet", 7)),
                List.of("IBE_01/old.parquet"),
                manifest(run));
    }

    private static Done done(RunId run, long lease) {
        return new Done(JournalMark.FORMAT_VERSION, run, lease, NOW, manifest(run));
    }

    private static Undone undone(RunId run, long lease) {
        return new Undone(JournalMark.FORMAT_VERSION, run, lease, NOW, THIRD);
    }

    private static Manifest manifest(RunId run) {
        return new Manifest(
                Manifest.FORMAT_VERSION,
                JOB,
                Layout.CLUSTERED,
                NOVEMBER,
                run,
                NOW,
                List.of(table("IBE_01", run, NOVEMBER)),
                List.of());
    }

    private List<KnownRun> runs() {
        return journal.runs(lake.store.list(DATA_SET.root()));
    }

    @Test
    void knowsNoRunInANewTarget() {
        assertThat(runs()).isEmpty();
    }

    @Test
    void readsWhatARunWroteAtEachState() {
        for (JournalMark mark : List.of(prepared(FIRST, 1), committing(FIRST, 1), done(FIRST, 1))) {
            journal.write(mark);
            assertThat(runs()).extracting(KnownRun::last).containsExactly(mark);
            assertThat(runs()).extracting(KnownRun::state).containsExactly(mark.state());
        }
        assertThat(runs().get(0).marks())
                .containsExactlyInAnyOrder(RunState.PREPARED, RunState.COMMITTING, RunState.DONE);
        journal.write(prepared(SECOND, 2));
        journal.write(undone(SECOND, 2));
        assertThat(runs()).extracting(KnownRun::last).containsExactly(done(FIRST, 1), undone(SECOND, 2));
    }

    @Test
    void ordersRunsByTheirLeasesAndNotByTheirNames() {
        journal.write(prepared(FIRST, 12));
        journal.write(done(SECOND, 9));
        journal.write(undone(THIRD, 101));

        assertThat(runs()).extracting(KnownRun::id).containsExactly(SECOND, FIRST, THIRD);
    }

    @Test
    void createsAMarkOnce() {
        assertThat(journal.write(prepared(FIRST, 1))).isTrue();
        assertThat(journal.write(prepared(FIRST, 1))).isTrue();

        assertThat(journal.write(prepared(FIRST, 2))).isFalse();
        assertThat(runs()).extracting(KnownRun::last).containsExactly(prepared(FIRST, 1));
    }

    @Test
    void forgetsTheMarksThatAreNamedAndNoOthers() {
        journal.write(prepared(FIRST, 1));
        journal.write(done(FIRST, 1));
        journal.write(undone(SECOND, 2));

        journal.forget(Map.of(FIRST, Set.of(RunState.PREPARED, RunState.COMMITTING)));

        assertThat(lake.journal())
                .containsExactly("20251102T031500Z-00000001/done.json", "20251103T031500Z-00000002/undone.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "readme.txt",
                "20251102T031500Z-00000001/readme.txt",
                "20251102T031500Z-00000001/paused.json",
                "20251102T031500Z-00000001/DONE.json",
                "yesterday/done.json",
                "20251102T031500Z-00000001/more/done.json"
            })
    void refusesAndNamesAFileOfAnotherForm(String foreign) {
        lake.store.put(DATA_SET.journal() + foreign, "{}");

        assertFails(FailureKind.CONFLICT, this::runs)
                .hasMessage(
                        "CONFLICT: s3://lake/out/_flywheel/journal/%s is no mark of a run; only this program may write there: move it away, or run the version that wrote it",
                        foreign);
    }

    @Test
    void refusesAMarkOfALaterFormat() {
        journal.write(prepared(FIRST, 1));
        String location = mark(FIRST, RunState.PREPARED);
        lake.store.put(location, lake.store.text(location).replace("\"formatVersion\" : 2", "\"formatVersion\" : 3"));

        assertFails(FailureKind.CONFLICT, this::runs)
                .hasMessage(
                        "CONFLICT: %s has the format version 3, this program knows 2; run the version that wrote it",
                        location);
    }

    @Test
    void refusesAMarkThatIsCutOff() {
        lake.store.put(mark(FIRST, RunState.COMMITTING), "{\"formatVersion\" : 1");

        assertFails(FailureKind.CONFLICT, this::runs)
                .hasMessageStartingWith(
                        "CONFLICT: %s cannot be read by this version (", mark(FIRST, RunState.COMMITTING));
    }

    @Test
    void saysThatAnotherRunWorksWhenAMarkGoesAwayWhileItIsRead() {
        journal.write(prepared(FIRST, 1));
        List<StoredObject> listed = lake.store.list(DATA_SET.root());
        journal.forget(Map.of(FIRST, Set.of(RunState.PREPARED)));

        assertFails(FailureKind.BUSY, () -> journal.runs(listed))
                .hasMessage(
                        "BUSY: s3://lake/out/_flywheel/journal/20251102T031500Z-00000001/prepared.json went away while it was read: another run works on s3://lake/out/; start the job again");
    }
}
