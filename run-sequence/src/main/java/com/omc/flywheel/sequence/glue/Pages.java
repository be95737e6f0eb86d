package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.storage.Sha256;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Cuts lists into pages.
 *
 * <p>A token names the last entry of its page, so that entries that come or go between two pages move no others; it
 * holds for the same request only.
 */
record Pages(int pageSize) {
    private static final String TOKEN = "NextToken";
    private static final String MAX_RESULTS = "MaxResults";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One page.
     *
     * @param field what the entries are called in the answer
     * @param limit of MaxResults; a request without it gets pages of this size
     */
    ObjectNode of(GlueRequest request, String field, GlueLimit limit, NavigableMap<String, ObjectNode> entries)
            throws AwsJsonError {
        int size = Math.min(pageSize, request.number(MAX_RESULTS, limit).orElse(limit.maximum()));
        Optional<String> after = after(request);
        NavigableMap<String, ObjectNode> rest = after.isPresent() ? entries.tailMap(after.get(), false) : entries;
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode page = answer.putArray(field);
        String last = "";
        for (Map.Entry<String, ObjectNode> entry : rest.entrySet()) {
            if (page.size() == size) {
                answer.put(TOKEN, token(request, last));
                break;
            }
            page.add(entry.getValue());
            last = entry.getKey();
        }
        return answer;
    }

    private static String token(GlueRequest request, String last) {
        String content = JsonNodeFactory.instance
                .arrayNode()
                .add(scope(request))
                .add(last)
                .toString();
        return Base64.getUrlEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> after(GlueRequest request) throws AwsJsonError {
        JsonNode token = request.body().path(TOKEN);
        if (!token.isTextual()) {
            return Optional.empty();
        }
        try {
            JsonNode content = JSON.readTree(Base64.getUrlDecoder().decode(token.textValue()));
            if (content.path(0).asText().equals(scope(request))) {
                return Optional.of(content.path(1).asText());
            }
        } catch (IllegalArgumentException | IOException e) {
            throw GlueErrors.invalid("NextToken is not one that this catalog has given");
        }
        throw GlueErrors.invalid("NextToken was given for another request");
    }

    private static String scope(GlueRequest request) {
        ObjectNode rest = request.body().deepCopy();
        rest.remove(TOKEN);
        rest.remove(MAX_RESULTS);
        return Sha256.of(request.operation() + rest);
    }
}
