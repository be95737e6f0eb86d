package com.omc.flywheel.sequence.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.storage.Sha256;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Cuts a list into pages of a size.
 *
 * <p>Filters apply to a page after it was cut. So a page may be short or empty and still have a token, which the services
 * reserve to themselves ("might return a nextToken even if the maxResults value has not been met"). A token holds for the
 * same request only.
 *
 * @param size entries of a page, at most
 * @param mostResults what a request may ask for, at most
 */
record ListPages(int size, int mostResults) {
    private static final String TOKEN = "nextToken";
    private static final String MAX_RESULTS = "maxResults";
    private static final char SEPARATOR = ' ';

    ListPages {
        if (size < 1) {
            throw new IllegalArgumentException("a page of %d entries: at least 1".formatted(size));
        }
    }

    ObjectNode page(RecordedOperation operation, JsonNode request, ObjectNode whole) throws AwsJsonError {
        JsonNode entries = whole.path(operation.list());
        int first = first(operation, request, entries.size());
        int end = Math.min(entries.size(), first + Math.min(size, asked(request)));
        ArrayNode page = JsonNodeFactory.instance.arrayNode();
        for (int i = first; i < end; i++) {
            if (isChosen(operation, request, entries.get(i))) {
                page.add(entries.get(i));
            }
        }
        whole.set(operation.list(), page);
        whole.remove(TOKEN);
        if (end < entries.size()) {
            whole.put(TOKEN, token(operation, request, end));
        }
        return whole;
    }

    private int asked(JsonNode request) throws AwsJsonError {
        if (!request.has(MAX_RESULTS)) {
            return mostResults;
        }
        int asked;
        try {
            asked = Integer.parseInt(request.path(MAX_RESULTS).asText());
        } catch (NumberFormatException e) {
            throw RecordedErrors.invalid("maxResults is not a number");
        }
        if (asked < 1 || asked > mostResults) {
            throw RecordedErrors.invalid("maxResults is %d; it must be 1 to %d".formatted(asked, mostResults));
        }
        return asked;
    }

    private static boolean isChosen(RecordedOperation operation, JsonNode request, JsonNode entry) {
        for (Map.Entry<String, String> filter : operation.filters().entrySet()) {
            JsonNode wanted = request.path(filter.getKey());
            if (wanted.isTextual()
                    && !wanted.asText().equals(entry.path(filter.getValue()).asText())) {
                return false;
            }
        }
        return true;
    }

    private static int first(RecordedOperation operation, JsonNode request, int entries) throws AwsJsonError {
        if (!request.has(TOKEN)) {
            return 0;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(request.path(TOKEN).asText());
            String content = new String(bytes, StandardCharsets.UTF_8);
            int separator = content.indexOf(SEPARATOR);
            if (separator > 0 && content.substring(0, separator).equals(scope(operation, request))) {
                int first = Integer.parseInt(content.substring(separator + 1));
                if (first > 0 && first < entries) {
                    return first;
                }
            }
        } catch (IllegalArgumentException e) {
            throw RecordedErrors.invalid("nextToken is not one that this service has given");
        }
        throw RecordedErrors.invalid("nextToken was given for another request");
    }

    private static String token(RecordedOperation operation, JsonNode request, int next) {
        String content = scope(operation, request) + SEPARATOR + next;
        return Base64.getUrlEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String scope(RecordedOperation operation, JsonNode request) {
        ObjectNode rest = request.deepCopy();
        rest.remove(TOKEN);
        rest.remove(MAX_RESULTS);
        return Sha256.of(operation.name() + rest);
    }
}
