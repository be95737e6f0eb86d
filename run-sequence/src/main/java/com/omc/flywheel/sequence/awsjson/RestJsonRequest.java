package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** AWS's REST with JSON: the path names the operation, a header the error. */
final class RestJsonRequest implements ServiceRequest {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON = "application/json";
    private static final String ERROR_TYPE = "x-amzn-ErrorType";

    /**
     * What the models of AWS Clean Rooms and AWS Entity Resolution give their errors; one that no route leads to is
     * answered as Smithy's own server does (smithy-rs, aws-smithy-http-server, rest_json_1/router.rs).
     */
    private static final Map<String, Integer> STATUS = Map.of(
            "ValidationException", 400,
            "AccessDeniedException", 403,
            "ResourceNotFoundException", 404,
            "UnknownOperationException", 404,
            "ThrottlingException", 429,
            "InternalServerException", 500);

    /** Names of the services that speak JSON 1.1 for what is called otherwise here. */
    private static final Map<String, String> NAMES =
            Map.of("InternalServiceException", "InternalServerException", "InternalFailure", "InternalServerException");

    private final String target;
    private final Map<String, String> labels;
    private final Optional<String> rawQuery;
    private final byte[] body;

    /**
     * A request.
     *
     * @param labels of the path
     * @param rawQuery the parameters as they were sent; absent without any
     */
    RestJsonRequest(String target, Map<String, String> labels, Optional<String> rawQuery, byte[] body) {
        this.target = target;
        this.labels = labels;
        this.rawQuery = rawQuery;
        this.body = body;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public JsonNode content() throws AwsJsonError {
        ObjectNode content = body.length == 0 ? JsonNodeFactory.instance.objectNode() : JsonBody.read(body);
        if (rawQuery.isPresent()) {
            for (String parameter : rawQuery.get().split("&", -1)) {
                int end = parameter.indexOf('=');
                String name = end < 0 ? parameter : parameter.substring(0, end);
                String value = end < 0 ? "" : parameter.substring(end + 1);
                content.put(RestRoute.decoded(name), RestRoute.decoded(value));
            }
        }
        labels.forEach(content::put);
        return content;
    }

    @Override
    public Reply reply(ObjectNode answer) {
        return new Reply(Reply.OK, Map.of(CONTENT_TYPE, JSON), answer);
    }

    @Override
    public Reply reply(AwsJsonError error) {
        String type = NAMES.getOrDefault(error.type(), error.type());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("message", error.getMessage());
        error.details().forEach(answer::put);
        return new Reply(
                STATUS.getOrDefault(type, error.status()), Map.of(CONTENT_TYPE, JSON, ERROR_TYPE, type), answer);
    }
}
