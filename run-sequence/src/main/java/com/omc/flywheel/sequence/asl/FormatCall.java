package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * A call of States.Format: text with a value at each {@code {}}.
 *
 * @param pieces the text around the values, one piece more than there are values
 * @param values what stands between the pieces
 */
record FormatCall(List<String> pieces, List<Expression> values) implements Expression {
    static final String NAME = "States.Format";

    FormatCall {
        pieces = List.copyOf(pieces);
        values = List.copyOf(values);
    }

    @Override
    public JsonNode evaluate(Scope scope) {
        StringBuilder text = new StringBuilder(pieces.get(0));
        for (int i = 0; i < values.size(); i++) {
            text.append(text(values.get(i).evaluate(scope))).append(pieces.get(i + 1));
        }
        return TextNode.valueOf(text.toString());
    }

    private static String text(JsonNode value) {
        if (value.isContainerNode()) {
            throw new StateError(
                    ErrorName.INTRINSIC_FAILURE,
                    "The function '%s' failed: it takes text, numbers, true, false and null, and was given an array or an object"
                            .formatted(NAME));
        }
        return value.asText();
    }
}
