package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Where a state puts its result into its input.
 *
 * @param fields the fields on the way; none puts the result in place of the input; empty drops the result
 */
record ResultPath(Optional<List<String>> fields) {
    /** What a state without ResultPath has: the result is the output. */
    static final ResultPath WHOLE = new ResultPath(Optional.of(List.of()));

    /** JSON null: the input is the output. */
    static final ResultPath DROPPED = new ResultPath(Optional.empty());

    /** Reads it; throws IllegalArgumentException that says what is wrong. */
    static ResultPath parse(String text) {
        ReferencePath path = ReferencePath.parse(text);
        if (path.ofContext() || path.steps().stream().anyMatch(Integer.class::isInstance)) {
            throw new IllegalArgumentException("\"%s\" is no place for a result: fields alone".formatted(text));
        }
        return new ResultPath(
                Optional.of(path.steps().stream().map(String.class::cast).toList()));
    }

    /** The output; the input is not changed. Fields that are not there come into being. */
    JsonNode put(JsonNode input, JsonNode result) {
        return fields.map(way -> put(input, result, way)).orElse(input);
    }

    private static JsonNode put(JsonNode input, JsonNode result, List<String> way) {
        if (way.isEmpty()) {
            return result;
        }
        if (!input.isObject() && !input.isMissingNode()) {
            throw new StateError(
                    ErrorName.RESULT_PATH_MATCH_FAILURE,
                    "The result has no place at the field '%s' of what is no object".formatted(way.get(0)));
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        if (input instanceof ObjectNode object) {
            output.setAll(object);
        }
        output.set(way.get(0), put(input.path(way.get(0)), result, way.subList(1, way.size())));
        return output;
    }
}
