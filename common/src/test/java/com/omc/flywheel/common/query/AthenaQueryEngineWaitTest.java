package com.omc.flywheel.common.query;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link AthenaQueryEngine} waits for the end of a query, and what it makes of it. */
class AthenaQueryEngineWaitTest extends AthenaFixture {
    private static final String RETRYABLE =
            "{\"ErrorCategory\":1,\"ErrorType\":401,\"Retryable\":true,\"ErrorMessage\":\"internal\"}";

    @Test
    void looksAtABoundedNumberOfTimes() {
        athena.withWorkgroup("{}").starting("q-1").inState("RUNNING").stopping();

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("did not end within 180 s");

        // 0.5, 1 and 2 s, then 4 to 5 s for 3 minutes; and the same for 2 minutes after it was asked to stop.
        assertThat(athena.requests(LOOK)).hasSizeBetween(36 + 24, 49 + 34);
        assertThat(time.pauses()).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(5)));
        assertThat(time.pauses().get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(625));
        assertThat(time.paused()).isEqualTo(DEADLINE.plusMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUEUED", "HIBERNATING"})
    void waitsOnWhenARunningQueryGoesBackOrHasAStateThatNobodyKnows(String state) {
        athena.withWorkgroup("{}").starting("q-1").inState("RUNNING", state, "RUNNING", "SUCCEEDED");

        engine.run(CREATE, RUN, started::add);

        assertThat(athena.requests(LOOK)).hasSize(4);
    }

    @Test
    void looksAgainWhenALookFails() {
        athena.withWorkgroup("{}")
                .starting("q-1")
                .refusing(LOOK, 500, "InternalServerException", "oops")
                .notAnswering(LOOK)
                .inState("SUCCEEDED");

        engine.run(CREATE, RUN, started::add);

        assertThat(athena.requests(LOOK)).hasSize(3);
        assertThat(time.pauses()).hasSize(1);
    }

    @Test
    void stopsAQueryThatItCannotLookAt() {
        athena.withWorkgroup("{}")
                .starting("q-1")
                .refusing(LOOK, 400, "AccessDeniedException", "no policy")
                .stopping();

        assertFails(FailureKind.ACCESS_DENIED, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("athena:GetQueryExecution on query q-1 in the workgroup etl was refused");

        assertThat(athena.operations()).containsExactly(WORKGROUP, START, LOOK, STOP);
    }

    @Test
    void stopsAQueryAtTheDeadline() {
        athena.withWorkgroup("{}").starting("q-1").inState("RUNNING").answering(STOP, "{}", () -> athena.forget(LOOK)
                .inState("RUNNING", "CANCELLED"));

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessage("SERVICE: making the table split_cluster.bucketed_ibe_01 at s3://lake/out/run-1/: query q-1"
                        + " of Athena did not end within 180 s and was stopped; start the job again, with a later"
                        + " deadline if the work needs it");

        assertThat(athena.requests(STOP)).singleElement().satisfies(request -> assertThat(
                        request.text("QueryExecutionId"))
                .isEqualTo("q-1"));
        assertThat(time.paused()).isBetween(DEADLINE, DEADLINE.plusSeconds(3));
    }

    @Test
    void takesTheOutcomeOfAQueryThatEndedBeforeItCouldBeStopped() {
        athena.withWorkgroup("{}").starting("q-1").inState("RUNNING").answering(STOP, "{}", () -> athena.forget(LOOK)
                .inState("SUCCEEDED"));

        engine.run(CREATE, RUN, started::add);

        assertThat(athena.requests(STOP)).hasSize(1);
    }

    @Test
    void saysThatAQueryGoesOnAfterTheDeadline() {
        athena.withWorkgroup("{}")
                .starting("q-1")
                .inState("RUNNING")
                .refusing(STOP, 400, "AccessDeniedException", "no policy");

        assertFails(FailureKind.SERVICE, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessage(
                        "SERVICE: repairing the table split_part.part_ibe_01: query q-1 of Athena did not end within"
                                + " 180 s and still runs although it was asked to stop; start the job again, with a later"
                                + " deadline if the work needs it");

        assertThat(athena.requests(STOP)).hasSize(1);
    }

    @Test
    void stopsAQueryWhenItsThreadIsInterrupted() {
        athena.withWorkgroup("{}").starting("q-1").inState("RUNNING").stopping();
        time.interruptAt(3);

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessage("SERVICE: making the table split_cluster.bucketed_ibe_01 at s3://lake/out/run-1/: the job"
                        + " was interrupted, and query q-1 of Athena was asked to stop; start the job again");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(athena.operations()).containsExactly(WORKGROUP, START, LOOK, LOOK, STOP);
    }

    @Test
    void stopsAQueryWhenItsThreadIsInterruptedInTheMiddleOfALook() {
        Thread waiting = Thread.currentThread();
        athena.withWorkgroup("{}")
                .starting("q-1")
                .answering(LOOK, AthenaServer.execution("\"State\":\"RUNNING\""), waiting::interrupt)
                .stopping();

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining(
                        "athena:GetQueryExecution on query q-1 in the workgroup etl: the job was interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(athena.operations()).containsExactly(WORKGROUP, START, LOOK, STOP);
    }

    @Test
    void stopsAQueryWhoseIdAnInterruptionHid() {
        Thread waiting = Thread.currentThread();
        athena.withWorkgroup("{}")
                .answering(START, "{\"QueryExecutionId\":\"q-1\"}", waiting::interrupt)
                .starting("q-1")
                .stopping();

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("the job was interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(athena.operations()).containsExactly(WORKGROUP, START, START, STOP);
        assertThat(athena.tokens()).containsOnly(athena.tokens().get(0));
        assertThat(started).containsExactly("q-1");
    }

    @Test
    void beginsNothingInAThreadThatIsInterrupted() {
        athena.withWorkgroup("{}").starting("q-1").inState("SUCCEEDED");
        engine.run(REPAIR, RUN, started::add);

        Thread.currentThread().interrupt();

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("the job was interrupted; start it again");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(athena.requests(START)).hasSize(1);
    }

    @Test
    void stopsAQueryWhenTheProcessEnds() {
        athena.withWorkgroup("{}")
                .starting("q-1")
                .inState("RUNNING", "SUCCEEDED")
                .stopping();

        engine.run(CREATE, RUN, id -> hooks.end());

        assertThat(hooks.added()).isEqualTo(1);
        assertThat(athena.operations()).containsExactly(WORKGROUP, START, STOP, LOOK, LOOK);
    }

    @Test
    void stopsAQueryThatBeganWhileTheProcessEnded() {
        athena.withWorkgroup("{}").starting("q-1").stopping();
        hooks.end();

        assertThatThrownBy(() -> engine.run(CREATE, RUN, started::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Shutdown in progress");

        assertThat(athena.operations()).containsExactly(WORKGROUP, START, STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {RETRYABLE, "{\"ErrorType\":1400}", "{\"ErrorType\":1401,\"Retryable\":false}"})
    void repairsAgainWhenAthenaIsAtFault(String error) {
        athena.withWorkgroup("{}")
                .starting("q-1", "q-2")
                .failed("try later", error)
                .inState("SUCCEEDED");

        engine.run(REPAIR, RUN, started::add);

        assertThat(started).containsExactly("q-1", "q-2");
        assertThat(athena.tokens()).hasSize(2).doesNotHaveDuplicates();
        assertThat(athena.requests(STOP)).isEmpty();
    }

    @Test
    void givesUpToRepairAfterThreeAttempts() {
        athena.withWorkgroup("{}").starting("q-1", "q-2", "q-3").failed("try later\\nor never", RETRYABLE);

        assertFails(FailureKind.SERVICE, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessage("SERVICE: repairing the table split_part.part_ibe_01: query q-3 of Athena ended as FAILED"
                        + " (try later; error type 401); start the job again");

        assertThat(athena.tokens()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void beginsNothingWithoutTimeBeforeTheDeadline() {
        athena.withWorkgroup("{}").starting("q-1", "q-2");
        String running = AthenaServer.execution("\"State\":\"RUNNING\"");
        athena.answering(LOOK, running, () -> failWhenLate(running));

        assertFails(FailureKind.SERVICE, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessageContaining("query q-1 of Athena ended as FAILED (try later");

        assertThat(athena.tokens()).hasSize(1);
    }

    private void failWhenLate(String running) {
        boolean late = time.paused().compareTo(DEADLINE.minusSeconds(10)) > 0;
        athena.forget(LOOK);
        if (late) {
            athena.failed("try later", RETRYABLE);
        } else {
            athena.answering(LOOK, running, () -> failWhenLate(running));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RETRYABLE, "{\"ErrorType\":1400}"})
    void neverMakesATableAgainWhereFilesMayLie(String error) {
        athena.withWorkgroup("{}").starting("q-1").failed("try later", error);

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("query q-1 of Athena ended as FAILED (try later; error type ")
                .hasMessageEndingWith("; start the job again, which writes to a new folder: this query may have left"
                        + " files in its own");

        assertThat(athena.tokens()).hasSize(1);
    }

    @Test
    void doesNotRepairAgainWhenTheTableIsAtFault() {
        athena.withWorkgroup("{}")
                .starting("q-1")
                .failed("HIVE_BAD_DATA: no", "{\"ErrorCategory\":2,\"ErrorType\":1,\"Retryable\":false}");

        assertFails(FailureKind.BAD_DATA, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessageContaining("query q-1 of Athena ended as FAILED (HIVE_BAD_DATA: no; error type 1)");

        assertThat(athena.tokens()).hasSize(1);
    }

    @Test
    void failsWhenSomebodyCancelsTheQuery() {
        athena.withWorkgroup("{}").starting("q-1").inState("CANCELLED");

        assertFails(FailureKind.SERVICE, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessage("SERVICE: repairing the table split_part.part_ibe_01: query q-1 of Athena ended as"
                        + " CANCELLED (no reason given); find out who stopped it (a person, or a run that took over),"
                        + " and start the job again");

        assertThat(athena.tokens()).hasSize(1);
        assertThat(athena.requests(STOP)).isEmpty();
    }
}
