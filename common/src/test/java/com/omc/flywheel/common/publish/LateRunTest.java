package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.DATA_SET;
import static com.omc.flywheel.common.publish.InMemoryTarget.UNTIL_OVER;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.FOURTH;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.Manifests.all;
import static com.omc.flywheel.common.publish.Manifests.some;
import static com.omc.flywheel.common.publish.Manifests.tables;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.SteppedStore.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that sleeps between any two of its calls until another has taken its lease over and published. */
class LateRunTest {
    private static final Step NOTHING = call -> {};

    private final InMemoryTarget lake = new InMemoryTarget();

    /** What the late run writes, and what the other one writes meanwhile. */
    private enum Runs {
        ANOTHER_SNAPSHOT,
        THE_SAME_SNAPSHOT,
        OTHER_TABLES;

        RunContent late() {
            return switch (this) {
                case ANOTHER_SNAPSHOT -> all(OCTOBER, "IBE_01", "IBE_02");
                case THE_SAME_SNAPSHOT -> all(NOVEMBER, "IBE_01", "IBE_02");
                case OTHER_TABLES -> some(OCTOBER, "IBE_01");
            };
        }

        RunContent other() {
            return this == OTHER_TABLES ? some(OCTOBER, "IBE_02") : all(NOVEMBER, "IBE_01", "IBE_02");
        }
    }

    private static List<String> trial(Runs runs) {
        InMemoryTarget lake = new InMemoryTarget();
        lake.publish(all(OCTOBER, "IBE_01", "IBE_02"), FIRST, false);
        SteppedStore way = new SteppedStore(lake.store, NOTHING, NOTHING);
        lake.publish(way, runs.late(), SECOND, false);
        return way.calls();
    }

    static Stream<Arguments> everyCall() {
        return Stream.of(Runs.values())
                .flatMap(runs ->
                        IntStream.rangeClosed(1, trial(runs).size()).mapToObj(call -> Arguments.of(runs, call)));
    }

    @ParameterizedTest
    @MethodSource("everyCall")
    void neverHarmsTheRunThatCameBetween(Runs runs, int call) {
        List<String> calls = trial(runs);
        // The listing after it is still a part of taking it.
        int taken = calls.indexOf("create " + DATA_SET.lease() + "3.json") + 1;
        // It asks for the lease once more after its last mark.
        int done = calls.indexOf("create " + DATA_SET.mark(SECOND, RunState.DONE)) + 1;
        lake.publish(all(OCTOBER, "IBE_01", "IBE_02"), FIRST, false);
        Manifest[] between = new Manifest[1];
        SteppedStore way = new SteppedStore(
                lake.store,
                number -> {
                    if (number == call) {
                        lake.store.advance(UNTIL_OVER);
                        between[0] = lake.publish(runs.other(), THIRD, false);
                    }
                },
                NOTHING);

        Optional<Manifest> late = Optional.empty();
        try {
            late = Optional.of(lake.publish(way, runs.late(), SECOND, false));
        } catch (JobFailure e) {
            // The other run may have tidied up between a listing and a read.
            assertThat(e.getMessage()).matches("CONFLICT: .*|BUSY: .* went away while it was read: .*");
            assertBlamesNobodyElse(e);
        }
        assertThat(between[0]).isNotNull();
        if (call > taken + 1 && call <= done + 1) {
            assertThat(late).isEmpty();
        }
        Manifest expected = call <= taken + 1 ? late.orElseThrow() : between[0];
        assertThat(lake.pendingUploads()).isEmpty();

        lake.recoverOnly(FOURTH);
        lake.assertDescribes(expected);
        assertThat(lake.store.objects()).noneMatch(uri -> uri.contains("__magic"));
        lake.assertAtRest(lake.publish(all(NOVEMBER, "IBE_01", "IBE_02"), FOURTH, false));
    }

    /** Whoever obeyed would delete what the other run published. */
    private static void assertBlamesNobodyElse(JobFailure failure) {
        assertThat(failure).hasMessageNotContainingAny("by hand", "two processes", "--TAKE_OVER", "not finished");
    }

    /** The other one takes over, finishes or undoes what it finds, and ends. */
    @ParameterizedTest
    @MethodSource("everyCall")
    void agreesWithARunThatOnlyRecoversOnWhatBecomesOfIt(Runs runs, int call) {
        Manifest before = lake.publish(all(OCTOBER, "IBE_01", "IBE_02"), FIRST, false);
        SteppedStore way = new SteppedStore(
                lake.store,
                number -> {
                    if (number == call) {
                        lake.store.advance(UNTIL_OVER);
                        lake.recoverOnly(THIRD);
                    }
                },
                NOTHING);

        Optional<Manifest> late = Optional.empty();
        try {
            late = Optional.of(lake.publish(way, runs.late(), SECOND, false));
        } catch (JobFailure e) {
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(FailureKind.CONFLICT);
            assertBlamesNobodyElse(e);
        }

        assertThat(lake.pendingUploads()).isEmpty();
        lake.recoverOnly(FOURTH);
        Manifest now = lake.publisher.current().orElseThrow();
        lake.assertDescribes(now);
        assertThat(now.runId()).isIn(FIRST, SECOND);
        if (now.runId().equals(FIRST)) {
            assertThat(now).isEqualTo(before);
            assertThat(late).isEmpty();
        }
        late.ifPresent(manifest -> assertThat(now).isEqualTo(manifest));
        lake.assertAtRest(lake.publish(all(NOVEMBER, "IBE_01", "IBE_02"), FOURTH, false));
    }

    @Test
    void failsAndLeavesNothingWhenAnotherRunTookItsPlaceWhileItsTasksWrote() {
        lake.publish(all(OCTOBER, "IBE_01"), FIRST, false);
        RunContent content = all(NOVEMBER, "IBE_01");
        Manifest other;
        try (HeldDataSet held = lake.hold(SECOND);
                PublishingRun late = lake.begin(held, content, SECOND)) {
            lake.untilTheLeaseIsOver();
            other = lake.publish(content, THIRD, false);

            assertFails(FailureKind.CONFLICT, () -> late.publish(tables(content, SECOND)))
                    .hasMessageContaining(
                            "run 20251103T031500Z-00000002 has lost the lease of s3://lake/out/, having given no sign of life for 300 s: run 20251104T031500Z-00000003 (");
        }
        lake.assertDescribes(other);
        lake.assertAtRest(lake.publish(content, FOURTH, false));
    }

    @Test
    void takesBackItsUploadsWhenItIsClosedAfterAnotherRunTookItsPlace() {
        RunContent content = all(NOVEMBER, "IBE_01");
        try (HeldDataSet held = lake.hold(SECOND)) {
            Manifest other;
            try (PublishingRun late = lake.begin(held, content, SECOND)) {
                assertThat(late).isNotNull();
                lake.untilTheLeaseIsOver();
                other = lake.publish(content, THIRD, false);
                // A task that lived on.
                lake.new Uploaded(lake.store, SECOND, tables(content, SECOND)).begin();
                assertThat(lake.pendingUploads()).hasSize(2);
            }
            lake.assertAtRest(other);
        }
    }
}
