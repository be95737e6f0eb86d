package com.omc.flywheel.sequence.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.sequence.deployment.SequenceSteps;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionTraceTest {
    private static final String SPLIT = "infobase-split-and-bucket";
    private static final String SPLIT_JOB = "etl-omc-flywheel-dev-infobase-split-and-bucket";
    private static final String OTHER = "addressable-bucket";
    private static final String OTHER_JOB = "etl-omc-flywheel-dev-addressable-bucket";
    private static final String CONSOLE = "https://eu-west-1.console.aws.amazon.com";

    private final ExecutionArn arn =
            ExecutionArn.of(FakeExecutions.PREFIX + "etl-omc-flywheel-dev-bucketed", "2025-11-01-1");
    private final EventClock clock = new EventClock();
    private final Told told = new Told();
    private final History history = new History();
    private final ExecutionTrace trace = new ExecutionTrace(
            arn, SequenceSteps.read(Path.of(System.getProperty("flywheel.home")), "bucketed"), told, clock);

    @Test
    void tellsOfStepsThatRunAtTheSameTime() {
        history.decided("2025-11-01");
        history.here().enter("Parallel", "splits");
        History.Branch one = history.here();
        History.Branch two = history.here();
        one.enter("Task", SPLIT).scheduled(SPLIT_JOB);
        two.enter("Task", OTHER).submitted(OTHER_JOB, "jr_other");
        one.submitted(SPLIT_JOB, "jr_split");
        two.succeededTask("jr_other", "SUCCEEDED").exit("Task", OTHER, "{}").enter("Pass", OTHER + ": done");
        one.succeededTask("jr_split", "SUCCEEDED").exit("Task", SPLIT, "{}").enter("Pass", SPLIT + ": done");
        history.succeeded();

        trace.tell(history.events());

        assertThat(told.lines())
                .containsExactly(
                        "resolve-snapshot started jr_first",
                        "resolve-snapshot done after 80",
                        OTHER + " started jr_other",
                        SPLIT + " started jr_split",
                        OTHER + " done after 90",
                        SPLIT + " done after 140");
        assertThat(trace.end()).hasValue(new ExecutionEnd(ExecutionState.SUCCEEDED, "", List.of()));
        assertThat(trace.snapshot()).hasValue("2025-11-01");
    }

    @Test
    void tellsTheTimeOfTheEvent() {
        trace.tell(history.events());

        assertThat(clock.instant()).isEqualTo(Instant.parse("2025-11-02T03:00:10Z"));
        assertThat(trace.last()).isEqualTo(1);
        assertThat(trace.end()).isEmpty();
    }

    @Test
    void tellsOfAStepThatIsSkipped() {
        history.here()
                .enter("Choice", SPLIT + ": skip?")
                .exit("Choice", SPLIT + ": skip?", "{}")
                .enter("Pass", SPLIT + ": skipped");

        trace.tell(history.events());

        assertThat(told.lines()).containsExactly(SPLIT + " skipped after 0");
    }

    @Test
    void tellsOfAFailureWithItsCauseItsRecoveryAndWhereToLook() {
        history.here()
                .enter("Task", SPLIT)
                .submitted(SPLIT_JOB, "jr_1")
                .failedJobRun(SPLIT_JOB, "jr_1", "SERVICE: no answer")
                .exit("Task", SPLIT, "{}")
                .enter("Task", SPLIT + ": recover")
                .submitted(SPLIT_JOB, "jr_2")
                .succeededTask("jr_2", "SUCCEEDED")
                .exit("Task", SPLIT + ": recover", "{}")
                .enter("Choice", SPLIT + ": try again?")
                .enter("Pass", SPLIT + ": second attempt")
                .exit("Pass", SPLIT + ": second attempt", "{}")
                .enter("Task", SPLIT)
                .submitted(SPLIT_JOB, "jr_3")
                .failedJobRun(SPLIT_JOB, "jr_3", "BAD_DATA: a column is gone")
                .exit("Task", SPLIT, "{}")
                .enter("Task", SPLIT + ": recover")
                .submitted(SPLIT_JOB, "jr_4")
                .failedJobRun(SPLIT_JOB, "jr_4", "BUSY: another run")
                .exit("Task", SPLIT + ": recover", "{}")
                .enter("Task", SPLIT + ": tell")
                .enter("Pass", SPLIT + ": failed");
        history.failed();

        trace.tell(history.events());

        assertThat(told.lines())
                .containsExactly(
                        SPLIT + " started jr_1",
                        SPLIT + " recovering",
                        SPLIT + " retried: States.TaskFailed: SERVICE: no answer",
                        SPLIT + " started jr_3",
                        SPLIT + " recovering",
                        """
                        %1$s failed after 280
                        States.TaskFailed: BAD_DATA: a column is gone
                        job run: jr_3 of %2$s
                        log: %3$s/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws-glue$252F%2$s$252Ferror$3FlogStreamNameFilter$3Djr_3
                        recovery: job run jr_4 failed: States.TaskFailed: BUSY: another run
                        log: %3$s/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws-glue$252F%2$s$252Ferror$3FlogStreamNameFilter$3Djr_4
                        execution: %3$s/states/home?region=eu-west-1#/v2/executions/details/%4$s"""
                                .formatted(SPLIT, SPLIT_JOB, CONSOLE, arn));
        assertThat(trace.end().orElseThrow().failedSteps())
                .containsExactly(new FailedStep(SPLIT, "BAD_DATA: a column is gone"));
    }

    @Test
    void tellsOnceHowLongAStepWaitsForAnotherRun() {
        history.here()
                .enter("Task", SPLIT)
                .submitted(SPLIT_JOB, "jr_1")
                .failedJobRun(SPLIT_JOB, "jr_1", "Exception in User Class: JobFailure : BUSY: another run")
                .exit("Task", SPLIT, "{}")
                .enter("Wait", SPLIT + ": wait", "{\"input\":{\"busy_wait_seconds\":360}}")
                .exit("Wait", SPLIT + ": wait", "{}")
                .enter("Pass", SPLIT + ": second attempt")
                .enter("Task", SPLIT)
                .submitted(SPLIT_JOB, "jr_2")
                .failedJobRun(SPLIT_JOB, "jr_2", "Exception in User Class: JobFailure : BUSY: another run")
                .exit("Task", SPLIT, "{}")
                .enter("Pass", SPLIT + ": failed");

        trace.tell(history.events());

        assertThat(told.lines())
                .startsWith(
                        SPLIT + " started jr_1",
                        SPLIT
                                + " retried in 360 s: States.TaskFailed: Exception in User Class: JobFailure : BUSY: another run",
                        SPLIT + " started jr_2")
                .hasSize(4);
        assertThat(trace.failedSteps()).containsExactly(new FailedStep(SPLIT, "BUSY: another run"));
    }

    @Test
    void tellsOfAJobRunThatSomebodyStopped() {
        history.here()
                .enter("Task", SPLIT)
                .submitted(SPLIT_JOB, "jr_1")
                .succeededTask("jr_1", "STOPPED")
                .exit("Task", SPLIT, "{}")
                .enter("Pass", SPLIT + ": did not succeed")
                .enter("Pass", SPLIT + ": failed");

        trace.tell(history.events());

        assertThat(told.lines().get(1)).contains("\nthe job run ended as STOPPED\njob run: jr_1 of " + SPLIT_JOB);
    }

    @Test
    void tellsOfAJobRunThatWasNeverStartedWithoutALinkToItsLog() {
        history.here()
                .enter("Task", SPLIT)
                .scheduled(SPLIT_JOB)
                .failedTask("Glue.EntityNotFoundException", "no job " + SPLIT_JOB)
                .exit("Task", SPLIT, "{}")
                .enter("Pass", SPLIT + ": failed");

        trace.tell(history.events());

        assertThat(told.lines())
                .containsExactly(
                        """
                        %s failed after 40
                        Glue.EntityNotFoundException: no job %s
                        execution: %s/states/home?region=eu-west-1#/v2/executions/details/%s"""
                                .formatted(SPLIT, SPLIT_JOB, CONSOLE, arn));
    }

    @Test
    void tellsOnceOfATaskThatIsTriedAgain() {
        History.Branch branch = history.here()
                .enter("Task", SPLIT)
                .scheduled(SPLIT_JOB)
                .failedTask("Glue.ThrottlingException", "Rate exceeded");
        branch.submitted(SPLIT_JOB, "jr_1");

        trace.tell(history.events());
        trace.tell(List.of());
        trace.tell(List.of());

        assertThat(told.lines())
                .containsExactly(SPLIT + " retried: Glue.ThrottlingException: Rate exceeded", SPLIT + " started jr_1");
    }

    @Test
    void tellsOfATaskThatWaitsToBeTriedAgain() {
        History.Branch branch = history.here()
                .enter("Task", SPLIT)
                .scheduled(SPLIT_JOB)
                .failedTask("Glue.ConcurrentRunsExceededException", "one runs");

        trace.tell(history.events());
        assertThat(told.lines()).isEmpty();
        trace.tell(List.of());
        trace.tell(List.of());
        assertThat(told.lines()).containsExactly(SPLIT + " retried: Glue.ConcurrentRunsExceededException: one runs");

        long seen = trace.last();
        branch.submitted(SPLIT_JOB, "jr_1");
        trace.tell(history.events().stream().filter(event -> event.id() > seen).toList());
        assertThat(told.lines()).hasSize(2).endsWith(SPLIT + " started jr_1");
    }

    @Test
    void tellsOfWhatRanWhenTheExecutionWasStopped() {
        history.here().enter("Task", SPLIT).submitted(SPLIT_JOB, "jr_1");
        history.end("ExecutionAborted", "Flywheel.Stopped", "stopped by anna");

        trace.tell(history.events());

        assertThat(told.lines()).containsExactly(SPLIT + " started jr_1", SPLIT + " stopped after 40");
        assertThat(trace.end())
                .hasValue(new ExecutionEnd(ExecutionState.ABORTED, "Flywheel.Stopped: stopped by anna", List.of()));
    }

    @Test
    void goesOnWithAnExecutionThatWasRedriven() {
        History.Branch branch = history.here().enter("Task", SPLIT).submitted(SPLIT_JOB, "jr_1");
        history.end("ExecutionAborted", null, null);
        history.end("ExecutionRedriven", null, null);

        trace.tell(history.events());
        assertThat(trace.end()).isEmpty();

        long seen = trace.last();
        branch.submitted(SPLIT_JOB, "jr_2").exit("Task", SPLIT, "{}").enter("Pass", SPLIT + ": done");
        history.succeeded();
        trace.tell(history.events().stream().filter(event -> event.id() > seen).toList());

        assertThat(told.lines())
                .containsExactly(
                        SPLIT + " started jr_1",
                        SPLIT + " stopped after 40",
                        SPLIT + " started jr_2",
                        SPLIT + " done after 100");
        assertThat(trace.end().orElseThrow().state()).isEqualTo(ExecutionState.SUCCEEDED);
    }

    @Test
    void saysWhatFailedThatIsNoStep() {
        history.here()
                .enter("Task", "Read the snapshot")
                .failedTask("S3.NoSuchKeyException", "no file")
                .exit("Task", "Read the snapshot", "{}");
        history.failed();

        trace.tell(history.events());

        assertThat(trace.end())
                .hasValue(new ExecutionEnd(
                        ExecutionState.FAILED,
                        "Flywheel.StepFailed: A step failed; the notification of it tells which.; Read the snapshot: S3.NoSuchKeyException: no file",
                        List.of()));
    }

    @Test
    void showsTheBeginningOfACauseThatIsCutOff() {
        String cut = "{\"Id\":\"" + "x".repeat(40_000);
        history.here()
                .enter("Task", SPLIT)
                .scheduled(SPLIT_JOB)
                .failedTask("States.TaskFailed", cut)
                .exit("Task", SPLIT, "{}")
                .enter("Pass", SPLIT + ": failed");

        trace.tell(history.events());

        assertThat(told.lines().get(0)).hasSizeLessThan(2_500).contains("States.TaskFailed: {\"Id\":\"xxx", "xxx ...");
    }
}
