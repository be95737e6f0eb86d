package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.Manifests.FIFTH;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.FOURTH;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.PartitionedRuns.content;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.SteppedStore.Step;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A snapshot that is written again, stopped at every call. Until the catalog is switched, which this package knows nothing
 * of, not a file may go that it names: neither of the snapshot itself nor of the one beside it.
 */
class PartitionedEveryCallTest {
    private static final RunContent AGAIN = content(NOVEMBER, "IBE_01", "IBE_02");
    private static final Step NOTHING = call -> {};

    private final InMemoryTarget lake = new InMemoryTarget();
    private Manifest october;
    private Manifest november;

    private enum Mode {
        FAILS,
        ANSWER_IS_LOST,
        NOTHING_WORKS_ANY_MORE
    }

    private SteppedStore way(Mode mode, int call) {
        Step check = number -> assertNothingIsMissed();
        return switch (mode) {
            case FAILS -> new SteppedStore(lake.store, number -> failIf(number == call), check);
            case ANSWER_IS_LOST ->
                new SteppedStore(lake.store, NOTHING, number -> {
                    check.at(number);
                    failIf(number == call);
                });
            case NOTHING_WORKS_ANY_MORE -> new SteppedStore(lake.store, number -> failIf(number >= call), check);
        };
    }

    private static void failIf(boolean fails) {
        if (fails) {
            throw new JobFailure(FailureKind.SERVICE, "no answer");
        }
    }

    private void publishTwoSnapshots() {
        october = PartitionedRuns.publish(lake, lake.store, content(OCTOBER, "IBE_01", "IBE_02"), FIRST, false);
        november = PartitionedRuns.publish(lake, lake.store, AGAIN, SECOND, false);
    }

    private static int calls() {
        PartitionedEveryCallTest trial = new PartitionedEveryCallTest();
        trial.publishTwoSnapshots();
        SteppedStore way = new SteppedStore(trial.lake.store, NOTHING, NOTHING);
        PartitionedRuns.publish(trial.lake, way, AGAIN, THIRD, false);
        return way.calls().size();
    }

    static Stream<Arguments> everyCall() {
        int calls = calls();
        return Stream.of(Mode.values())
                .flatMap(mode -> IntStream.rangeClosed(1, calls).mapToObj(call -> Arguments.of(mode, call)));
    }

    @Test
    void triesManyCalls() {
        assertThat(calls()).isGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("everyCall")
    void endsWellWhereverARunIsStopped(Mode mode, int call) {
        publishTwoSnapshots();
        try {
            PartitionedRuns.publish(lake, way(mode, call), AGAIN, THIRD, false);
        } catch (JobFailure stopped) {
            assertThat(stopped).hasMessageContaining("no answer");
        }
        assertNothingIsMissed();
        lake.untilTheLeaseIsOver();

        Manifest published = PartitionedRuns.runAgain(lake, lake.store, AGAIN, SECOND, FOURTH);
        lake.untilTheLeaseIsOver();
        lake.recoverOnly(FIFTH);

        assertThat(published.runId()).isIn(THIRD, FOURTH);
        assertThat(lake.finished()).containsExactly(october, published);
        assertThat(lake.publisher.current()).contains(published);
        assertNothingIsMissed();
        assertEveryFileIsNamed(published);
        assertThat(lake.pendingUploads()).isEmpty();
        assertThat(lake.journal()).contains(FIRST + "/done.json", published.runId() + "/done.json");
    }

    /** What the catalog names is there. */
    private void assertNothingIsMissed() {
        List<String> named = Stream.of(october, november)
                .flatMap(manifest -> manifest.keys().stream())
                .map(key -> ROOT + key)
                .toList();
        assertThat(lake.dataFiles()).containsAll(named);
    }

    /** No file is there that nobody will ever delete. */
    private void assertEveryFileIsNamed(Manifest published) {
        List<String> named = Stream.of(october.keys(), published.keys(), published.supersededKeys())
                .flatMap(List::stream)
                .map(key -> ROOT + key)
                .toList();
        assertThat(lake.dataFiles()).containsExactlyInAnyOrderElementsOf(named);
    }
}
