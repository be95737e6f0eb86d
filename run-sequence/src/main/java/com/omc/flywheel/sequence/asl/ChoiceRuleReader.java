package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the rules of Choice states. */
final class ChoiceRuleReader {
    private static final String IS_PRESENT = "IsPresent";
    private static final String IS_STRING = "IsString";
    private static final List<String> OPERATORS = Stream.of(
                    Stream.of("And", "Or", "Not", IS_PRESENT, IS_STRING), ValueTest.OPERATORS.stream())
            .flatMap(names -> names)
            .toList();

    /** What stands for a rule that was not understood; the definition is refused anyway. */
    private static final ChoiceRule NEVER = scope -> false;

    private final Problems problems;

    ChoiceRuleReader(Problems problems) {
        this.problems = problems;
    }

    /** Takes the rule's fields. */
    ChoiceRule read(Fields fields, String place) {
        List<String> operators = OPERATORS.stream().filter(fields::has).toList();
        if (operators.size() != 1) {
            problems.add(place, "one operator is expected, one of " + String.join(", ", OPERATORS));
            operators.forEach(fields::any);
            fields.any("Variable");
            return NEVER;
        }
        String operator = operators.get(0);
        return switch (operator) {
            case "And" -> new ChoiceRule.And(rules(fields, operator));
            case "Or" -> new ChoiceRule.Or(rules(fields, operator));
            case "Not" -> new ChoiceRule.Not(inner(fields.any(operator).orElseThrow(), fields.at(operator)));
            default -> comparison(fields, operator);
        };
    }

    private List<ChoiceRule> rules(Fields fields, String operator) {
        List<ChoiceRule> rules = new ArrayList<>();
        List<JsonNode> elements = fields.array(operator);
        for (int i = 0; i < elements.size(); i++) {
            rules.add(inner(elements.get(i), "%s[%d]".formatted(fields.at(operator), i)));
        }
        return rules;
    }

    private ChoiceRule inner(JsonNode rule, String place) {
        Fields fields = new Fields(rule, place, problems);
        ChoiceRule read = read(fields, place);
        fields.end();
        return read;
    }

    private ChoiceRule comparison(Fields fields, String operator) {
        JsonNode constant = fields.any(operator).orElseThrow();
        ReferencePath variable;
        try {
            variable = ReferencePath.parse(fields.text("Variable"));
        } catch (IllegalArgumentException e) {
            problems.add(fields.at("Variable"), e.getMessage());
            return NEVER;
        }
        if (operator.equals(IS_PRESENT) || operator.equals(IS_STRING)) {
            if (!constant.isBoolean()) {
                problems.add(fields.at(operator), "true or false is expected");
            }
            return operator.equals(IS_PRESENT)
                    ? new ChoiceRule.IsPresent(variable, constant.booleanValue())
                    : new ChoiceRule.IsString(variable, constant.booleanValue());
        }
        Optional<ValueTest> test;
        try {
            test = ValueTest.of(operator, constant);
        } catch (IllegalArgumentException e) {
            problems.add(fields.at(operator), e.getMessage());
            return NEVER;
        }
        if (test.isEmpty()) {
            problems.add(fields.at(operator), "%s is of another kind than the operator's".formatted(constant));
            return NEVER;
        }
        return new ChoiceRule.Comparison(variable, test.get());
    }
}
