package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of an object of a definition, taken one by one; what is missing, malformed or left over is a problem. */
final class Fields {
    private final JsonNode object;
    private final String place;
    private final Problems problems;
    private final Set<String> taken = new HashSet<>();

    Fields(JsonNode object, String place, Problems problems) {
        this.object = object;
        this.place = place;
        this.problems = problems;
        if (!object.isObject()) {
            problems.add(place, "an object is expected");
        }
    }

    /** How problems name a field. */
    String at(String name) {
        return place + ": " + name;
    }

    boolean has(String name) {
        return object.has(name);
    }

    Optional<JsonNode> any(String name) {
        taken.add(name);
        return Optional.ofNullable(object.get(name));
    }

    Optional<String> optionalText(String name) {
        Optional<JsonNode> value = any(name);
        if (value.isPresent()
                && (!value.get().isTextual() || value.get().textValue().isEmpty())) {
            problems.add(at(name), "a text is expected");
            return Optional.empty();
        }
        return value.map(JsonNode::textValue);
    }

    String text(String name) {
        if (!has(name)) {
            problems.add(place, "the field \"%s\" is missing".formatted(name));
        }
        return optionalText(name).orElse("");
    }

    Optional<Integer> optionalWhole(String name, int smallest, int biggest) {
        Optional<JsonNode> value = any(name);
        if (value.isPresent()
                && (!value.get().isInt()
                        || value.get().intValue() < smallest
                        || value.get().intValue() > biggest)) {
            problems.add(at(name), "a whole number from %d to %d is expected".formatted(smallest, biggest));
            return Optional.empty();
        }
        return value.map(JsonNode::intValue);
    }

    /** The elements of an array that may not be empty. */
    List<JsonNode> array(String name) {
        List<JsonNode> elements = new ArrayList<>();
        any(name).filter(JsonNode::isArray).ifPresent(array -> array.forEach(elements::add));
        if (elements.isEmpty()) {
            problems.add(at(name), "an array that is not empty is expected");
        }
        return elements;
    }

    /** Says that every field has been taken that is known: the others are problems. */
    void end() {
        object.fieldNames().forEachRemaining(name -> {
            if (!taken.contains(name)) {
                problems.add(at(name), "the field is not interpreted here");
            }
        });
    }
}
