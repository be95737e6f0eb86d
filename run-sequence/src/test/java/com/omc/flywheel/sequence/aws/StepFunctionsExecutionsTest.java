package com.omc.flywheel.sequence.aws;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import com.omc.flywheel.sequence.awsjson.RequestFault;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client of the SDK, against a service that answers over HTTP. */
@Timeout(120)
class StepFunctionsExecutionsTest {
    private static final String INPUT = "{\"snapshot_dt\":\"2025-11-01\"}";

    private final FakeExecutions fake = new FakeExecutions();
    private AwsJsonEndpoint endpoint;
    private Executions executions;
    private String machine;

    @BeforeEach
    void start() {
        endpoint = AwsJsonEndpoint.start(new ScriptedStepFunctions(fake, 3));
        executions = StepFunctionsExecutions.connectAnonymously(
                Map.of("AWS_ENDPOINT_URL_SFN", endpoint.endpoint().toString(), "AWS_REGION", "eu-west-1"));
        machine = fake.addStateMachine("machine");
    }

    @AfterEach
    void stop() {
        executions.close();
        endpoint.close();
    }

    @Test
    void findsAStateMachineOnTheLastPage() {
        for (int i = 0; i < 7; i++) {
            fake.addStateMachine("a-" + i);
        }

        assertThat(executions.stateMachine("machine")).hasValue(machine);
        assertThat(endpoint.requests("AWSStepFunctions.ListStateMachines")).isEqualTo(3);
        assertThat(executions.stateMachine("another")).isEmpty();
    }

    @Test
    void listsEveryExecutionTheNewestFirst() {
        for (int i = 1; i <= 8; i++) {
            fake.add(machine, "2025-11-01-" + i, i == 8 ? ExecutionState.RUNNING : ExecutionState.TIMED_OUT, INPUT);
        }

        assertThat(executions.list(machine))
                .hasSize(8)
                .startsWith(fake.list(machine).get(0), fake.list(machine).get(1));
        assertFails(FailureKind.MISSING_INPUT, () -> executions.list(machine + "x"))
                .hasMessageContaining("states:ListExecutions: there is no state machine " + machine + "x");
    }

    @Test
    void describesAnExecutionWithItsInput() {
        ExecutionArn arn = fake.add(machine, "a", ExecutionState.ABORTED, INPUT);
        fake.become(arn, ExecutionState.ABORTED, Optional.of("it is too old"));

        Execution found = executions.find(arn).orElseThrow();

        assertThat(found).isEqualTo(fake.find(arn).orElseThrow());
        assertThat(found.notRedrivable()).hasValue("it is too old");
        assertThat(executions.find(ExecutionArn.of(machine, "b"))).isEmpty();
    }

    @Test
    void startsAnExecutionOnceThoughTheAnswerIsLost() {
        endpoint.faults().onCall("AWSStepFunctions.StartExecution", 1, RequestFault.answerLost());
        endpoint.faults().onCall("AWSStepFunctions.StartExecution", 2, RequestFault.failedAfterTheEffect());

        assertThat(executions.start(machine, "a", INPUT)).isTrue();

        assertThat(endpoint.requests("AWSStepFunctions.StartExecution")).isEqualTo(3);
        assertThat(fake.starts()).containsExactly("a " + INPUT);
    }

    @Test
    void saysThatANameIsTaken() {
        fake.add(machine, "a", ExecutionState.SUCCEEDED, INPUT);

        assertThat(executions.start(machine, "a", INPUT)).isFalse();
        assertThat(endpoint.requests("AWSStepFunctions.StartExecution")).isEqualTo(1);
    }

    @Test
    void repeatsWhatIsThrottled() {
        endpoint.faults().onCalls("AWSStepFunctions.StartExecution", 1, 2, RequestFault.throttled());
        endpoint.faults().onCalls("AWSStepFunctions.GetExecutionHistory", 1, 2, RequestFault.throttled());

        assertThat(executions.start(machine, "a", INPUT)).isTrue();
        fake.setHistory(ExecutionArn.of(machine, "a"), new History().events());
        assertThat(executions.history(ExecutionArn.of(machine, "a"), 0)).hasSize(1);
    }

    @Test
    void saysWhatIsThrottledForTooLongOrRefused() {
        endpoint.faults().onEvery("AWSStepFunctions.ListStateMachines", RequestFault.throttled());
        endpoint.faults()
                .onEvery("AWSStepFunctions.StartExecution", RequestFault.deniedByIam("states:StartExecution", machine));
        endpoint.faults()
                .onEvery(
                        "AWSStepFunctions.StopExecution",
                        RequestFault.refused(AwsJsonError.ofCaller("ExecutionLimitExceeded", "too many")));
        ExecutionArn arn = fake.add(machine, "b", ExecutionState.RUNNING, INPUT);

        assertFails(FailureKind.SERVICE, () -> executions.stateMachine("machine"))
                .hasMessageContaining("states:ListStateMachines on the account");
        assertFails(FailureKind.ACCESS_DENIED, () -> executions.start(machine, "a", INPUT))
                .hasMessageContaining("states:StartExecution on execution a of state machine " + machine);
        assertFails(FailureKind.SERVICE, () -> executions.stop(arn, "why"))
                .hasMessageContaining("too many executions run");
    }

    @Test
    void readsWhatIsNewOfALongHistory() {
        ExecutionArn arn = fake.add(machine, "a", ExecutionState.RUNNING, INPUT);
        History history = new History().decided("2025-11-01");
        history.here()
                .enter("Task", "x")
                .scheduled("job")
                .failedTask("States.TaskFailed", "{}")
                .exit("Task", "x", "{}");
        history.end("ExecutionAborted", "Flywheel.Stopped", "why");
        fake.setHistory(arn, history.events());

        assertThat(executions.history(arn, 0)).isEqualTo(history.events());
        endpoint.resetCounts();
        int last = history.events().size();
        assertThat(executions.history(arn, last - 2)).isEqualTo(history.events().subList(last - 2, last));
        assertThat(executions.history(arn, last)).isEmpty();
        assertThat(endpoint.requests("AWSStepFunctions.GetExecutionHistory")).isEqualTo(2);
    }

    @Test
    void saysThatAnExecutionIsNotThere() {
        assertFails(FailureKind.MISSING_INPUT, () -> executions.history(ExecutionArn.of(machine, "b"), 0))
                .hasMessageContaining("states:GetExecutionHistory: there is no execution arn:aws:states:");
    }

    @Test
    void stopsAnExecutionAndSaysWhy() {
        ExecutionArn arn = fake.add(machine, "a", ExecutionState.RUNNING, INPUT);

        executions.stop(arn, "stopped by anna");

        assertThat(fake.stops()).containsExactly("a stopped by anna");
    }

    @Test
    void namesThePlaceThatItAsks() {
        assertThat(executions.place())
                .startsWith("the endpoint http://127.0.0.1:")
                .contains("AWS_ENDPOINT_URL_SFN");
        try (Executions onAws = StepFunctionsExecutions.connectAnonymously(Map.of("AWS_REGION", "cn-north-1"))) {
            assertThat(onAws.place()).isEqualTo("AWS Step Functions in cn-north-1");
        }
    }
}
