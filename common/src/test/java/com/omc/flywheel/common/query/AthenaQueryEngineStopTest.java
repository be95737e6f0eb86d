package com.omc.flywheel.common.query;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link AthenaQueryEngine} stops a query that another run began. */
class AthenaQueryEngineStopTest extends AthenaFixture {

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "FAILED", "CANCELLED"})
    void leavesAQueryThatHasEnded(String state) {
        athena.inState(state);

        engine.stop("q-1");

        assertThat(athena.operations()).containsExactly(LOOK);
    }

    @Test
    void leavesAQueryThatAthenaDoesNotKnow() {
        athena.refusing(LOOK, 400, "InvalidRequestException", "QueryExecution q-1 was not found");

        engine.stop("q-1");

        assertThat(athena.operations()).containsExactly(LOOK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUEUED", "RUNNING", "HIBERNATING"})
    void stopsAQueryAndWaitsForItsEnd(String state) {
        athena.inState(state, state, "CANCELLED").stopping();

        engine.stop("q-1");

        assertThat(athena.operations()).containsExactly(LOOK, STOP, LOOK, LOOK);
        assertThat(athena.requests(STOP)).singleElement().satisfies(request -> assertThat(
                        request.text("QueryExecutionId"))
                .isEqualTo("q-1"));
    }

    @Test
    void isContentWhenTheQueryIsForgottenMeanwhile() {
        athena.inState("RUNNING")
                .refusing(LOOK, 400, "InvalidRequestException", "not found")
                .refusing(STOP, 400, "InvalidRequestException", "not found");

        engine.stop("q-1");

        assertThat(athena.operations()).containsExactly(LOOK, STOP, LOOK);
    }

    @Test
    void doesNotWaitForEver() {
        athena.inState("RUNNING").stopping();

        assertFails(FailureKind.SERVICE, () -> engine.stop("q-1"))
                .hasMessage("SERVICE: query q-1 of Athena still runs 120 s after it was asked to stop; start the job"
                        + " again");

        assertThat(time.paused()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(125));
        assertThat(athena.requests(LOOK)).hasSizeLessThan(40);
    }

    @Test
    void saysWhatItMayNotDo() {
        athena.inState("RUNNING").refusing(STOP, 400, "AccessDeniedException", "no policy");

        assertFails(FailureKind.ACCESS_DENIED, () -> engine.stop("q-1"))
                .hasMessageContaining("athena:StopQueryExecution on query q-1 in the workgroup etl was refused"
                        + " (AccessDeniedException); allow the action on the Athena workgroup etl");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        athena.inState("RUNNING").stopping();
        time.interruptAt(1);

        assertFails(FailureKind.SERVICE, () -> engine.stop("q-1"))
                .hasMessageContaining("the job was interrupted while query q-1 of Athena was being stopped");

        assertThat(Thread.interrupted()).isTrue();
    }
}
