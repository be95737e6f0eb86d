package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of a request, whose fields are checked as they are read. */
record GlueRequest(String operation, JsonNode body) {
    /** The name of a database or table, folded. */
    String name(String field) throws AwsJsonError {
        return Names.folded(required(field, Shape.singleLine(GlueLimit.NAME)).textValue());
    }

    Optional<String> text(String field, GlueLimit limit) throws AwsJsonError {
        return optional(field, Shape.text(limit)).map(JsonNode::textValue);
    }

    boolean flag(String field) throws AwsJsonError {
        return optional(field, Shape.flag()).map(JsonNode::booleanValue).orElse(false);
    }

    Optional<Integer> number(String field, GlueLimit limit) throws AwsJsonError {
        return optional(field, Shape.number(limit)).map(JsonNode::intValue);
    }

    ObjectNode structure(String field, Shape.Structure shape) throws AwsJsonError {
        return (ObjectNode) required(field, shape);
    }

    Optional<JsonNode> optionalStructure(String field, Shape.Structure shape) throws AwsJsonError {
        return optional(field, shape);
    }

    List<ObjectNode> structures(String field, GlueLimit limit, Shape.Structure shape) throws AwsJsonError {
        List<ObjectNode> members = new ArrayList<>();
        required(field, Shape.list(limit, shape)).forEach(member -> members.add((ObjectNode) member));
        return members;
    }

    List<String> names(String field, GlueLimit limit) throws AwsJsonError {
        List<String> names = new ArrayList<>();
        required(field, Shape.list(limit, Shape.singleLine(GlueLimit.NAME)))
                .forEach(name -> names.add(name.textValue()));
        return names;
    }

    List<String> values(String field) throws AwsJsonError {
        return PartitionKey.values(required(field, InputShapes.VALUES));
    }

    private JsonNode required(String field, Shape shape) throws AwsJsonError {
        Optional<JsonNode> value = optional(field, shape);
        if (value.isEmpty()) {
            Violations violations = new Violations();
            violations.missing(Names.lowerCamel(field));
            violations.throwIfAny();
        }
        return value.orElseThrow();
    }

    private Optional<JsonNode> optional(String field, Shape shape) throws AwsJsonError {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        Violations violations = new Violations();
        shape.check(Names.lowerCamel(field), value, violations);
        violations.throwIfAny();
        return Optional.of(value);
    }
}
