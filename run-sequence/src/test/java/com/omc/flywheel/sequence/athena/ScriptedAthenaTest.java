package com.omc.flywheel.sequence.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.ThrottleReason;
import software.amazon.awssdk.services.athena.model.TooManyRequestsException;
import software.amazon.awssdk.services.athena.model.WorkGroupState;

class ScriptedAthenaTest {
    private static final String TOKEN = "t".repeat(32);
    private static final String RESULTS = "s3://lake/results/";

    private final ScriptedAthena athena = new ScriptedAthena();
    private final AwsJsonEndpoint endpoint = AwsJsonEndpoint.start(athena);
    private final AthenaClient client = AthenaClient.builder()
            .endpointOverride(endpoint.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
    }

    @Test
    void showsTheStatesOfTheScriptOneByOneAndStaysInTheLast() {
        athena.next(
                QueryScript.showing(QueryState.QUEUED, QueryState.RUNNING, QueryState.QUEUED, QueryState.SUCCEEDED));
        String id = start("SELECT 1", TOKEN);

        List<String> states = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            states.add(show(id).status().stateAsString());
        }
        assertThat(states).containsExactly("QUEUED", "RUNNING", "QUEUED", "SUCCEEDED", "SUCCEEDED");
    }

    @Test
    void saysWhyAQueryFailed() {
        athena.next(QueryScript.failing(
                new QueryFailure("TABLE_NOT_FOUND: line 1", 2, 1006, true, "the table is not there")));
        String id = start("SELECT 1", TOKEN);

        QueryExecution failed = end(id);
        assertThat(failed.status().state()).isEqualTo(QueryExecutionState.FAILED);
        assertThat(failed.status().stateChangeReason()).isEqualTo("TABLE_NOT_FOUND: line 1");
        assertThat(failed.status().athenaError().errorCategory()).isEqualTo(2);
        assertThat(failed.status().athenaError().errorType()).isEqualTo(1006);
        assertThat(failed.status().athenaError().retryable()).isTrue();
        assertThat(failed.status().athenaError().errorMessage()).isEqualTo("the table is not there");
    }

    @Test
    void doesTheEffectOnceBeforeTheQueryIsSeenToSucceed() {
        List<String> happened = new ArrayList<>();
        athena.next(QueryScript.succeeding().withEffect((sql, queryId) -> happened.add(sql + " " + queryId)));
        String id = start("CREATE TABLE x AS SELECT 1", TOKEN);

        show(id);
        show(id);
        assertThat(happened).isEmpty();
        assertThat(show(id).status().state()).isEqualTo(QueryExecutionState.SUCCEEDED);
        show(id);
        assertThat(happened).containsExactly("CREATE TABLE x AS SELECT 1 " + id);
    }

    @Test
    void doesNoEffectOfAQueryThatFails() {
        List<String> happened = new ArrayList<>();
        athena.next(QueryScript.failing(new QueryFailure("no", 1, 206, true, "no"))
                .withEffect((sql, queryId) -> happened.add(sql)));
        end(start("SELECT 1", TOKEN));

        assertThat(happened).isEmpty();
    }

    @Test
    void startsAQueryOnceForEachToken() {
        athena.whenever(sql -> true, QueryScript.succeeding());

        String id = start("SELECT 1", TOKEN);
        assertThat(start("SELECT 1", TOKEN)).isEqualTo(id);
        assertThat(start("SELECT 1", "u".repeat(32))).isNotEqualTo(id);
        assertThat(athena.queries()).hasSize(2);
    }

    @Test
    void refusesATokenThatStoodForSomethingElse() {
        athena.whenever(sql -> true, QueryScript.succeeding());
        start("SELECT 1", TOKEN);

        assertThatThrownBy(() -> start("SELECT 2", TOKEN))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Idempotent parameters do not match");
        assertThatThrownBy(() -> client.startQueryExecution(request -> request.queryString("SELECT 1")
                        .clientRequestToken(TOKEN)
                        .resultConfiguration(result -> result.outputLocation("s3://lake/elsewhere/"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Idempotent parameters do not match");
        assertThat(athena.queries()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"31, false", "32, true", "128, true", "129, false"})
    void takesTokensOfTheLengthsThatAthenaTakes(int length, boolean taken) {
        athena.next(QueryScript.succeeding());
        String token = "x".repeat(length);

        if (taken) {
            assertThat(start("SELECT 1", token)).isNotEmpty();
        } else {
            assertThatThrownBy(() -> start("SELECT 1", token))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("must have 32 to 128");
        }
    }

    @Test
    void takesStatementsOfTheLengthThatAthenaTakes() {
        athena.whenever(sql -> true, QueryScript.succeeding());
        String longest = "x".repeat(262_144);

        assertThat(start(longest, TOKEN)).isNotEmpty();
        for (String refused : List.of(longest + "x", "\u00fc".repeat(131_073))) {
            assertThatThrownBy(() -> start(refused, "u".repeat(32)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("1 to 262144");
        }
    }

    @Test
    void refusesAStatementThatNoScriptSpeaksOf() {
        athena.whenever(sql -> sql.startsWith("MSCK"), QueryScript.succeeding());

        assertThatThrownBy(() -> start("SELECT 1", TOKEN))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no script for this statement");
        assertThat(athena.queries()).isEmpty();
    }

    @Test
    void followsAScriptForTheNextStatementBeforeOneForEvery() {
        athena.next(sql -> sql.contains("b"), QueryScript.showing(QueryState.CANCELLED));
        athena.whenever(sql -> true, QueryScript.showing(QueryState.RUNNING));
        athena.whenever(sql -> sql.contains("c"), QueryScript.showing(QueryState.SUCCEEDED));

        assertThat(state(start("a", "1".repeat(32)))).isEqualTo("RUNNING");
        assertThat(state(start("b", "2".repeat(32)))).isEqualTo("CANCELLED");
        assertThat(state(start("b", "3".repeat(32)))).isEqualTo("RUNNING");
        assertThat(state(start("c", "4".repeat(32)))).isEqualTo("SUCCEEDED");
    }

    @Test
    void refusesOneQueryTooManyWithTheReason() {
        athena.whenever(sql -> true, QueryScript.tooManyRequests("CONCURRENT_QUERY_LIMIT_EXCEEDED"));

        assertThatThrownBy(() -> start("SELECT 1", TOKEN))
                .isInstanceOfSatisfying(TooManyRequestsException.class, e -> assertThat(e.reason())
                        .isEqualTo(ThrottleReason.CONCURRENT_QUERY_LIMIT_EXCEEDED))
                .hasMessageContaining("limit");
        assertThat(athena.queries()).isEmpty();
    }

    @Test
    void startsAQueryThatWasRefusedBefore() {
        athena.next(QueryScript.tooManyRequests("CONCURRENT_QUERY_LIMIT_EXCEEDED"));
        athena.next(QueryScript.succeeding());

        assertThat(start("SELECT 1", TOKEN)).isNotEmpty();
        assertThat(endpoint.requests("AmazonAthena.StartQueryExecution")).isEqualTo(2);
    }

    @Test
    void cancelsAQueryThatIsStopped() {
        athena.whenever(sql -> true, QueryScript.showing(QueryState.RUNNING));
        String id = start("SELECT 1", TOKEN);
        assertThat(state(id)).isEqualTo("RUNNING");
        client.stopQueryExecution(request -> request.queryExecutionId(id));

        assertThat(state(id)).isEqualTo("CANCELLED");
        assertThat(state(id)).isEqualTo("CANCELLED");
    }

    @Test
    void leavesAQueryThatHasEndedAsItIs() {
        athena.next(QueryScript.showing(QueryState.SUCCEEDED));
        String id = start("SELECT 1", TOKEN);
        end(id);
        client.stopQueryExecution(request -> request.queryExecutionId(id));

        assertThat(state(id)).isEqualTo("SUCCEEDED");
    }

    @Test
    void givesNoRowsOfAQueryThatHasSucceededAndNoneBefore() {
        athena.next(QueryScript.succeeding());
        String id = start("SELECT 1", TOKEN);
        assertThatThrownBy(() -> client.getQueryResults(request -> request.queryExecutionId(id)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not yet finished. Current state: QUEUED");
        end(id);

        assertThat(client.getQueryResults(request -> request.queryExecutionId(id))
                        .resultSet()
                        .rows())
                .isEmpty();
    }

    @Test
    void doesNotFindAQueryThatWasNeverStarted() {
        assertThatThrownBy(() -> show("none"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("QueryExecution none was not found");
    }

    @Test
    void recordsTheQueries() {
        athena.next(QueryScript.succeeding());
        String id = start("SELECT 1", TOKEN);
        end(id);

        assertThat(athena.queries()).singleElement().satisfies(query -> {
            assertThat(query.id()).isEqualTo(id);
            assertThat(query.sql()).isEqualTo("SELECT 1");
            assertThat(query.token()).contains(TOKEN);
            assertThat(query.workgroup()).isEqualTo("primary");
            assertThat(query.resultLocation()).contains(RESULTS + id + ".csv");
            assertThat(query.shown()).containsExactly(QueryState.QUEUED, QueryState.RUNNING, QueryState.SUCCEEDED);
        });
    }

    @ParameterizedTest
    @CsvSource({"CREATE TABLE a AS SELECT 1, DML", "CREATE EXTERNAL TABLE a (b int), DDL", "MSCK REPAIR TABLE a, DDL"})
    void tellsOneKindOfStatementFromTheOther(String sql, String kind) {
        athena.next(QueryScript.succeeding());
        assertThat(show(start(sql, TOKEN)).statementTypeAsString()).isEqualTo(kind);
    }

    @Test
    void describesAWorkgroup() {
        athena.addWorkgroup(Workgroup.named("etl").withOutputLocation(RESULTS).enforcing());
        athena.addWorkgroup(Workgroup.named("off").disabled());
        athena.addWorkgroup(Workgroup.named("managed").withManagedResults());

        var etl = client.getWorkGroup(request -> request.workGroup("etl")).workGroup();
        assertThat(etl.name()).isEqualTo("etl");
        assertThat(etl.state()).isEqualTo(WorkGroupState.ENABLED);
        assertThat(etl.configuration().enforceWorkGroupConfiguration()).isTrue();
        assertThat(etl.configuration().resultConfiguration().outputLocation()).isEqualTo(RESULTS);
        assertThat(etl.configuration().managedQueryResultsConfiguration().enabled())
                .isFalse();
        assertThat(client.getWorkGroup(request -> request.workGroup("off"))
                        .workGroup()
                        .state())
                .isEqualTo(WorkGroupState.DISABLED);
        assertThat(client.getWorkGroup(request -> request.workGroup("managed"))
                        .workGroup()
                        .configuration()
                        .managedQueryResultsConfiguration()
                        .enabled())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "off"})
    void startsNothingInAWorkgroupThatTakesNothing(String workgroup) {
        athena.addWorkgroup(Workgroup.named("off").disabled());
        athena.next(QueryScript.succeeding());

        assertThatThrownBy(() -> startIn(workgroup, RESULTS))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("WorkGroup " + workgroup + " is");
    }

    @Test
    void putsResultsWhereTheWorkgroupWantsThem() {
        athena.addWorkgroup(Workgroup.named("own").withOutputLocation("s3://own"));
        athena.addWorkgroup(
                Workgroup.named("enforcing").withOutputLocation("s3://forced/").enforcing());
        athena.addWorkgroup(Workgroup.named("managed").withManagedResults());
        athena.whenever(sql -> true, QueryScript.succeeding());

        String id = startIn("own", null);
        assertThat(show(id).resultConfiguration().outputLocation()).isEqualTo("s3://own/" + id + ".csv");
        assertThat(location("own", RESULTS)).startsWith(RESULTS);
        assertThat(location("enforcing", RESULTS)).startsWith("s3://forced/");
        assertThat(location("managed", null)).isNull();
        assertThatThrownBy(() -> startIn("managed", RESULTS))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("exclude each other");
        assertThatThrownBy(() -> startIn("primary", null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("No output location provided");
    }

    @Test
    void hasNoScriptThatContradictsItself() {
        assertThatThrownBy(() -> QueryScript.showing(QueryState.SUCCEEDED, QueryState.RUNNING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no state follows a final one");
        assertThatThrownBy(() -> QueryScript.showing(QueryState.FAILED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a failure when it ends as FAILED");
        assertThatThrownBy(() -> QueryScript.showing())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one state at least");
    }

    private String start(String sql, String token) {
        return client.startQueryExecution(request -> request.queryString(sql)
                        .clientRequestToken(token)
                        .resultConfiguration(result -> result.outputLocation(RESULTS)))
                .queryExecutionId();
    }

    private String startIn(String workgroup, String location) {
        return client.startQueryExecution(request -> {
                    request.queryString("SELECT 1").workGroup(workgroup);
                    if (location != null) {
                        request.resultConfiguration(result -> result.outputLocation(location));
                    }
                })
                .queryExecutionId();
    }

    private String location(String workgroup, String location) {
        return show(startIn(workgroup, location)).resultConfiguration().outputLocation();
    }

    private QueryExecution show(String id) {
        return client.getQueryExecution(request -> request.queryExecutionId(id)).queryExecution();
    }

    private String state(String id) {
        return show(id).status().stateAsString();
    }

    private QueryExecution end(String id) {
        while (true) {
            QueryExecution query = show(id);
            if (QueryState.valueOf(query.status().stateAsString()).isFinal()) {
                return query;
            }
        }
    }
}
