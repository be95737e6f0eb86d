package com.omc.flywheel.common.query;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How {@link AthenaQueryEngine} begins a query. */
class AthenaQueryEngineTest extends AthenaFixture {
    @Test
    void runsAStatementToItsEnd() {
        athena.withWorkgroup("{}").starting("q-1").inState("QUEUED", "RUNNING", "SUCCEEDED");

        engine.run(CREATE, RUN, started::add);

        assertThat(athena.operations()).containsExactly(WORKGROUP, START, LOOK, LOOK, LOOK);
        assertThat(athena.requests(START)).singleElement().satisfies(request -> {
            assertThat(request.text("QueryString")).isEqualTo(AthenaSql.render(CREATE));
            assertThat(request.text("WorkGroup")).isEqualTo("etl");
            assertThat(request.body().at("/ResultConfiguration/OutputLocation").asText())
                    .isEqualTo("s3://lake/athena/");
            assertThat(request.body().at("/QueryExecutionContext/Database").asText())
                    .isEqualTo("split_cluster");
        });
        assertThat(athena.requests(LOOK)).allSatisfy(request -> assertThat(request.text("QueryExecutionId"))
                .isEqualTo("q-1"));
        assertThat(started).containsExactly("q-1");
        assertThat(engine.requests()).isEqualTo(5);
    }

    @Test
    void connectsWithoutCredentials() {
        athena.withWorkgroup("{}").starting("q-1").inState("SUCCEEDED");

        try (AthenaQueryEngine anonymous =
                AthenaQueryEngine.connectAnonymously(athena.endpoint(), SETTINGS, time, time, new Random(1), hooks)) {
            anonymous.run(REPAIR, RUN, started::add);
        }

        assertThat(started).containsExactly("q-1");
    }

    @Test
    void tellsTheQueryBeforeItWaits() {
        athena.withWorkgroup("{}").starting("q-1").inState("SUCCEEDED");
        List<String> requestsSoFar = new ArrayList<>();

        engine.run(REPAIR, RUN, id -> {
            requestsSoFar.addAll(athena.operations());
            assertThat(time.pauses()).isEmpty();
        });

        assertThat(requestsSoFar).containsExactly(WORKGROUP, START);
    }

    @Test
    void stopsAQueryThatNobodyCouldBeToldOf() {
        athena.withWorkgroup("{}").starting("q-1").stopping();
        JobFailure journal = new JobFailure(FailureKind.SERVICE, "the journal could not be written");

        assertThatThrownBy(() -> engine.run(CREATE, RUN, id -> {
                    throw journal;
                }))
                .hasMessage("SERVICE: the journal could not be written");

        assertThat(athena.operations()).containsExactly(WORKGROUP, START, STOP);
    }

    @Test
    void asksForTheWorkgroupOnce() {
        athena.withWorkgroup("{}").starting("q-1").inState("SUCCEEDED");

        engine.run(REPAIR, RUN, started::add);
        engine.run(CREATE, RUN, started::add);

        assertThat(athena.requests(WORKGROUP))
                .singleElement()
                .satisfies(request -> assertThat(request.text("WorkGroup")).isEqualTo("etl"));
    }

    @Test
    void refusesAWorkgroupThatIsNotThere() {
        athena.refusing(WORKGROUP, 400, "InvalidRequestException", "WorkGroup etl is not found.");

        assertFails(FailureKind.BAD_ARGUMENT, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessage("BAD_ARGUMENT: there is no Athena workgroup etl in this account and region; check its name,"
                        + " or make it");

        assertThat(athena.operations()).containsExactly(WORKGROUP);
    }

    @Test
    void refusesADisabledWorkgroup() {
        athena.answering(WORKGROUP, "{\"WorkGroup\":{\"Name\":\"etl\",\"State\":\"DISABLED\"}}");

        assertFails(FailureKind.BAD_ARGUMENT, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessage("BAD_ARGUMENT: the Athena workgroup etl is disabled; enable it, or use another workgroup");
    }

    @Test
    void refusesAWorkgroupOfSpark() {
        athena.withWorkgroup("{\"EngineVersion\":{\"EffectiveEngineVersion\":\"PySpark engine version 3\"}}");

        assertFails(FailureKind.BAD_ARGUMENT, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessageContaining("the Athena workgroup etl runs Spark notebooks and no SQL");
    }

    @Test
    void refusesToMakeATableWhereTheWorkgroupEnforcesItsLocation() {
        athena.withWorkgroup("{\"EnforceWorkGroupConfiguration\":true}");

        assertFails(FailureKind.BAD_ARGUMENT, () -> engine.run(CREATE, RUN, started::add))
                .hasMessage("BAD_ARGUMENT: the Athena workgroup etl enforces its own location for results and takes no"
                        + " external_location, so the table split_cluster.bucketed_ibe_01 cannot be written to"
                        + " s3://lake/out/run-1/; use a workgroup that does not override client-side settings, or"
                        + " --ENGINE spark");

        assertThat(athena.operations()).containsExactly(WORKGROUP);
    }

    @Test
    void saysBeforeAnyStatementWhatTheWorkgroupDoesNotTake() {
        athena.withWorkgroup("{\"EnforceWorkGroupConfiguration\":true}");

        assertFails(FailureKind.BAD_ARGUMENT, () -> engine.prepare(CREATE))
                .hasMessageContaining("the Athena workgroup etl enforces its own location for results");
        engine.prepare(REPAIR);

        assertThat(athena.operations()).containsExactly(WORKGROUP);
    }

    @Test
    void repairsWhereTheWorkgroupEnforcesItsLocation() {
        athena.withWorkgroup("{\"EnforceWorkGroupConfiguration\":true}")
                .starting("q-1")
                .inState("SUCCEEDED");

        engine.run(REPAIR, RUN, started::add);

        assertThat(started).containsExactly("q-1");
    }

    @Test
    void namesNoLocationWhereAthenaManagesTheResults() {
        athena.withWorkgroup("{\"ManagedQueryResultsConfiguration\":{\"Enabled\":true}}")
                .starting("q-1")
                .inState("SUCCEEDED");

        engine.run(CREATE, RUN, started::add);

        assertThat(athena.requests(START)).singleElement().satisfies(request -> assertThat(
                        request.body().has("ResultConfiguration"))
                .isFalse());
    }

    @Test
    void namesTheWorkgroupThatTheRoleMayNotRead() {
        athena.refusing(WORKGROUP, 400, "AccessDeniedException", "no identity-based policy allows it");

        assertFails(FailureKind.ACCESS_DENIED, () -> engine.run(REPAIR, RUN, started::add))
                .hasMessage("ACCESS_DENIED: athena:GetWorkGroup on the workgroup etl was refused"
                        + " (AccessDeniedException); allow the action on the Athena workgroup etl for the job's role,"
                        + " or check the credentials");
    }

    @Test
    void beginsTheSameQueryWhenItIsAskedAgain() {
        athena.withWorkgroup("{}").starting("q-1").inState("SUCCEEDED");
        RunId other = new RunId("20251102T031500Z-9f86d082");

        engine.run(CREATE, RUN, started::add);
        engine.run(CREATE, RUN, started::add);
        engine.run(CREATE, other, started::add);
        engine.run(REPAIR, RUN, started::add);

        List<String> tokens = athena.tokens();
        assertThat(tokens).hasSize(4).allSatisfy(token -> assertThat(token).matches("[0-9a-f]{64}"));
        assertThat(tokens.get(1)).isEqualTo(tokens.get(0));
        assertThat(tokens.subList(1, 4)).doesNotHaveDuplicates();
    }

    @Test
    void sendsTheSameTokenWhenThereWasNoAnswer() {
        athena.withWorkgroup("{}").notAnswering(START).starting("q-1").inState("SUCCEEDED");

        engine.run(CREATE, RUN, started::add);

        assertThat(athena.tokens()).hasSize(2).containsOnly(athena.tokens().get(0));
        assertThat(started).containsExactly("q-1");
    }

    @Test
    void saysThatThereWasNoAnswer() {
        athena.withWorkgroup("{}").notAnswering(START);

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("athena:StartQueryExecution on the table split_cluster.bucketed_ibe_01 in the"
                        + " workgroup etl: no answer from the endpoint");

        assertThat(athena.tokens()).hasSize(10).containsOnly(athena.tokens().get(0));
        assertThat(started).isEmpty();
    }

    /** A request whose answer is lost may have begun a query. */
    @Test
    void stopsAQueryWhoseBeginningHadNoAnswer() {
        athena.withWorkgroup("{}");
        for (int i = 0; i < 5; i++) {
            athena.notAnswering(START);
        }
        athena.starting("q-1").stopping();

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("no answer from the endpoint");

        assertThat(athena.tokens()).hasSize(6).containsOnly(athena.tokens().get(0));
        assertThat(started).containsExactly("q-1");
        assertThat(athena.requests(STOP)).singleElement().satisfies(request -> assertThat(
                        request.text("QueryExecutionId"))
                .isEqualTo("q-1"));
    }

    @Test
    void asksNoMoreAfterAnAnswerThatRefuses() {
        athena.withWorkgroup("{}").refusing(START, 500, "InternalServerException", "broken");

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("InternalServerException");

        assertThat(athena.tokens()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"400,TooManyRequestsException", "400,ThrottlingException", "429,Other"})
    void beginsAgainWhenAthenaHasTooManyQueries(int status, String type) {
        athena.withWorkgroup("{}");
        for (int i = 0; i < 10; i++) {
            athena.refusing(START, status, type, "too many");
        }
        athena.starting("q-1").inState("SUCCEEDED");

        engine.run(CREATE, RUN, started::add);

        assertThat(athena.tokens()).hasSize(11).containsOnly(athena.tokens().get(0));
        assertThat(time.pauses()).hasSize(3);
        assertThat(time.pauses().get(0)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(13));
        assertThat(time.pauses().get(1)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(25));
        assertThat(started).containsExactly("q-1");
    }

    @Test
    void givesUpWhenAthenaHasTooManyQueriesThreeTimes() {
        athena.withWorkgroup("{}").refusing(START, 400, "TooManyRequestsException", "You have exceeded the limit");

        assertFails(FailureKind.SERVICE, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("answered 400 TooManyRequestsException (You have exceeded the limit");

        assertThat(athena.tokens()).hasSize(15);
        assertThat(time.pauses()).hasSize(2);
        assertThat(started).isEmpty();
    }

    @Test
    void doesNotRepeatAStatementThatAthenaCannotRead() {
        athena.withWorkgroup("{}").refusing(START, 400, "InvalidRequestException", "line 1:8: mismatched input");

        assertFails(FailureKind.BAD_ARGUMENT, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("answered 400 InvalidRequestException (line 1:8: mismatched input");

        assertThat(athena.tokens()).hasSize(1);
    }

    @Test
    void namesTheWorkgroupThatTheRoleMayNotUse() {
        athena.withWorkgroup("{}").refusing(START, 400, "AccessDeniedException", "no policy");

        assertFails(FailureKind.ACCESS_DENIED, () -> engine.run(CREATE, RUN, started::add))
                .hasMessageContaining("athena:StartQueryExecution on the table split_cluster.bucketed_ibe_01 in the"
                        + " workgroup etl was refused (AccessDeniedException); allow the action on the Athena workgroup"
                        + " etl");
    }
}
