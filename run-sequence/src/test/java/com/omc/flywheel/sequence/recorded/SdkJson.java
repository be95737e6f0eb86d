package com.omc.flywheel.sequence.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.cleanrooms.model.SchemaStatus;

/** What a client of the SDK has read, as the JSON that it read it from: members that it does not know are missing. */
final class SdkJson {
    /** What every enumeration of the SDK has for a value that it does not know; an absent one is null. */
    private static final String UNKNOWN = SchemaStatus.UNKNOWN_TO_SDK_VERSION.name();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SdkJson() {}

    /**
     * One structure.
     *
     * @throws IllegalStateException when a member has a value that the client does not know
     */
    static ObjectNode of(SdkPojo read) {
        checkValues(read);
        ObjectNode object = NODES.objectNode();
        for (SdkField<?> field : read.sdkFields()) {
            Object value = field.getValueOrDefault(read);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                object.set(field.locationName(), node(value));
            }
        }
        return object;
    }

    /** The same with numbers in the form in which {@link #of} has them. */
    static JsonNode normalised(JsonNode node) {
        if (node.isNumber()) {
            return number(node.decimalValue());
        }
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode();
            node.forEach(member -> array.add(normalised(member)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = NODES.objectNode();
            node.fields().forEachRemaining(field -> object.set(field.getKey(), normalised(field.getValue())));
            return object;
        }
        return node;
    }

    /** The SDK reads values of enumerations as text; only their getters tell whether it knows them. */
    private static void checkValues(SdkPojo read) {
        for (Method getter : read.getClass().getMethods()) {
            Class<?> type = getter.getReturnType();
            if (getter.getParameterCount() == 0 && (type.isEnum() || type == List.class)) {
                try {
                    Object value = getter.invoke(read);
                    List<?> values = value instanceof List<?> list ? list : Collections.singletonList(value);
                    if (values.stream().anyMatch(SdkJson::isUnknown)) {
                        throw new IllegalStateException("%s of %s".formatted(getter.getName(), read));
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static boolean isUnknown(Object value) {
        return value instanceof Enum<?> constant && constant.name().equals(UNKNOWN);
    }

    private static JsonNode node(Object value) {
        if (value instanceof SdkPojo structure) {
            return of(structure);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(member -> array.add(node(member)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((name, member) -> object.set((String) name, node(member)));
            return object;
        }
        if (value instanceof Instant time) {
            return number(BigDecimal.valueOf(time.toEpochMilli(), 3));
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Integer number) {
            return number(BigDecimal.valueOf(number));
        }
        return NODES.textNode((String) value);
    }

    private static JsonNode number(BigDecimal number) {
        return DecimalNode.valueOf(number.stripTrailingZeros());
    }
}
