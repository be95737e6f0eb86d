package com.omc.flywheel.sequence.aws;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionStarterTest {
    private static final String INPUT =
            "{\"snapshot_dt\":\"2025-11-01\",\"tables\":\"_NONE_\",\"force\":\"false\",\"allow_mixed_snapshots\":\"false\",\"allow_dropped_columns\":\"false\",\"skip\":\"_NONE_\"}";
    private static final String SCHEDULED = "{\"snapshot_dt\": \"_NONE_\"}";

    private final FakeExecutions executions = new FakeExecutions();
    private final String machine = executions.addStateMachine("machine");
    private final ExecutionStarter starter =
            new ExecutionStarter(executions, Clock.fixed(Instant.parse("2025-11-02T23:59:59Z"), ZoneOffset.UTC));

    @Test
    void numbersTheExecutionsOfASnapshot() {
        executions.add(machine, "2025-11-01-2", ExecutionState.FAILED, INPUT);
        executions.add(machine, "2025-11-01-10", ExecutionState.SUCCEEDED, INPUT);
        executions.add(machine, "2025-11-01-11-other", ExecutionState.SUCCEEDED, INPUT);
        executions.add(machine, "2025-11-02-40", ExecutionState.SUCCEEDED, INPUT);

        ExecutionStarter.Begun begun = starter.start(machine, of("2025-11-01"));

        assertThat(begun.arn().name()).isEqualTo("2025-11-01-11");
        assertThat(begun.how()).isEqualTo("started");
        assertThat(executions.starts()).containsExactly("2025-11-01-11 " + INPUT);
    }

    @Test
    void startsTheNewestSnapshotWhenNoneIsNamed() {
        SequenceInput input =
                new SequenceInput(Optional.empty(), Optional.of("A,B"), true, true, true, List.of("x", "y"));

        assertThat(starter.start(machine, input).arn().name()).isEqualTo("newest-2025-11-02-1");
        assertThat(executions.starts())
                .containsExactly(
                        "newest-2025-11-02-1 {\"snapshot_dt\":\"_NONE_\",\"tables\":\"A,B\",\"force\":\"true\",\"allow_mixed_snapshots\":\"true\",\"allow_dropped_columns\":\"true\",\"skip\":\"x,y\"}");
    }

    @Test
    void namesNoExecutionOfTheNewestSnapshotLikeOneThatIsForgottenWhoseDecisionWouldStand() {
        SequenceInput input = new SequenceInput(Optional.empty(), Optional.empty(), false, false, false, List.of());
        ExecutionStarter later =
                new ExecutionStarter(executions, Clock.fixed(Instant.parse("2026-02-01T03:00:00Z"), ZoneOffset.UTC));

        assertThat(later.start(machine, input).arn().name()).isEqualTo("newest-2026-02-01-1");
    }

    @Test
    void attachesToAnExecutionOfTheSameSnapshotThatStillRuns() {
        executions.add(machine, "2025-11-01-1", ExecutionState.RUNNING, INPUT);
        executions.add(machine, "2025-11-02-1", ExecutionState.RUNNING, INPUT.replace("2025-11-01", "2025-11-02"));

        ExecutionStarter.Begun begun = starter.start(machine, of("2025-11-01"));

        assertThat(begun.arn().name()).isEqualTo("2025-11-01-1");
        assertThat(begun.how()).isEqualTo("attached: this execution of the snapshot already runs");
        assertThat(executions.starts()).isEmpty();
    }

    @Test
    void attachesToTheExecutionOfTheScheduleWhichHasANameOfItsOwn() {
        executions.add(machine, "5f0c-4711", ExecutionState.RUNNING, SCHEDULED);

        ExecutionStarter.Begun begun = starter.start(
                machine, new SequenceInput(Optional.empty(), Optional.empty(), false, false, false, List.of()));

        assertThat(begun.arn().name()).isEqualTo("5f0c-4711");
        assertThat(begun.how()).contains("its input is not what was asked for now: " + SCHEDULED);
    }

    @Test
    void startsWhileAnotherSnapshotRuns() {
        executions.add(machine, "5f0c-4711", ExecutionState.RUNNING, SCHEDULED);

        assertThat(starter.start(machine, of("2025-11-01")).arn().name()).isEqualTo("2025-11-01-1");
    }

    @Test
    void attachesToWhatAnotherStarterBeganAtTheSameTime() {
        ExecutionArn other =
                executions.add(machine, "2025-11-01-1", ExecutionState.RUNNING, INPUT.replace("_NONE_", "A"));
        executions.leaveOut(other);

        ExecutionStarter.Begun begun = starter.start(machine, of("2025-11-01"));

        assertThat(begun.arn()).isEqualTo(other);
        assertThat(begun.how()).contains("attached: ", "its input is not what was asked for now: {");
        assertThat(executions.starts()).isEmpty();
    }

    @Test
    void doesNotStartTwiceWhatBeganAndEndedWhileTheAnswerWasLost() {
        ExecutionArn ours = executions.add(machine, "2025-11-01-1", ExecutionState.FAILED, INPUT);
        executions.leaveOut(ours);

        ExecutionStarter.Begun begun = starter.start(machine, of("2025-11-01"));

        assertThat(begun.arn()).isEqualTo(ours);
        assertThat(begun.how()).isEqualTo("attached: this execution of the snapshot began just now, and has ended");
    }

    @Test
    void takesTheNextNumberAfterAnotherExecutionThatHasEnded() {
        executions.leaveOut(executions.add(machine, "2025-11-01-1", ExecutionState.FAILED, SCHEDULED));

        assertThat(starter.start(machine, of("2025-11-01")).arn().name()).isEqualTo("2025-11-01-2");
    }

    @Test
    void givesUpWhenEveryNumberIsTaken() {
        for (int i = 1; i <= 30; i++) {
            executions.leaveOut(executions.add(machine, "2025-11-01-" + i, ExecutionState.FAILED, SCHEDULED));
        }

        assertFails(FailureKind.BUSY, () -> starter.start(machine, of("2025-11-01")))
                .hasMessageContaining("the names 2025-11-01-20 and 19 before it are taken");
    }

    @Test
    void readsBackAStartWhoseAnswerWasLost() {
        executions.loseTheAnswerOfStart();

        ExecutionStarter.Begun begun = starter.start(machine, of("2025-11-01"));

        assertThat(begun.arn().name()).isEqualTo("2025-11-01-1");
        assertThat(begun.how()).isEqualTo("started; the answer to that was lost");
        assertThat(executions.starts()).hasSize(1);
    }

    @Test
    void failsWhenReadingBackFindsNothing() {
        executions.refuseStarts(new JobFailure(FailureKind.SERVICE, "no answer"));

        assertFails(FailureKind.SERVICE, () -> starter.start(machine, of("2025-11-01")))
                .hasMessageContaining("no answer");
    }

    private static SequenceInput of(String date) {
        return new SequenceInput(
                Optional.of(SnapshotDate.parse(date)), Optional.empty(), false, false, false, List.of());
    }
}
