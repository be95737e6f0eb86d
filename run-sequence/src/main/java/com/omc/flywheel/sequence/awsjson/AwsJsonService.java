package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One service behind an endpoint that speaks AWS JSON 1.1: {@code X-Amz-Target: <prefix>.<operation>}. */
public interface AwsJsonService {
    /** What its targets begin with, for example {@code AWSGlue}. */
    String targetPrefix();

    /**
     * Answers a request.
     *
     * @throws AwsJsonError what the service answers instead
     */
    ObjectNode call(String operation, JsonNode request) throws AwsJsonError;
}
