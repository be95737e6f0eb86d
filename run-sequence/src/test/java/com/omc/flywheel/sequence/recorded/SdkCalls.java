package com.omc.flywheel.sequence.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.RestRoute;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Calls a client of the SDK by the name of an operation. */
final class SdkCalls {
    private static final String NEXT_TOKEN = "nextToken";

    private final SdkClient client;
    private final Class<?> type;

    SdkCalls(SdkClient client, Class<? extends SdkClient> type) {
        this.client = client;
        this.type = type;
    }

    /** The answer, of a list with the entries of all its pages; and how many calls it took. */
    record Answer(ObjectNode json, int pages) {}

    Answer all(RestRoute route, Map<String, String> labels) throws ReflectiveOperationException {
        ObjectNode whole = call(route, labels);
        int pages = 1;
        Optional<String> token = token(whole);
        while (token.isPresent()) {
            Map<String, String> next = new LinkedHashMap<>(labels);
            next.put(NEXT_TOKEN, token.get());
            ObjectNode page = call(route, next);
            pages++;
            token = token(page);
            page.fields()
                    .forEachRemaining(field -> whole.withArray(field.getKey()).addAll((ArrayNode) field.getValue()));
        }
        return new Answer(whole, pages);
    }

    private ObjectNode call(RestRoute route, Map<String, String> fields) throws ReflectiveOperationException {
        String operation = route.operation();
        Class<?> requestType = Class.forName(type.getPackageName() + ".model." + operation + "Request");
        Object builder = requestType.getMethod("builder").invoke(null);
        for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
            String value = fields.get(field.locationName());
            if (value != null) {
                field.set(builder, value);
            }
        }
        Class<?> builderType = Class.forName(requestType.getName() + "$Builder");
        Object request = builderType.getMethod("build").invoke(builder);
        String name = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
        Method method = type.getMethod(name, requestType);
        try {
            return SdkJson.of((SdkPojo) method.invoke(client, request));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("%s of %s: %s".formatted(operation, fields, e.getCause()), e.getCause());
        }
    }

    private static Optional<String> token(ObjectNode answer) {
        return Optional.ofNullable(answer.remove(NEXT_TOKEN)).map(JsonNode::asText);
    }
}
