package com.omc.flywheel.sequence.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final JsonNode DATA = Run.json(
            "{'a': {'b': [{'c': 'deep'}]}, 'n': 3, 't': true, 'z': null, 'list': 'x,y,,z', 'text': '{\\'k\\':[1]}'}");
    private static final Scope SCOPE = new Scope(
            DATA,
            ContextObject.of(
                    new ExecutionContext("machine", "run-1", Instant.EPOCH, Run.json("{'in': 1}")), "the state"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.a.b[0].c | \"deep\"",
                "$.z | null",
                "$$.Execution.Name | \"run-1\"",
                "$$.Execution.Id | \"arn:aws:states:local:000000000000:execution:machine:run-1\"",
                "$$.Execution.Input.in | 1",
                "$$.Execution.StartTime | \"1970-01-01T00:00:00Z\"",
                "$$.StateMachine.Name | \"machine\"",
                "$$.State.Name | \"the state\"",
                "States.Format('it''s', 1) | !",
                "States.Format('{} and {}, {} {}', $.a.b[0].c, $.n, $.t, $.z) | \"deep and 3, true null\"",
                "States.Format('\\{\\} \\'{}\\' \\\\', $.n) | \"{} '3' \\\\\"",
                "States.StringToJson($.text) | {\"k\":[1]}",
                "States.StringToJson('{\"k\": {\"l\": \"m\"}}') | {\"k\":{\"l\":\"m\"}}",
                "States.JsonToString($.a) | \"{\\\"b\\\":[{\\\"c\\\":\\\"deep\\\"}]}\"",
                "States.JsonMerge(States.StringToJson('{\"in\":0,\"b\":2}'), $$.Execution.Input, false) | {\"in\":1,\"b\":2}",
                "States.StringSplit($.list, ',') | [\"x\",\"y\",\"z\"]",
                "States.ArrayContains(States.StringSplit($.list, ','), 'y') | true",
                "States.ArrayContains(States.StringSplit($.list, ','), 'x,y') | false",
                "States.Array(1, 'b', null, $.t) | [1,\"b\",null,true]",
                "States.Array() | []"
            })
    void evaluates(String expression, String value) {
        if (value.equals("!")) {
            assertThatThrownBy(() -> ExpressionParser.parse(expression)).hasMessageContaining("comma");
        } else {
            assertThat(ExpressionParser.parse(expression).evaluate(SCOPE).toString())
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.missing | States.Runtime",
                "$.a.b[7] | States.Runtime",
                "States.Format('{}', $.missing) | States.Runtime",
                "States.Format('{}', $.a) | States.IntrinsicFailure",
                "States.StringToJson($.list) | States.IntrinsicFailure",
                "States.StringToJson('') | States.IntrinsicFailure",
                "States.StringToJson('{} {}') | States.IntrinsicFailure",
                "States.StringToJson($.n) | States.IntrinsicFailure",
                "States.JsonMerge($.a, $.n, false) | States.IntrinsicFailure",
                "States.JsonMerge($.a, $.a, true) | States.IntrinsicFailure",
                "States.ArrayContains($.n, 3) | States.IntrinsicFailure"
            })
    void failsWithTheErrorOfTheLanguage(String expression, String error) {
        assertThatThrownBy(() -> ExpressionParser.parse(expression).evaluate(SCOPE))
                .isInstanceOf(StateError.class)
                .hasMessageStartingWith(error + ": The ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.a[*]",
                "$['a']",
                "$..a",
                "$.a[-1]",
                "a.b",
                "$$.Task.Token",
                "States.UUID()",
                "States.Format($.a)",
                "States.Format('{}')",
                "States.Format('{}', 1, 2)",
                "States.Format('{x}', 1)",
                "States.StringToJson('a\\n')",
                "States.StringToJson()",
                "States.StringToJson('a'",
                "States.StringToJson('a') ",
                "States.Array(1e5)",
                "States.Array(x)"
            })
    void isRefusedWhenItIsRead(String expression) {
        assertThatThrownBy(() -> ExpressionParser.parse(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"");
    }

    @Test
    void goesTenCallsDeep() {
        String nine = "States.Array(".repeat(9) + "1" + ")".repeat(9);

        assertThat(ExpressionParser.parse("States.Array(" + nine + ")")
                        .evaluate(SCOPE)
                        .toString())
                .isEqualTo("[".repeat(10) + "1" + "]".repeat(10));
        assertThatThrownBy(() -> ExpressionParser.parse("States.Array(States.Array(" + nine + "))"))
                .hasMessageContaining("more than 10 calls");
    }

    @Test
    void fillsATemplateToItsDepth() {
        Problems problems = new Problems("test");
        PayloadTemplate template = PayloadTemplate.read(
                Run.json("{'x.$': '$.n', 'y': [{'z.$': '$.t'}, 'plain'], 'p': {'q': 1}}"), "here", problems);
        problems.refuse();

        assertThat(template.evaluate(SCOPE))
                .isEqualTo(Run.json("{'x': 3, 'y': [{'z': true}, 'plain'], 'p': {'q': 1}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$ | 5",
                "$.r | {'a': {'b': 1}, 'r': 5}",
                "$.a.c | {'a': {'b': 1, 'c': 5}}",
                "$.x.y | {'a': {'b': 1}, 'x': {'y': 5}}"
            })
    void putsAResultInItsPlace(String path, String output) {
        JsonNode input = Run.json("{'a': {'b': 1}}");

        assertThat(ResultPath.parse(path).put(input, Run.json("5"))).isEqualTo(Run.json(output));
        assertThat(input).isEqualTo(Run.json("{'a': {'b': 1}}"));
        assertThat(ResultPath.DROPPED.put(input, Run.json("5"))).isEqualTo(input);
    }

    @Test
    void putsNoResultIntoWhatIsNoObject() {
        assertThatThrownBy(() -> ResultPath.parse("$.a.b").put(Run.json("{'a': 1}"), Run.json("5")))
                .hasMessageStartingWith("States.ResultPathMatchFailure: ");
    }
}
