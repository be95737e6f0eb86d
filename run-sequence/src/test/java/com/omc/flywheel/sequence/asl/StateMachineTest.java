package com.omc.flywheel.sequence.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateMachineTest {
    @ParameterizedTest
    @ValueSource(strings = {"bucketed", "partitioned"})
    void readsTheCommittedSequences(String sequence) {
        assertThat(Run.sequence(sequence).timeout()).contains(Duration.ofDays(2));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(
                        () -> read(
                                """
                        {"StartAt": "A", "Version": "1.0", "States": {
                          "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "HeartbeatSeconds": 5, "Next": "Nowhere",
                            "Retry": [{"ErrorEquals": ["States.ALL", "X"], "BackoffRate": 0.5}, {"ErrorEquals": ["States.Runtime"]}]},
                          "B": {"Type": "Map", "End": true},
                          "C": {"Type": "Choice", "Choices": [
                            {"Variable": "$.a..b", "StringEquals": "x", "Next": "A"},
                            {"Variable": "$.a", "StringLessThan": "x", "Next": "A"},
                            {"Not": {"Variable": "$.a", "NumericEquals": "1"}, "Next": "A"}]},
                          "D": {"Type": "Pass", "Parameters": {"x.$": "States.UUID()", "y.$": "$$.Task.Token"}, "Result": 1, "ResultPath": "$.a[0]"}}}
                        """))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("BAD_DATA: test is no state machine")
                .hasMessageContainingAll(
                        "the state machine: Version: the field is not interpreted here",
                        "state \"A\": Resource: \"arn:aws:states:::lambda:invoke\" is none of",
                        "state \"A\": HeartbeatSeconds: the field",
                        "state \"A\": there is no state \"Nowhere\"",
                        "state \"A\": Retry[0]: ErrorEquals: States.ALL stands alone",
                        "state \"A\": Retry[0]: BackoffRate: a number of at least 1",
                        "state \"A\": Retry[1]: ErrorEquals: \"States.Runtime\" is none of",
                        "state \"B\": Type: \"Map\" is none of Task",
                        "state \"C\": Choices[0]: Variable: \"$.a..b\" is no path",
                        "state \"C\": Choices[1]: one operator is expected",
                        "state \"C\": Choices[2]: Not: NumericEquals: \"1\" is of another kind",
                        "state \"D\": Parameters.x.$: \"States.UUID\" is none of the functions",
                        "state \"D\": Parameters.y.$: \"$$.Task.Token\" is none of the known paths",
                        "state \"D\": Result: it is there beside Parameters",
                        "state \"D\": ResultPath: \"$.a[0]\" is no place",
                        "state \"D\": Next: either Next or End");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"StartAt\": \"B\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}} | StartAt: there is no state \"B\"",
                "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}, \"B\": {\"Type\": \"Succeed\"}}} | state \"B\": no other state leads to it",
                "{\"StartAt\": \"A\", \"States\": {}} | States: an object with states is expected",
                "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\", \"Type\": \"Fail\"}}} | is no JSON",
                "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Fail\", \"Error\": \"x\"}}} | the field \"Cause\" is missing",
                "[] | the state machine: an object is expected"
            })
    void refuses(String definition, String problem) {
        assertThatThrownBy(() -> read(definition))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining(problem);
    }

    private static StateMachine read(String definition) {
        return StateMachine.read("test", definition);
    }
}
