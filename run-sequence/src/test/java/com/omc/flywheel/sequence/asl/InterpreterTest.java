package com.omc.flywheel.sequence.asl;

import static com.omc.flywheel.sequence.asl.ScriptedTasks.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.asl.ExecutionEvent.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterTest {
    private static final String TASK = "'Type': 'Task', 'Resource': 'arn:aws:states:::sns:publish'";

    private final Run run = new Run();
    private final ScriptedTasks tasks = new ScriptedTasks();

    private static StateMachine machine(String states) {
        return StateMachine.read(
                "test",
                "{'StartAt': 'A', 'TimeoutSeconds': 100, 'States': {%s}}"
                        .formatted(states)
                        .replace('\'', '"'));
    }

    private Ended run(String states, String input) {
        return run.of(machine(states), Run.json(input), tasks);
    }

    @Test
    void tellsWhatHappensInItsOrder() {
        tasks.on("A", error("X", "first"), () -> Run.json("{'r': 1}"));

        Ended ended = run(
                "'A': {" + TASK
                        + ", 'Parameters': {'p': 1}, 'ResultPath': '$.a', 'Retry': [{'ErrorEquals': ['X']}], 'End': true}",
                "{'i': 2}");

        assertThat(ended.output()).isEqualTo(Run.json("{'i': 2, 'a': {'r': 1}}"));
        assertThat(run.events)
                .extracting(event -> event.kind() + " " + event.data())
                .containsExactly(
                        "STATE_ENTERED {\"i\":2}",
                        "TASK_STARTED {\"p\":1}",
                        "TASK_FAILED null",
                        "RETRIED {\"retry\":1,\"seconds\":1.0}",
                        "TASK_STARTED {\"p\":1}",
                        "TASK_SUCCEEDED {\"r\":1}",
                        "STATE_EXITED {\"i\":2,\"a\":{\"r\":1}}",
                        "EXECUTION_SUCCEEDED {\"i\":2,\"a\":{\"r\":1}}");
    }

    @Test
    void waitsLongerBeforeEachRetryUpToTheLimitAndCountsEachEntryByItself() {
        tasks.on("A", error("X", ""), error("X", ""), error("Y", ""), error("X", ""), error("X", ""));

        Ended ended = run(
                "'A': {" + TASK
                        + ", 'Retry': [{'ErrorEquals': ['X'], 'IntervalSeconds': 2, 'BackoffRate': 3, 'MaxDelaySeconds': 10, 'MaxAttempts': 3},"
                        + " {'ErrorEquals': ['States.ALL'], 'IntervalSeconds': 1}], 'End': true}",
                "{}");

        assertThat(ended.error()).contains("X");
        assertThat(run.waits).extracting(Duration::toSeconds).containsExactly(2L, 6L, 1L, 10L);
    }

    @ParameterizedTest
    @CsvSource({
        "States.ALL, X, true",
        "States.ALL, States.Timeout, true",
        "States.ALL, States.Runtime, false",
        "States.ALL, States.DataLimitExceeded, false",
        "States.TaskFailed, X, true",
        "States.TaskFailed, States.TaskFailed, true",
        "States.TaskFailed, States.Timeout, false",
        "States.TaskFailed, States.DataLimitExceeded, false",
        "States.DataLimitExceeded, States.DataLimitExceeded, true",
        "States.Timeout, States.Timeout, true",
        "X, Y, false"
    })
    void catchesByTheNamesOfErrors(String named, String error, boolean caught) {
        tasks.on("A", error(error, "why"));

        Ended ended = run(
                "'A': {" + TASK + ", 'Catch': [{'ErrorEquals': ['" + named
                        + "'], 'ResultPath': '$.e', 'Next': 'B'}], 'End': true}, 'B': {'Type': 'Succeed'}",
                "{}");

        assertThat(ended.succeeded()).isEqualTo(caught);
        assertThat(caught ? ended.output().toString() : ended.error().orElseThrow())
                .isEqualTo(caught ? "{\"e\":{\"Error\":\"" + error + "\",\"Cause\":\"why\"}}" : error);
    }

    @Test
    void catchesNoMissingPath() {
        Ended ended = run(
                "'A': {" + TASK
                        + ", 'Parameters': {'p.$': '$.missing'}, 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'B'}],"
                        + " 'End': true}, 'B': {'Type': 'Succeed'}",
                "{}");

        assertThat(ended.error()).contains("States.Runtime");
        assertThat(run.calls).isEmpty();
    }

    @Test
    void takesNoMoreDataThanStepFunctions() {
        JsonNode most = TextNode.valueOf("x".repeat(DataLimit.BYTES - 2));
        JsonNode more = TextNode.valueOf("x".repeat(DataLimit.BYTES - 1));
        String states = "'A': {" + TASK + ", 'End': true}";

        tasks.on("A", () -> most);
        assertThat(run(states, "{}").succeeded()).isTrue();
        tasks.on("A", () -> more);
        assertThat(run(states, "{}").error()).contains("States.DataLimitExceeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Variable': '$.n', 'NumericEquals': 3.0 | yes",
                "'Variable': '$.n', 'NumericGreaterThanEquals': 3 | yes",
                "'Variable': '$.n', 'NumericGreaterThanEquals': 4 | no",
                "'Variable': '$.s', 'NumericEquals': 3 | no",
                "'Variable': '$.s', 'StringEquals': 'a*b' | yes",
                "'Variable': '$.s', 'StringMatches': 'a*' | yes",
                "'Variable': '$.s', 'StringMatches': 'a\\\\*b' | yes",
                "'Variable': '$.s', 'StringMatches': 'a\\\\*' | no",
                "'Variable': '$.m', 'StringMatches': '*end' | yes",
                "'Variable': '$.t', 'BooleanEquals': true | yes",
                "'Variable': '$.s', 'IsString': true | yes",
                "'Variable': '$.n', 'IsString': false | yes",
                "'Variable': '$.x', 'IsPresent': false | yes",
                "'Variable': '$.x', 'IsString': true | States.Runtime",
                "'Not': {'Variable': '$.x', 'StringEquals': ''} | States.Runtime",
                "'And': [{'Variable': '$.x', 'IsPresent': true}, {'Variable': '$.x', 'IsString': true}] | no",
                "'Or': [{'Variable': '$.n', 'NumericEquals': 3}, {'Variable': '$.x', 'IsString': true}] | yes"
            })
    void choosesByRules(String rule, String outcome) {
        Ended ended = run(
                "'A': {'Type': 'Choice', 'Choices': [{" + rule + ", 'Next': 'yes'}], 'Default': 'no'},"
                        + " 'yes': {'Type': 'Succeed'}, 'no': {'Type': 'Succeed'}",
                "{'n': 3, 's': 'a*b', 't': true, 'm': 'two\\nlines end'}");

        assertThat(ended.error().orElseGet(() -> run.entered().get(1))).isEqualTo(outcome);
    }

    @Test
    void failsWithoutAnAlternativeThatHolds() {
        assertThat(run(
                                "'A': {'Type': 'Choice', 'Choices': [{'Variable': '$.n', 'NumericEquals': 1, 'Next': 'B'}]}, 'B': {'Type': 'Succeed'}",
                                "{'n': 2}")
                        .error())
                .contains("States.NoChoiceMatched");
    }

    @Test
    void endsWhenItsTimeIsOverAndLetsNoStateCatchThat() {
        tasks.on("A", error("X", ""));

        Ended ended = run(
                "'A': {" + TASK
                        + ", 'Retry': [{'ErrorEquals': ['States.ALL'], 'IntervalSeconds': 60, 'MaxAttempts': 9}],"
                        + " 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'B'}], 'End': true}, 'B': {'Type': 'Succeed'}",
                "{}");

        assertThat(ended.error()).contains("States.Timeout");
        assertThat(run.waits).extracting(Duration::toSeconds).containsExactly(60L, 40L);
        assertThat(run.calls.get(1).timeout()).contains(Duration.ofSeconds(40));
    }

    @Test
    void refusesAWaitThatIsNoNumberOfSeconds() {
        String states = "'A': {'Type': 'Wait', 'SecondsPath': '$.s', 'End': true}";

        assertThat(run(states, "{'s': 7}").succeeded()).isTrue();
        assertThat(run.waits).containsExactly(Duration.ofSeconds(7));
        assertThat(run(states, "{'s': '7'}").error()).contains("States.Runtime");
    }

    @Test
    void beginsNoBranchAfterOneThatFailed() {
        tasks.on("X", error("Broken", "why"));

        Ended ended = run(branches(), "{}");

        assertThat(ended.error()).contains("Broken");
        assertThat(run.called()).containsExactly("X");
        assertThat(run.all(Kind.EXECUTION_FAILED)).hasSize(1);
    }

    @Test
    void stopsTheOtherBranchesBeforeItEnds() {
        CountDownLatch otherRuns = new CountDownLatch(1);
        AtomicBoolean stopped = new AtomicBoolean();
        tasks.on("X", () -> {
                    await(otherRuns);
                    throw new StateError("Broken", "why");
                })
                .on("Y", () -> {
                    otherRuns.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        stopped.set(true);
                        Thread.currentThread().interrupt();
                    }
                    throw new StateError("Stopped", "interrupted");
                });

        Ended ended = run.of(machine(branches()), Run.json("{}"), tasks, 2);

        assertThat(ended.error()).contains("Broken");
        assertThat(stopped).isTrue();
        assertThat(run.entered()).doesNotContain("Z");
        assertThat(run.called()).containsExactlyInAnyOrder("X", "Y");
    }

    @Test
    void givesTheOutputsOfBranchesInTheirOrder() {
        CountDownLatch secondEnded = new CountDownLatch(1);
        tasks.on("X", () -> {
                    await(secondEnded);
                    return Run.json("1");
                })
                .on("Z", () -> {
                    secondEnded.countDown();
                    return Run.json("2");
                });

        assertThat(run.of(machine(branches()), Run.json("{}"), tasks, 2).output())
                .isEqualTo(Run.json("{'b': [1, 2]}"));
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        tasks.on("A", () -> {
            Thread.currentThread().interrupt();
            throw new StateError("X", "interrupted");
        });

        assertThatThrownBy(() -> run("'A': {" + TASK + ", 'Retry': [{'ErrorEquals': ['X']}], 'End': true}", "{}"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("was interrupted; start it again");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.called()).containsExactly("A");
    }

    private static String branches() {
        return "'A': {'Type': 'Parallel', 'ResultPath': '$.b', 'End': true, 'Branches': ["
                + "{'StartAt': 'X', 'States': {'X': {" + TASK + ", 'End': true}}},"
                + "{'StartAt': 'Y', 'States': {'Y': {" + TASK
                + ", 'Retry': [{'ErrorEquals': ['States.ALL']}], 'Next': 'Z'}, 'Z': {"
                + TASK + ", 'End': true}}}]}";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
