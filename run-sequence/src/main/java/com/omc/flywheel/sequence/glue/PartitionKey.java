package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** The values of a partition, in the form that tells one from another: their JSON. */
final class PartitionKey {
    private PartitionKey() {}

    static String of(List<String> values) {
        return json(values).toString();
    }

    static List<String> values(JsonNode list) {
        List<String> values = new ArrayList<>();
        list.forEach(value -> values.add(value.textValue()));
        return values;
    }

    static ArrayNode json(List<String> values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return list;
    }
}
