package com.omc.flywheel.sequence.asl;

import static com.omc.flywheel.sequence.asl.ScriptedTasks.error;
import static com.omc.flywheel.sequence.asl.ScriptedTasks.jobFailed;
import static com.omc.flywheel.sequence.asl.ScriptedTasks.jobFailedAs;
import static com.omc.flywheel.sequence.asl.ScriptedTasks.jobRun;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.sequence.asl.ExecutionEvent.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the committed sequences do in every situation that they provide for. */
class SequencesTest {
    private static final String SPLIT = "infobase-split-and-bucket";
    private static final String INPUT = "{'snapshot_dt': '2025-11-01', 'busy_wait_seconds': 5}";

    private final Run run = new Run();
    private final ScriptedTasks tasks = new ScriptedTasks();

    private Ended bucketed(String input) {
        return run.of(Run.sequence("bucketed"), Run.json(input), tasks);
    }

    @Test
    void runsEveryStepOfBucketedInItsOrder() {
        Ended ended = bucketed("{'snapshot_dt': '_NONE_'}");

        assertThat(ended.succeeded()).isTrue();
        assertThat(run.called())
                .containsExactly(
                        "resolve-snapshot",
                        "Read the snapshot",
                        SPLIT,
                        "addressable-bucket",
                        "register-staged-tables-infobase",
                        "register-staged-tables-addressable",
                        "create-athena-bucketed-tables",
                        "Tell of success");
        assertThat(run.calls
                        .get(2)
                        .parameters()
                        .path("Arguments")
                        .path("--SNAPSHOT_DT")
                        .asText())
                .isEqualTo("2025-11-01");
        assertThat(run.calls.get(2).timeout()).contains(Duration.ofHours(9));
        assertThat(run.told("Tell of success")).contains("Snapshot: 2025-11-01\n", "Execution: " + Run.NAME);
    }

    @Test
    void runsEveryStepOfPartitioned() {
        Ended ended = run.of(Run.sequence("partitioned"), Run.json(INPUT), tasks, 2);

        assertThat(ended.succeeded()).isTrue();
        assertThat(run.called())
                .containsExactlyInAnyOrder(
                        "resolve-snapshot",
                        "Read the snapshot",
                        "infobase-split-and-part",
                        "addressable-split-and-part",
                        "register-part-tables-infobase",
                        "register-part-tables-addressable",
                        "prepare-part-tables",
                        "create-part-addressable-ids-er-table",
                        "generate-data-monitor-report",
                        "generate-cleanrooms-report",
                        "Tell of success");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'snapshot_dt': 20251101}",
                "{'snapshot_dt': 'newest'}",
                "{'snapshot_dt': '2025-11-01', 'force': true}",
                "{'snapshot_dt': '2025-11-01', 'tables': ''}",
                "{'snapshot_dt': '2025-11-01', 'skip': ['addressable-bucket']}",
                "{'snapshot_dt': '2025-11-01', 'skip': 'infobase-split-and-bucket, addressable-bucket'}",
                "{'snapshot_dt': '2025-11-01', 'busy_wait_seconds': '330'}",
                "{'snapshot_dt': '2025-11-01', 'busy_wait_seconds': 0}",
                "{'snapshot_dt': null}",
                "[]",
                "['2025-11-01']",
                "'2025-11-01'",
                "null"
            })
    void runsNothingForAWrongInputAndTells(String input) {
        Ended ended = bucketed(input);

        assertThat(ended.error()).contains("Flywheel.WrongInput");
        assertThat(run.called()).containsExactly("Tell of the input");
        assertThat(run.told("Tell of the input")).contains("Input: " + Run.json(input));
    }

    /** The error has no place in an input that is no object. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "'2025-11-01'"})
    void endsForAWrongInputThoughNobodyCouldBeTold(String input) {
        tasks.on("Tell of the input", error("SNS.NotFoundException", "Topic does not exist"));

        assertThat(bucketed(input).error()).contains("Flywheel.WrongInput");
    }

    @Test
    void skipsAStepWithoutItsSibling() {
        Ended ended = bucketed("{'snapshot_dt': '2025-11-01', 'skip': 'infobase-split-and-bucket'}");

        assertThat(ended.output().at("/results/splits/0/outcome").asText()).isEqualTo("skipped");
        assertThat(ended.output().at("/results/splits/1/outcome").asText()).isEqualTo("done");
        assertThat(run.called()).doesNotContain(SPLIT).contains("addressable-bucket");
    }

    @Test
    void triesABadInputOnceRecoversTellsAndLetsTheSiblingFinish() {
        tasks.on(SPLIT, jobFailed("JobFailure: BAD_DATA: 2 of 27 tables failed"));

        Ended ended = bucketed(INPUT);

        assertThat(ended.error()).contains("Flywheel.StepFailed");
        assertThat(run.called())
                .containsExactly(
                        "resolve-snapshot",
                        "Read the snapshot",
                        SPLIT,
                        SPLIT + ": recover",
                        SPLIT + ": tell",
                        "addressable-bucket");
        assertThat(run.told(SPLIT + ": tell"))
                .contains("Job run: jr_failed", "2 of 27 tables failed", "--from " + SPLIT)
                .contains("Recovery: job run jr_infobase-split-and-bucket: recover finished or undid what was left");
    }

    @Test
    void triesAFaultOfAServiceASecondTime() {
        tasks.on(SPLIT, jobFailed("JobFailure: SERVICE: S3 did not answer"), jobRun("jr_second", "SUCCEEDED"));

        Ended ended = bucketed(INPUT);

        assertThat(ended.succeeded()).isTrue();
        assertThat(ended.output().at("/results/splits/0/job_run_id").asText()).isEqualTo("jr_second");
        assertThat(run.called()).containsSubsequence(SPLIT, SPLIT + ": recover", SPLIT);
        assertThat(run.waits).isEmpty();
    }

    @Test
    void givesUpAfterTheSecondAttempt() {
        tasks.on(SPLIT, jobFailed("JobFailure: SERVICE: S3 did not answer"));

        Ended ended = bucketed(INPUT);

        assertThat(ended.error()).contains("Flywheel.StepFailed");
        assertThat(Collections.frequency(run.called(), SPLIT)).isEqualTo(2);
    }

    @Test
    void waitsForTheLeaseOfAnotherRun() {
        tasks.on(SPLIT, jobFailed("JobFailure: BUSY: another run holds it"), jobRun("jr_second", "SUCCEEDED"))
                .on(SPLIT + ": recover", jobFailed("JobFailure: BUSY: another run holds it"));

        assertThat(bucketed(INPUT).succeeded()).isTrue();
        assertThat(run.waits).containsExactly(Duration.ofSeconds(5));
        assertThat(run.entered()).contains(SPLIT + ": wait");
    }

    /** Nothing that AWS documents says whether a stopped job run ends well or badly for Step Functions. */
    @Test
    void triesNothingAgainThatSomebodyStopped() {
        tasks.on(SPLIT, jobFailedAs("STOPPED"));

        assertThat(bucketed(INPUT).error()).contains("Flywheel.StepFailed");
        assertThat(Collections.frequency(run.called(), SPLIT)).isEqualTo(1);
        assertThat(run.called()).contains(SPLIT + ": recover");
        assertThat(run.told(SPLIT + ": tell")).contains("Job run: jr_failed", "STOPPED");
    }

    @Test
    void triesNothingAgainThatTookAllOfItsTime() {
        tasks.on(SPLIT, jobFailedAs("TIMEOUT"));

        assertThat(bucketed(INPUT).error()).contains("Flywheel.StepFailed");
        assertThat(Collections.frequency(run.called(), SPLIT)).isEqualTo(1);
    }

    /** Of what a class of the user throws, Glue's message says the class, a colon between spaces and the message. */
    @Test
    void knowsTheKindOfAFailureInWhatGlueMakesOfItsMessage() {
        String glue = "Exception in User Class: com.omc.flywheel.common.failure.JobFailure : ";
        tasks.on(SPLIT, jobFailed(glue + "BAD_DATA: 2 of 27 tables failed"))
                .on("addressable-bucket", jobFailed(glue + "SERVICE: S3 did not answer"));

        assertThat(bucketed(INPUT).error()).contains("Flywheel.StepFailed");
        assertThat(Collections.frequency(run.called(), SPLIT)).isEqualTo(1);
        assertThat(Collections.frequency(run.called(), "addressable-bucket")).isEqualTo(2);
    }

    @Test
    void triesAnUnnamedErrorOfGlueAFewMinutesOnly() {
        tasks.on(SPLIT, error("Glue.AWSGlueException", "Rate exceeded (Error Code: ThrottlingException)"));

        assertThat(bucketed(INPUT).error()).contains("Flywheel.StepFailed");
        assertThat(Collections.frequency(run.called(), SPLIT)).isEqualTo(11);
        assertThat(run.waits).hasSize(10).allMatch(wait -> wait.compareTo(Duration.ofMinutes(1)) <= 0);
    }

    @Test
    void tellsHowToGoOnWithTheSameTablesAndWhatElseTheInputHad() {
        tasks.on(SPLIT, jobFailed("JobFailure: BAD_DATA: no"));

        bucketed("{'snapshot_dt': '2025-11-01', 'tables': 'IBE_01,IBE_02', 'force': 'true'}");

        assertThat(run.told(SPLIT + ": tell"))
                .contains(
                        "\n  run-sequence/run aws bucketed --snapshot-dt 2025-11-01 --tables IBE_01,IBE_02 --from %s --env test\n"
                                .formatted(SPLIT),
                        "\"force\":\"true\"");
    }

    @Test
    void takesAStoppedJobRunForAFailure() {
        tasks.on(SPLIT, jobRun("jr_stopped", "STOPPED"));

        Ended ended = bucketed(INPUT);

        assertThat(ended.error()).contains("Flywheel.StepFailed");
        assertThat(run.called()).contains(SPLIT + ": recover");
        assertThat(Collections.frequency(run.called(), SPLIT)).isEqualTo(1);
        assertThat(run.told(SPLIT + ": tell")).contains("jr_stopped", "STOPPED");
    }

    @ParameterizedTest
    @CsvSource({"Glue.ThrottlingException", "Glue.ConcurrentRunsExceededException"})
    void triesAThrottledStartManyTimesWithAGrowingRandomWait(String throttling) {
        tasks.on(SPLIT, error(throttling, "Rate exceeded"));

        Ended ended = bucketed(INPUT);

        assertThat(ended.error()).contains("Flywheel.StepFailed");
        assertThat(Collections.frequency(run.called(), SPLIT)).isEqualTo(13);
        assertThat(run.all(Kind.RETRIED)).hasSize(12).allMatch(event -> event.error()
                .equals(Optional.of(throttling)));
        assertThat(run.waits).hasSize(12).allMatch(wait -> wait.compareTo(Duration.ofMinutes(10)) <= 0);
        assertThat(run.waits.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(run.waits).anyMatch(wait -> wait.compareTo(Duration.ofMinutes(2)) > 0);
    }

    @Test
    void tellsOfARecoveryThatFailed() {
        tasks.on(SPLIT, jobFailed("JobFailure: BAD_DATA: no"))
                .on(SPLIT + ": recover", jobFailed("JobFailure: CONFLICT: unknown file"));

        assertThat(bucketed(INPUT).error()).contains("Flywheel.StepFailed");
        assertThat(run.told(SPLIT + ": tell")).contains("CONFLICT: unknown file");
    }

    @Test
    void failsAsItShouldWhenNobodyCanBeTold() {
        tasks.on(SPLIT, jobFailed("JobFailure: BAD_DATA: no"))
                .on(SPLIT + ": tell", error("SNS.NotFoundException", "Topic does not exist"));

        assertThat(bucketed(INPUT).error()).contains("Flywheel.StepFailed");
        assertThat(Collections.frequency(run.called(), SPLIT + ": tell")).isEqualTo(6);
        assertThat(run.called()).contains("addressable-bucket");
    }

    @Test
    void succeedsThoughNobodyCouldBeToldOfTheSuccess() {
        tasks.on("Tell of success", error("SNS.NotFoundException", "Topic does not exist"));

        assertThat(bucketed(INPUT).succeeded()).isTrue();
    }

    @Test
    void tellsOfACauseThatIsNoJobRun() {
        tasks.on(SPLIT, error("Glue.EntityNotFoundException", "Failed to start job run due to missing metadata"));

        assertThat(bucketed(INPUT).error()).contains("Flywheel.StepFailed");
        assertThat(run.told(SPLIT + ": tell")).contains("Job run: none", "missing metadata");
    }

    @Test
    void tellsOfADecisionThatCannotBeRead() {
        tasks.on("Read the snapshot", () -> Run.json("{'Body': 'no JSON'}"));

        assertThat(bucketed(INPUT).error()).contains("Flywheel.StepFailed");
        assertThat(Collections.frequency(run.called(), "Read the snapshot")).isEqualTo(6);
        assertThat(run.told("Tell of the snapshot"))
                .contains(
                        "States.IntrinsicFailure",
                        "snapshot.json",
                        "aws bucketed --snapshot-dt 2025-11-01 --tables _NONE_ --env test\n");
        assertThat(run.called()).doesNotContain(SPLIT);
    }

    @Test
    void endsWhenTheTimeOfTheStateMachineIsOver() {
        tasks.on(SPLIT, () -> {
            run.pass(Duration.ofHours(49));
            return jobRun("jr_late", "SUCCEEDED").give();
        });

        Ended ended = bucketed(INPUT);

        assertThat(ended.error()).contains("States.Timeout");
        assertThat(run.called()).doesNotContain(SPLIT + ": tell");
    }
}
