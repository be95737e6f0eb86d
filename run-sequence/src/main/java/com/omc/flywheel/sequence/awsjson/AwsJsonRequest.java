package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** AWS JSON 1.1: a header names the target, everything else is in the body, an error too. */
final class AwsJsonRequest implements ServiceRequest {
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/x-amz-json-1.1");

    private final String target;
    private final byte[] body;

    AwsJsonRequest(String target, byte[] body) {
        this.target = target;
        this.body = body;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public JsonNode content() throws AwsJsonError {
        return JsonBody.read(body);
    }

    @Override
    public Reply reply(ObjectNode answer) {
        return new Reply(Reply.OK, HEADERS, answer);
    }

    @Override
    public Reply reply(AwsJsonError error) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("__type", error.type());
        answer.put("Message", error.getMessage());
        answer.put("message", error.getMessage());
        error.details().forEach(answer::put);
        return new Reply(error.status(), HEADERS, answer);
    }
}
