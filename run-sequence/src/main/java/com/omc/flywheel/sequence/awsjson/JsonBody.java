package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reads the body of a request. */
final class JsonBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonBody() {}

    static ObjectNode read(byte[] body) throws AwsJsonError {
        try {
            JsonNode request = JSON.readTree(body);
            if (request.isObject()) {
                return (ObjectNode) request;
            }
        } catch (IOException e) {
            throw AwsJsonError.ofCaller("SerializationException", "the body is not JSON: " + e.getMessage());
        }
        throw AwsJsonError.ofCaller("SerializationException", "the body is not a JSON object");
    }
}
