package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A comparison with a constant; a value of another kind than the constant's does not pass. */
interface ValueTest {
    /** The operators that make one. */
    List<String> OPERATORS =
            List.of("BooleanEquals", "NumericEquals", "NumericGreaterThanEquals", "StringEquals", "StringMatches");

    boolean passes(JsonNode value);

    /** Reads the constant; empty when it is of the wrong kind, IllegalArgumentException when its text is wrong. */
    static Optional<ValueTest> of(String operator, JsonNode constant) {
        return switch (operator) {
            case "BooleanEquals" -> constant.isBoolean() ? Optional.of(constant::equals) : Optional.empty();
            case "NumericEquals" ->
                number(constant)
                        .map(number -> value -> number(value)
                                .filter(n -> n.compareTo(number) == 0)
                                .isPresent());
            case "NumericGreaterThanEquals" ->
                number(constant)
                        .map(number -> value -> number(value)
                                .filter(n -> n.compareTo(number) >= 0)
                                .isPresent());
            case "StringEquals" -> constant.isTextual() ? Optional.of(constant::equals) : Optional.empty();
            case "StringMatches" ->
                constant.isTextual()
                        ? Optional.of(matching(StringPattern.parse(constant.textValue())))
                        : Optional.empty();
            default -> throw new IllegalStateException("no operator " + operator);
        };
    }

    private static ValueTest matching(StringPattern pattern) {
        return value -> value.isTextual() && pattern.matches(value.textValue());
    }

    private static Optional<BigDecimal> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
    }
}
