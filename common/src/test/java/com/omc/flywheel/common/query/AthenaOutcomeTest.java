package com.omc.flywheel.common.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;

class AthenaOutcomeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 | 2 | 1 | ENVIRONMENT | Athena opens at most 100 writers in one statement; use --ENGINE spark, or fewer buckets
                    HIVE_PATH_ALREADY_EXISTS: Target directory           | 2 | 1 | CONFLICT | start the job again, which takes a new folder
                    too many versions                                    | 2 | 1402 | ENVIRONMENT | the table has too many versions in Glue
                    no                                                   | 2 | 1500 | ACCESS_DENIED | allow the job's role what Athena asks for
                    no                                                   | 2 | 1501 | ACCESS_DENIED | allow the job's role what Athena asks for
                    Insufficient permissions to execute the query.       | 2 | 1 | ACCESS_DENIED | allow the job's role what Athena asks for
                    (Service: S3; Error Code: AccessDenied)              | 1 | 1 | ACCESS_DENIED | allow the job's role what Athena asks for
                    Permission denied on S3 path: s3://lake/in           | 2 | 1 | ACCESS_DENIED | allow the job's role what Athena asks for
                    Insufficient Lake Formation permission(s) on ext_ibe | 2 | 1500 | ACCESS_DENIED | in Lake Formation: one of IAM alone does not do
                    line 1:8: TABLE_NOT_FOUND: Table ext_ibe             | 2 | 1 | MISSING_INPUT | run the job that registers the table first
                    TABLE_ALREADY_EXISTS: line 1:1                       | 2 | 1 | CONFLICT | find out what made the table
                    Query timeout                                        | 3 | 206 | SERVICE | raise that quota of the account
                    GENERIC_INTERNAL_ERROR: null                         | 1 | 401 | SERVICE | start the job again
                    HIVE_BAD_DATA: Malformed Parquet file                | 2 | 1 | BAD_DATA | check the table and the files
                    other                                                | 3 | 1 | BAD_DATA | check the table and the files
                    """)
    void saysWhoCanMendIt(String reason, int category, int type, FailureKind kind, String advice) {
        AthenaOutcome outcome = new AthenaOutcome("FAILED", reason, Optional.of(category), Optional.of(type), false);

        JobFailure failure = outcome.failure(AthenaFixture.REPAIR, "q-1");

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageStartingWith(
                        "%s: repairing the table split_part.part_ibe_01: query q-1 of Athena ended as"
                                + " FAILED (%s; error type %d); ",
                        kind, reason, type)
                .hasMessageContaining(advice);
    }

    @Test
    void namesTheLimitThatCancelledAQuery() {
        JobFailure failure = new AthenaOutcome(
                        "CANCELLED",
                        "Query cancelled! : Bytes scanned limit was exceeded",
                        Optional.empty(),
                        Optional.empty(),
                        false)
                .failure(AthenaFixture.REPAIR, "q-1");

        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure).hasMessageContaining("raise the workgroup's limit of bytes scanned per query");
    }

    @ParameterizedTest
    @CsvSource({
        "1400,true",
        "1401,true",
        "1402,false",
        "1403,true",
        "1404,true",
        "1405,true",
        "1406,true",
        "1407,false",
        "1,false"
    })
    void isWorthRetryingWhenAthenaWasThrottled(int type, boolean worth) {
        assertThat(new AthenaOutcome("FAILED", "", Optional.empty(), Optional.of(type), false).worthRetrying())
                .isEqualTo(worth);
    }

    @ParameterizedTest
    @CsvSource({"FAILED,true", "CANCELLED,false", "SUCCEEDED,false"})
    void isWorthRetryingOnlyWhenItFailed(String state, boolean worth) {
        assertThat(new AthenaOutcome(state, "", Optional.empty(), Optional.empty(), true).worthRetrying())
                .isEqualTo(worth);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error parsing field value 'O'Brien' for field 3",
                "For input string: \"O'Brien\"",
                "INVALID_CAST_ARGUMENT: Cannot cast 'O'Brien' to INT",
                "Error parsing field value 'O'Brien"
            })
    void neverShowsTheContentOfACell(String reason) {
        AthenaOutcome outcome = new AthenaOutcome("FAILED", reason, Optional.empty(), Optional.empty(), false);

        assertThat(outcome.failure(AthenaFixture.REPAIR, "q-1"))
                .hasMessageNotContaining("Brien")
                .hasMessageContaining("...");
    }

    @Test
    void showsTheFirstLineOfWhatAthenaSays() {
        assertThat(new AthenaOutcome("FAILED", "\nfirst\nsecond", Optional.empty(), Optional.of(7), false).describe())
                .isEqualTo("FAILED (first; error type 7)");
    }

    @Test
    void takesTheTextOfTheErrorWhereThereIsNoReason() {
        QueryExecutionStatus status = QueryExecutionStatus.builder()
                .state("FAILED")
                .athenaError(error -> error.errorMessage("because"))
                .build();

        assertThat(AthenaOutcome.of(status).orElseThrow().describe()).isEqualTo("FAILED (because)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUEUED", "RUNNING", "HIBERNATING"})
    void isEmptyBeforeTheEnd(String state) {
        assertThat(AthenaOutcome.of(QueryExecutionStatus.builder().state(state).build()))
                .isEmpty();
    }
}
