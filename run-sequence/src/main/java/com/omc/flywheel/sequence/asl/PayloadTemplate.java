package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value of Parameters or ResultSelector: JSON in which a field {@code "name.$"} becomes {@code name} with a value. */
final class PayloadTemplate {
    private static final String DYNAMIC = ".$";

    private final Expression root;

    private PayloadTemplate(Expression root) {
        this.root = root;
    }

    /** Reads it; what is wrong becomes a problem at the place. */
    static PayloadTemplate read(JsonNode template, String place, Problems problems) {
        return new PayloadTemplate(node(template, place, problems));
    }

    /** The JSON; throws StateError when a value of it cannot be had. */
    JsonNode evaluate(Scope scope) {
        return root.evaluate(scope);
    }

    private static Expression node(JsonNode template, String place, Problems problems) {
        if (template.isObject()) {
            return object(template, place, problems);
        }
        if (template.isArray()) {
            List<Expression> elements = new ArrayList<>();
            for (int i = 0; i < template.size(); i++) {
                elements.add(node(template.get(i), "%s[%d]".formatted(place, i), problems));
            }
            return scope -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                elements.forEach(element -> array.add(element.evaluate(scope)));
                return array;
            };
        }
        return scope -> template;
    }

    private static Expression object(JsonNode template, String place, Problems problems) {
        Map<String, Expression> fields = new LinkedHashMap<>();
        template.fields().forEachRemaining(field -> {
            String written = field.getKey();
            String at = place + "." + written;
            boolean dynamic = written.endsWith(DYNAMIC);
            String name = dynamic ? written.substring(0, written.length() - DYNAMIC.length()) : written;
            Expression value =
                    dynamic ? expression(field.getValue(), at, problems) : node(field.getValue(), at, problems);
            if (fields.put(name, value) != null) {
                problems.add(at, "the field \"%s\" is there with and without .$".formatted(name));
            }
        });
        return scope -> {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, value) -> object.set(name, value.evaluate(scope)));
            return object;
        };
    }

    private static Expression expression(JsonNode value, String place, Problems problems) {
        try {
            if (!value.isTextual()) {
                throw new IllegalArgumentException("the value of a field ending in .$ is a path or a call, in quotes");
            }
            return ExpressionParser.parse(value.textValue());
        } catch (IllegalArgumentException e) {
            problems.add(place, e.getMessage());
            return scope -> value;
        }
    }
}
