package com.omc.flywheel.sequence.aws;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionFinderTest {
    private final FakeExecutions executions = new FakeExecutions();
    private final String bucketed = executions.addStateMachine("etl-omc-flywheel-dev-bucketed");
    private final String partitioned = executions.addStateMachine("etl-omc-flywheel-dev-partitioned");
    private final ExecutionFinder finder =
            new ExecutionFinder(executions, "dev", List.of("bucketed", "partitioned", "third"));

    @Test
    void namesTheStateMachineThatIsNotThereAndWhatToDo() {
        assertThat(finder.stateMachine("bucketed")).isEqualTo(bucketed);
        assertFails(FailureKind.MISSING_INPUT, () -> finder.stateMachine("third"))
                .hasMessageContainingAll(
                        "no state machine etl-omc-flywheel-dev-third at AWS Step Functions in eu-west-1",
                        "terraform apply");
    }

    @Test
    void findsTheOneOfASequenceThatRunsElseTheNewest() {
        add(bucketed, "a", ExecutionState.SUCCEEDED);
        ExecutionArn running = add(bucketed, "b", ExecutionState.RUNNING);
        add(bucketed, "c", ExecutionState.FAILED);
        add(partitioned, "a", ExecutionState.SUCCEEDED);
        ExecutionArn newest = add(partitioned, "b", ExecutionState.FAILED);

        assertThat(finder.find("bucketed").execution().arn()).isEqualTo(running);
        assertThat(finder.find("partitioned").execution().arn()).isEqualTo(newest);
        assertThat(finder.find("partitioned").sequence()).isEqualTo("partitioned");
    }

    @Test
    void asksWhichOneOfSeveralThatRun() {
        add(bucketed, "a", ExecutionState.RUNNING);
        add(bucketed, "b", ExecutionState.RUNNING);

        assertFails(FailureKind.BAD_ARGUMENT, () -> finder.find("bucketed"))
                .hasMessageContaining("2 executions of bucketed run: b, a; name the one that is meant");
    }

    @Test
    void findsAnExecutionByNameByBothNamesAndByArn() {
        ExecutionArn arn = add(bucketed, "2025-11-01-1", ExecutionState.FAILED);

        for (String word : List.of("2025-11-01-1", "bucketed/2025-11-01-1", arn.toString())) {
            assertThat(finder.find(word).execution().arn()).as(word).isEqualTo(arn);
            assertThat(finder.find(word).sequence()).as(word).isEqualTo("bucketed");
        }
    }

    @Test
    void asksWhichSequenceWhenSeveralHaveTheName() {
        add(bucketed, "2025-11-01-1", ExecutionState.FAILED);
        ExecutionArn other = add(partitioned, "2025-11-01-1", ExecutionState.FAILED);

        assertFails(FailureKind.BAD_ARGUMENT, () -> finder.find("2025-11-01-1"))
                .hasMessageContaining("bucketed/2025-11-01-1, partitioned/2025-11-01-1");
        assertThat(finder.find("partitioned/2025-11-01-1").execution().arn()).isEqualTo(other);
    }

    @Test
    void saysThatThereIsNone() {
        assertFails(FailureKind.MISSING_INPUT, () -> finder.find("bucketed"))
                .hasMessageContaining("run-sequence/run aws bucketed --env dev");
        for (String word : List.of("2025-11-01-1", "no such name", "bucketed/x", "bucketed/")) {
            assertFails(FailureKind.MISSING_INPUT, () -> finder.find(word))
                    .hasMessageContaining("in dev at AWS Step Functions in eu-west-1");
        }
    }

    @Test
    void refusesAnArnOfAnotherEnvironment() {
        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> finder.find(
                                "arn:aws:states:eu-west-1:111122223333:execution:etl-omc-flywheel-prod-bucketed:a"))
                .hasMessageContaining("is not of a sequence in dev");
    }

    private ExecutionArn add(String machine, String name, ExecutionState state) {
        return executions.add(machine, name, state, "{}");
    }
}
