package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/** The intrinsic functions whose arguments are values; {@link FormatCall} is the one beside them. */
enum IntrinsicFunction {
    STRING_TO_JSON("States.StringToJson", 1, 1),
    JSON_TO_STRING("States.JsonToString", 1, 1),
    /** Takes the fields of the second object before those of the first; the third argument is false: not a deep merge. */
    JSON_MERGE("States.JsonMerge", 3, 3),
    ARRAY_CONTAINS("States.ArrayContains", 2, 2),
    /** Splits at each of the characters of the second text, and leaves out what is empty. */
    STRING_SPLIT("States.StringSplit", 2, 2),
    ARRAY("States.Array", 0, Integer.MAX_VALUE);

    private final String written;
    private final int fewest;
    private final int most;

    IntrinsicFunction(String written, int fewest, int most) {
        this.written = written;
        this.fewest = fewest;
        this.most = most;
    }

    static Optional<IntrinsicFunction> named(String written) {
        return Arrays.stream(values())
                .filter(function -> function.written.equals(written))
                .findFirst();
    }

    String written() {
        return written;
    }

    boolean takes(int arguments) {
        return arguments >= fewest && arguments <= most;
    }

    /** The function's value; throws States.IntrinsicFailure when the arguments are of another kind. */
    JsonNode apply(List<JsonNode> arguments) {
        return switch (this) {
            case STRING_TO_JSON -> parsed(text(arguments.get(0)));
            case JSON_TO_STRING -> TextNode.valueOf(arguments.get(0).toString());
            case JSON_MERGE -> merged(arguments.get(0), arguments.get(1), arguments.get(2));
            case ARRAY_CONTAINS -> contains(arguments.get(0), arguments.get(1));
            case STRING_SPLIT -> split(text(arguments.get(0)), text(arguments.get(1)));
            case ARRAY -> JsonNodeFactory.instance.arrayNode().addAll(arguments);
        };
    }

    private JsonNode parsed(String text) {
        try {
            // By its bytes, for the other overload wants a dependency on the parser under Jackson's trees.
            JsonNode node = new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text.getBytes(StandardCharsets.UTF_8));
            if (node.isMissingNode()) {
                throw failure("its argument is empty");
            }
            return node;
        } catch (IOException e) {
            throw failure("its argument is no JSON");
        }
    }

    private JsonNode merged(JsonNode first, JsonNode second, JsonNode deep) {
        if (!first.isObject() || !second.isObject()) {
            throw failure("it merges two objects, and was given " + kind(first) + " and " + kind(second));
        }
        if (!deep.isBoolean() || deep.booleanValue()) {
            throw failure("it merges with false as the third argument only");
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.setAll((ObjectNode) first);
        merged.setAll((ObjectNode) second);
        return merged;
    }

    private JsonNode contains(JsonNode array, JsonNode value) {
        if (!array.isArray()) {
            throw failure("it looks into an array, and was given " + kind(array));
        }
        for (JsonNode element : array) {
            if (element.equals(value)) {
                return BooleanNode.TRUE;
            }
        }
        return BooleanNode.FALSE;
    }

    private static JsonNode split(String text, String separators) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        StringTokenizer tokens = new StringTokenizer(text, separators);
        while (tokens.hasMoreTokens()) {
            parts.add(tokens.nextToken());
        }
        return parts;
    }

    private String text(JsonNode argument) {
        if (!argument.isTextual()) {
            throw failure("it takes text, and was given " + kind(argument));
        }
        return argument.textValue();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "null";
        };
    }

    private StateError failure(String what) {
        return new StateError(ErrorName.INTRINSIC_FAILURE, "The function '%s' failed: %s".formatted(written, what));
    }
}
