package com.omc.flywheel.common.versions;

import static com.omc.flywheel.common.versions.VersionsFixture.FIRST;
import static com.omc.flywheel.common.versions.VersionsFixture.FOURTH;
import static com.omc.flywheel.common.versions.VersionsFixture.NOVEMBER;
import static com.omc.flywheel.common.versions.VersionsFixture.NOVEMBERS;
import static com.omc.flywheel.common.versions.VersionsFixture.OCTOBER;
import static com.omc.flywheel.common.versions.VersionsFixture.OCTOBERS;
import static com.omc.flywheel.common.versions.VersionsFixture.SECOND;
import static com.omc.flywheel.common.versions.VersionsFixture.THIRD;
import static com.omc.flywheel.common.versions.VersionsFixture.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.versions.Steps.Step;
import com.omc.flywheel.common.versions.TableOutcome.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that builds the next version of a table, stopped at every call that it makes, and what the next one makes of it. */
class EveryStepFailsTest {
    private static final String TABLE = "bucketed_ibe_01";

    @TempDir
    private Path machine;

    private VersionsFixture lake;

    private enum Mode {
        /** The call fails and has no effect. */
        FAILS {
            @Override
            Steps way(int call, Step check) {
                return new Steps(number -> failIf(number == call), check);
            }
        },
        /** The call has its effect, and its answer is lost. */
        ANSWER_IS_LOST {
            @Override
            Steps way(int call, Step check) {
                return new Steps(Step.NOTHING, number -> {
                    check.at(number);
                    failIf(number == call);
                });
            }
        },
        /** The process is gone before the call. */
        KILLED_BEFORE {
            @Override
            Steps way(int call, Step check) {
                return new Steps(number -> failIf(number >= call), check);
            }
        },
        /** The process is gone after the call. */
        KILLED_AFTER {
            @Override
            Steps way(int call, Step check) {
                return new Steps(number -> failIf(number > call), number -> {
                    check.at(number);
                    failIf(number >= call);
                });
            }
        };

        abstract Steps way(int call, Step check);

        static void failIf(boolean fails) {
            if (fails) {
                throw new JobFailure(FailureKind.SERVICE, "no answer");
            }
        }
    }

    @BeforeEach
    void publishOctober() {
        start(machine);
    }

    private void start(Path folder) {
        lake = new VersionsFixture(folder);
        WantedTable october = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));
        assertThat(run(FIRST, new Steps(Step.NOTHING, Step.NOTHING), october)).isPresent();
    }

    private int callsOfARun() {
        Steps way = new Steps(Step.NOTHING, Step.NOTHING);
        assertThat(run(SECOND, way, november())).isPresent();
        return way.calls().size();
    }

    private WantedTable november() {
        return lake.wanted(lake.stage("IBE_01", NOVEMBER, NOVEMBERS, 20));
    }

    @ParameterizedTest
    @EnumSource
    void endsWellWhereverARunIsStopped(Mode mode) {
        int calls = callsOfARun();
        assertThat(calls).isGreaterThan(20);
        for (int call = 1; call <= calls; call++) {
            start(machine.resolve(mode + "-" + call));
            WantedTable wanted = november();
            Steps way = mode.way(call, number -> assertReadersFindAWholeVersion());

            Optional<TableOutcome> said = run(SECOND, way, wanted);
            String context = "%s at %s".formatted(mode, way.calls().get(call - 1));
            assertReadersFindAWholeVersion();
            said.ifPresent(outcome -> assertThat(lake.read(TABLE)).as(context).isEqualTo(NOVEMBERS));
            RunId between = lake.read(TABLE);

            Steps again = new Steps(Step.NOTHING, number -> {
                // Once readers have seen November they are not sent back.
                assertThat(lake.read(TABLE)).isIn(between, NOVEMBERS);
            });
            Optional<TableOutcome> then = run(THIRD, again, wanted);

            assertThat(then).as(context).isPresent();
            assertThat(lake.read(TABLE)).as(context).isEqualTo(NOVEMBERS);
            RunId builder = lake.location(TABLE).contains(SECOND.value()) ? SECOND : THIRD;
            lake.assertAtRest(TABLE, builder);
            Optional<TableOutcome> last = run(FOURTH, new Steps(Step.NOTHING, Step.NOTHING), wanted);
            assertThat(last).map(TableOutcome::change).contains(Change.UNCHANGED);
            lake.assertAtRest(TABLE, builder);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isAtRestAfterRecoveryAloneWhereverARunIsStopped(Mode mode) {
        int calls = callsOfARun();
        for (int call = 1; call <= calls; call++) {
            start(machine.resolve("alone-" + mode + "-" + call));
            Steps way = mode.way(call, number -> {});
            run(SECOND, way, november());
            RunId seen = lake.read(TABLE);

            lake.versions(THIRD, options(1)).recover();

            assertThat(lake.read(TABLE)).isEqualTo(seen);
            List<RunId> kept = Stream.of(FIRST, SECOND)
                    .filter(run ->
                            lake.store.objects().stream().anyMatch(object -> object.endsWith("/" + run + ".json")))
                    .toList();
            String context = "%s at %s".formatted(mode, way.calls().get(call - 1));
            assertThat(lake.catalog.names()).as(context).containsExactly("lake.bucketed_ibe_01", "lake.ext_ibe_01");
            assertThat(kept.contains(SECOND)).as(context).isEqualTo(seen.equals(NOVEMBERS));
            // The oldest may be half deleted; its record says so, and the next run goes on.
            assertThat(lake.store.objects().stream().filter(object -> object.contains("run=" + SECOND)))
                    .as(context)
                    .hasSize(kept.contains(SECOND) ? 2 : 0);
        }
    }

    /** The update reaches the catalog and its answer does not: the catalog is asked, and the run goes on. */
    @Test
    void readsBackAnUpdateWhoseAnswerWasLost() {
        Steps[] way = new Steps[1];
        way[0] = new Steps(
                Step.NOTHING, call -> Mode.failIf(way[0].calls().get(call - 1).startsWith("update ")));

        assertThat(run(SECOND, way[0], november())).isPresent();
        assertThat(lake.read(TABLE)).isEqualTo(NOVEMBERS);
        lake.assertAtRest(TABLE, SECOND);
    }

    /** An update that may yet arrive must find its files. */
    @Test
    void deletesNothingWhileItIsNotKnownWhetherReadersWereSentThere() {
        Steps[] way = new Steps[1];
        way[0] = new Steps(call -> Mode.failIf(way[0].calls().get(call - 1).startsWith("update ")), Step.NOTHING);
        WantedTable wanted = november();

        JobFailure failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                JobFailure.class,
                () -> lake.versions(SECOND, options(1), way[0]).bring(List.of(wanted)));

        assertThat(failure)
                .hasMessageContaining("whether lake.bucketed_ibe_01 is sent to")
                .hasMessageContaining("is not known")
                .hasMessageContaining("nothing is deleted; start the job again, or with --RECOVER_ONLY true");
        assertThat(lake.store.objects().stream().filter(object -> object.contains("run=" + SECOND)))
                .hasSize(2);
    }

    private void assertReadersFindAWholeVersion() {
        assertThat(lake.read(TABLE)).isIn(OCTOBERS, NOVEMBERS);
    }

    private Optional<TableOutcome> run(RunId run, Steps way, WantedTable wanted) {
        TableVersions versions = lake.versions(run, options(1), way);
        try {
            versions.recover();
            return Optional.of(versions.bring(List.of(wanted)).get(0));
        } catch (JobFailure stopped) {
            assertThat(stopped).hasMessageContaining("no answer");
            return Optional.empty();
        }
    }
}
