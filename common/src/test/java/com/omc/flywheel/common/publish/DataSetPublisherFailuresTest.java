package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.InMemoryTarget.upload;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.Manifests.all;
import static com.omc.flywheel.common.publish.Manifests.tables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.SteppedStore.Step;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run leaves and says when it fails by itself. */
class DataSetPublisherFailuresTest {
    private static final RunContent CONTENT = all(NOVEMBER, "IBE_01", "IBE_02");
    private static final String CUT_OFF =
            tables(CONTENT, SECOND).get(1).files().get(1).key();
    private static final Step NOTHING = call -> {};

    private final InMemoryTarget lake = new InMemoryTarget();

    private static JobFailure refused() {
        return new JobFailure(FailureKind.ACCESS_DENIED, "it was refused");
    }

    /** A way to the store that refuses every call whose text is like that. */
    private SteppedStore refusing(Predicate<String> refused) {
        SteppedStore[] way = new SteppedStore[1];
        way[0] = new SteppedStore(
                lake.store,
                call -> {
                    if (refused.test(way[0].calls().get(call - 1))) {
                        throw refused();
                    }
                },
                NOTHING);
        return way[0];
    }

    @Test
    void takesTheNewFilesBackWhenTheStoreShowsOtherSizes() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        try (HeldDataSet held = lake.hold(SECOND);
                PublishingRun run = lake.begin(held, CONTENT, SECOND)) {
            lake.store.begin(upload(CUT_OFF), "cut off");

            assertFails(FailureKind.CONFLICT, () -> run.publish(tables(CONTENT, SECOND)))
                    .hasMessage(
                            "CONFLICT: after the commit s3://lake/out/ did not show all of the 4 files that were written, and they were taken back; something else writes or deletes there: find out what, then start the job again");
        }
        lake.assertUndone(SECOND, before);
    }

    @Test
    void takesTheNewFilesBackWhenOneUploadIsGone() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        try (HeldDataSet held = lake.hold(SECOND);
                PublishingRun run = lake.begin(held, CONTENT, SECOND)) {
            lake.store.abort(upload(CUT_OFF));

            assertFails(FailureKind.CONFLICT, () -> run.publish(tables(CONTENT, SECOND)))
                    .hasMessage(
                            "CONFLICT: s3:PutObject on %s%s: its multipart upload was aborted; see which run wrote there last",
                            ROOT, CUT_OFF);
        }
        lake.assertUndone(SECOND, before);
    }

    @Test
    void leavesAnEmptyTargetEmptyWhenTheCommitFailsHalfWay() {
        SteppedStore way = refusing(call -> call.equals("complete " + ROOT + CUT_OFF));

        assertFails(FailureKind.ACCESS_DENIED, () -> lake.publish(way, CONTENT, SECOND, false))
                .hasMessage("ACCESS_DENIED: it was refused");
        assertThat(lake.store.objects())
                .filteredOn(uri -> !uri.contains("/_flywheel/journal/"))
                .containsExactly(InMemoryTarget.DATA_SET.lease() + "2.json");
        assertThat(lake.publisher.current()).isEmpty();
        assertThat(lake.pendingUploads()).isEmpty();
    }

    @Test
    void publishesWhenOnlyTheAnswersToCompletingUploadsAreLost() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        SteppedStore[] way = new SteppedStore[1];
        way[0] = new SteppedStore(lake.store, NOTHING, call -> {
            if (way[0].calls().get(call - 1).startsWith("complete")) {
                throw new JobFailure(FailureKind.SERVICE, "no answer");
            }
        });

        lake.assertAtRest(lake.publish(way[0], CONTENT, SECOND, false));
    }

    @Test
    void keepsTheFailureThatCameFirstWhenTakingBackFailsToo() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        List<String> refusedCalls = List.of(
                "complete " + ROOT + CUT_OFF,
                "delete " + ROOT + tables(CONTENT, SECOND).get(0).files().get(0).key());
        SteppedStore way = refusing(refusedCalls::contains);

        assertFails(FailureKind.ACCESS_DENIED, () -> lake.publish(way, CONTENT, SECOND, false))
                .hasMessage("ACCESS_DENIED: it was refused")
                .satisfies(worse -> assertThat(worse.getSuppressed()).hasSize(1).allSatisfy(first -> assertThat(first)
                        .hasMessage("ACCESS_DENIED: it was refused")));
        assertThat(lake.journal())
                .containsExactly(FIRST + "/done.json", SECOND + "/committing.json", SECOND + "/prepared.json");

        assertThat(lake.recoverOnly(THIRD))
                .containsExactly("run %s was left COMMITTING and is UNDONE now".formatted(SECOND));
        lake.assertDescribes(before);
    }

    @Test
    void saysThatTheNewFilesAreThereWhenOldOnesCannotBeDeletedAndFinishesNextTime() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        SteppedStore way = refusing(call -> call.startsWith("delete " + ROOT + "IBE_01/"));

        assertFails(FailureKind.ACCESS_DENIED, () -> lake.publish(way, CONTENT, SECOND, false))
                .hasMessage(
                        "ACCESS_DENIED: the new files of s3://lake/out/ are all there, but run 20251103T031500Z-00000002 is not finished: ACCESS_DENIED: it was refused; until it is, readers of the folders may see old files beside new ones: mend the cause, then start the job again, or with --RECOVER_ONLY true")
                .hasCauseInstanceOf(JobFailure.class);
        assertThat(lake.dataFiles()).hasSize(8).containsAll(uris(before.keys()));
        Manifest now = lake.publisher.current().orElseThrow();
        assertThat(now.runId()).isEqualTo(SECOND);
        assertThat(lake.dataFiles()).containsAll(uris(now.keys()));

        assertThat(lake.recoverOnly(THIRD))
                .containsExactly("run %s was left COMMITTING and is DONE now".formatted(SECOND));
        assertThat(lake.publisher.current().orElseThrow().runId()).isEqualTo(SECOND);
        assertThat(lake.dataFiles()).hasSize(4);
    }

    @Test
    void isUndoneWhenTheFirstWriteOfTheOutputFails() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        SteppedStore way = refusing(call -> call.startsWith("write " + ROOT + "__magic"));

        assertFails(FailureKind.ACCESS_DENIED, () -> lake.publish(way, CONTENT, SECOND, false))
                .hasMessage("ACCESS_DENIED: it was refused");
        lake.assertUndone(SECOND, before);
    }

    @Test
    void saysThatItIsPublishedWhenItCannotTidyUpAndTheNextRunDoes() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        SteppedStore way = refusing(call -> call.startsWith("delete " + ROOT + "__magic"));

        Manifest manifest = lake.publish(way, CONTENT, SECOND, false);
        lake.assertDescribes(manifest);
        assertThat(lake.journal()).hasSize(4);

        lake.recoverOnly(THIRD);
        assertThat(lake.journal()).isEqualTo(List.of(FIRST + "/done.json", SECOND + "/done.json"));
        lake.assertAtRest(lake.publish(CONTENT, THIRD, false));
    }

    static IntStream callsUntilTheLastFileIsCompleted() {
        InMemoryTarget trial = new InMemoryTarget();
        trial.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        SteppedStore way = new SteppedStore(trial.store, NOTHING, NOTHING);
        trial.publish(way, CONTENT, SECOND, false);
        List<String> calls = way.calls();
        int last = IntStream.range(0, calls.size())
                .filter(call -> calls.get(call).startsWith("complete"))
                .max()
                .orElseThrow();
        return IntStream.rangeClosed(1, last + 1);
    }

    @ParameterizedTest
    @MethodSource("callsUntilTheLastFileIsCompleted")
    void leavesTheOldStateAtOnceWhicheverCallFailsUntilAllNewFilesAreThere(int call) {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        JobFailure failure = new JobFailure(FailureKind.SERVICE, "no answer");
        SteppedStore way = new SteppedStore(
                lake.store,
                number -> {
                    if (number == call) {
                        throw failure;
                    }
                },
                NOTHING);

        assertThatThrownBy(() -> lake.publish(way, CONTENT, SECOND, false))
                .isSameAs(failure)
                .hasMessage("SERVICE: no answer");
        lake.assertUndoneOrUnheardOf(SECOND, before);
    }

    private static List<String> uris(List<String> keys) {
        return keys.stream().map(key -> ROOT + key).toList();
    }
}
