package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.Manifests.FIFTH;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.FOURTH;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.Manifests.all;
import static com.omc.flywheel.common.publish.Manifests.tables;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.SteppedStore.Step;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run over another one, stopped at every call that it makes, and what the next one makes of it. */
class EveryCallFailsTest {
    private static final RunContent BEFORE = all(OCTOBER, "IBE_01", "IBE_02");
    private static final RunContent CONTENT = all(NOVEMBER, "IBE_01", "IBE_02");
    private static final Step NOTHING = call -> {};

    private final InMemoryTarget lake = new InMemoryTarget();

    private enum Mode {
        /** The call fails and has no effect. */
        FAILS {
            @Override
            SteppedStore way(InMemoryTarget lake, int call, Step check, boolean lastDeletedFirst) {
                return new SteppedStore(lake.store, number -> failIf(number == call), check, lastDeletedFirst);
            }
        },
        /** The call has its effect, and its answer is lost. */
        ANSWER_IS_LOST {
            @Override
            SteppedStore way(InMemoryTarget lake, int call, Step check, boolean lastDeletedFirst) {
                return new SteppedStore(
                        lake.store,
                        NOTHING,
                        number -> {
                            check.at(number);
                            failIf(number == call);
                        },
                        lastDeletedFirst);
            }
        },
        /** The process is gone, or the store is. */
        NOTHING_WORKS_ANY_MORE {
            @Override
            SteppedStore way(InMemoryTarget lake, int call, Step check, boolean lastDeletedFirst) {
                return new SteppedStore(lake.store, number -> failIf(number >= call), check, lastDeletedFirst);
            }
        };

        abstract SteppedStore way(InMemoryTarget lake, int call, Step check, boolean lastDeletedFirst);

        static void failIf(boolean fails) {
            if (fails) {
                throw new JobFailure(FailureKind.SERVICE, "no answer");
            }
        }
    }

    private static List<String> trial() {
        InMemoryTarget lake = new InMemoryTarget();
        lake.publish(BEFORE, FIRST, false);
        SteppedStore way = new SteppedStore(lake.store, NOTHING, NOTHING);
        lake.runJob(way, CONTENT, SECOND);
        return way.calls();
    }

    static Stream<Arguments> everyCall() {
        int calls = trial().size();
        return Arrays.stream(Mode.values()).flatMap(mode -> IntStream.rangeClosed(1, calls)
                .boxed()
                .flatMap(call -> Stream.of(Arguments.of(mode, call, false), Arguments.of(mode, call, true))));
    }

    @ParameterizedTest
    @MethodSource("everyCall")
    void endsWellWhereverARunIsStopped(Mode mode, int call, boolean lastDeletedFirst) {
        lake.publish(BEFORE, FIRST, false);
        SteppedStore way = mode.way(lake, call, number -> assertNothingIsMissed(), lastDeletedFirst);

        Optional<Manifest> said = run(way, SECOND);
        assertThat(way.calls()).hasSizeGreaterThanOrEqualTo(call);
        assertNothingIsMissed();

        SteppedStore again = new SteppedStore(lake.store, NOTHING, number -> assertNothingIsMissed());
        Manifest published = afterWaiting(() -> lake.runJob(again, CONTENT, THIRD));
        said.ifPresent(manifest -> assertThat(published).isEqualTo(manifest));
        assertThat(published.runId()).isIn(SECOND, THIRD);
        lake.assertDescribes(published);

        afterWaiting(() -> lake.recoverOnly(FOURTH));
        lake.assertDescribes(published);
        assertThat(lake.pendingUploads()).isEmpty();
        assertThat(lake.store.objects()).noneMatch(uri -> uri.contains("__magic"));
        Manifest last = lake.publish(CONTENT, FOURTH, false);
        lake.assertAtRest(last);
    }

    /** Where a run was killed that is found: before its call of this number that is like that. */
    private enum Found {
        UPLOADED("create .*/committing.json", 1),
        SOME_VISIBLE("complete .*", 3),
        ALL_VISIBLE("delete .*IBE_.*", 1),
        SOME_DELETED("delete .*IBE_.*", 3),
        DESCRIBED("create .*/done.json", 1),
        UNTIDY("delete .*__magic.*", 1);

        private final String call;
        private final int number;

        Found(String call, int number) {
            this.call = call;
            this.number = number;
        }

        void killIn(InMemoryTarget lake) {
            lake.publish(BEFORE, FIRST, false);
            SteppedStore[] way = new SteppedStore[1];
            way[0] = new SteppedStore(
                    lake.store,
                    any -> Mode.failIf(way[0].calls().stream()
                                    .filter(made -> made.matches(call))
                                    .count()
                            >= number),
                    NOTHING);
            try {
                lake.runJob(way[0], CONTENT, SECOND);
            } catch (JobFailure e) {
                assertThat(e).hasMessageContaining("SERVICE: no answer");
            }
            lake.untilTheLeaseIsOver();
        }

        int callsToRecover() {
            InMemoryTarget lake = new InMemoryTarget();
            killIn(lake);
            SteppedStore way = new SteppedStore(lake.store, NOTHING, NOTHING);
            lake.recoverOnly(way, THIRD);
            return way.calls().size();
        }
    }

    static Stream<Arguments> everyCallOfARecovery() {
        return Arrays.stream(Found.values()).flatMap(found -> {
            int calls = found.callsToRecover();
            return Arrays.stream(Mode.values())
                    .flatMap(mode -> IntStream.rangeClosed(1, calls).mapToObj(call -> Arguments.of(found, mode, call)));
        });
    }

    @ParameterizedTest
    @MethodSource("everyCallOfARecovery")
    void endsWellWhereverARecoveryIsStopped(Found found, Mode mode, int call) {
        found.killIn(lake);
        assertNothingIsMissed();
        SteppedStore way = mode.way(lake, call, number -> assertNothingIsMissed(), false);
        try {
            lake.recoverOnly(way, THIRD);
        } catch (JobFailure e) {
            assertThat(e).hasMessageContaining("SERVICE: no answer");
        }
        assertThat(way.calls()).hasSizeGreaterThanOrEqualTo(call);

        SteppedStore again = new SteppedStore(lake.store, NOTHING, number -> assertNothingIsMissed());
        Manifest published = afterWaiting(() -> lake.runJob(again, CONTENT, FOURTH));
        assertThat(published.runId()).isIn(SECOND, FOURTH);
        lake.assertDescribes(published);
        lake.assertAtRest(afterWaiting(() -> lake.publish(CONTENT, FIFTH, false)));
    }

    @Test
    void isStoppedAtEveryCallThatARunMakes() {
        int calls = trial().size();
        assertThat(everyCall().count()).isEqualTo(3L * 2 * calls);

        lake.publish(BEFORE, FIRST, false);
        SteppedStore way = Mode.FAILS.way(lake, calls + 1, NOTHING, false);
        lake.assertAtRest(lake.runJob(way, CONTENT, SECOND));
        assertThat(way.calls()).hasSize(calls);
    }

    private Optional<Manifest> run(SteppedStore way, RunId run) {
        try {
            return Optional.of(lake.runJob(way, CONTENT, run));
        } catch (JobFailure e) {
            assertThat(e).hasMessageContaining("SERVICE: no answer");
            return Optional.empty();
        }
    }

    private <T> T afterWaiting(Supplier<T> action) {
        try {
            return action.get();
        } catch (JobFailure e) {
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(FailureKind.BUSY);
            lake.untilTheLeaseIsOver();
            return action.get();
        }
    }

    /** All files of one run are there at any time, and no others unless the journal says so. */
    private void assertNothingIsMissed() {
        Set<String> seen = new HashSet<>(lake.dataFiles());
        List<Set<String>> versions = Stream.concat(
                        Stream.of(files(BEFORE, FIRST)),
                        Stream.of(SECOND, THIRD, FOURTH, FIFTH).map(run -> files(CONTENT, run)))
                .toList();
        assertThat(versions).anyMatch(seen::containsAll);
        if (!versions.contains(seen)) {
            assertThat(lake.journal()).anyMatch(this::isCommitting);
        }
    }

    private boolean isCommitting(String mark) {
        String run = mark.substring(0, mark.indexOf('/') + 1);
        return mark.endsWith("/committing.json")
                && !lake.journal().contains(run + "done.json")
                && !lake.journal().contains(run + "undone.json");
    }

    private static Set<String> files(RunContent content, RunId run) {
        return new HashSet<>(Manifest.keys(tables(content, run)).stream()
                .map(key -> ROOT + key)
                .toList());
    }
}
