package com.omc.flywheel.sequence.aws;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionFollowerTest {
    private final FakeExecutions executions = new FakeExecutions();
    private final ExecutionArn arn =
            executions.add(executions.addStateMachine("machine"), "2025-11-01-1", ExecutionState.RUNNING, "{}");
    private final History history = new History();
    private final Told told = new Told();
    private final ExecutionTrace trace = new ExecutionTrace(
            arn, SequenceSteps.read(Path.of(System.getProperty("flywheel.home")), "bucketed"), told, new EventClock());
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    private final ExecutionFollower follower = new ExecutionFollower(
            executions,
            wait -> {
                waits.add(wait);
                meanwhile.run();
            },
            warnings::add);

    @Test
    void asksLessOftenWhileNothingHappensAndOftenAgainWhenSomethingDoes() {
        executions.setHistory(arn, history.events());
        meanwhile = () -> {
            if (waits.size() == 6) {
                history.decided("2025-11-01");
            } else if (waits.size() == 8) {
                history.succeeded();
            }
            executions.setHistory(arn, history.events());
        };

        assertThat(follower.follow(arn, trace).state()).isEqualTo(ExecutionState.SUCCEEDED);

        assertThat(waits).extracting(Duration::toSeconds).containsExactly(2L, 4L, 8L, 15L, 15L, 15L, 2L, 4L);
        assertThat(told.lines()).containsExactly("resolve-snapshot started jr_first", "resolve-snapshot done after 80");
    }

    @Test
    void asksAgainWhenThereIsNoAnswerAndSaysSoOnce() {
        executions.failHistory(new JobFailure(FailureKind.SERVICE, "no answer"));
        executions.failHistory(new JobFailure(FailureKind.SERVICE, "no answer"));
        executions.setHistory(arn, history.succeeded().events());

        assertThat(follower.follow(arn, trace).state()).isEqualTo(ExecutionState.SUCCEEDED);

        assertThat(waits).containsOnly(Duration.ofMinutes(1)).hasSize(2);
        assertThat(warnings).containsExactly("SERVICE: no answer; asking again every minute");
    }

    @Test
    void waitsForAnExecutionThatBeganJustNowButNotForEver() {
        executions.failHistory(new JobFailure(FailureKind.MISSING_INPUT, "there is no execution"));
        executions.failHistory(new JobFailure(FailureKind.MISSING_INPUT, "there is no execution"));
        executions.setHistory(arn, history.succeeded().events());

        assertThat(follower.follow(arn, trace).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(waits).extracting(Duration::toSeconds).containsExactly(4L, 8L);
        assertThat(warnings).isEmpty();

        executions.failHistory(new JobFailure(FailureKind.MISSING_INPUT, "it was there, and is not"));
        assertFails(FailureKind.MISSING_INPUT, () -> follower.follow(arn, trace))
                .hasMessageContaining("it was there");
    }

    @Test
    void doesNotWaitForEverForAnExecutionThatIsNeverThere() {
        for (int i = 0; i < 100; i++) {
            executions.failHistory(new JobFailure(FailureKind.MISSING_INPUT, "there is no execution"));
        }

        assertFails(FailureKind.MISSING_INPUT, () -> follower.follow(arn, trace))
                .hasMessageContaining("there is no execution");
        assertThat(waits).hasSize(19);
    }

    @Test
    void givesUpAfterALongSilence() {
        for (int i = 0; i < 100; i++) {
            executions.failHistory(new JobFailure(FailureKind.SERVICE, "no answer"));
        }

        assertFails(FailureKind.SERVICE, () -> follower.follow(arn, trace)).hasMessageContaining("no answer");
        assertThat(waits).hasSize(29);
    }

    @Test
    void givesUpAtOnceWhenItIsRefused() {
        executions.failHistory(new JobFailure(FailureKind.ACCESS_DENIED, "the token has expired"));

        assertFails(FailureKind.ACCESS_DENIED, () -> follower.follow(arn, trace))
                .hasMessageContaining("the token has expired");
        assertThat(waits).isEmpty();
    }
}
