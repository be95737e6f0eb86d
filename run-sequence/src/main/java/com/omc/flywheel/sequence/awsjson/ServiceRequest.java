package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request as its protocol reads it and answers it. */
interface ServiceRequest {
    /** The service and the operation, for example {@code AWSGlue.UpdateTable}. */
    String target();

    /**
     * What is asked for: a JSON object.
     *
     * @throws AwsJsonError when it cannot be read
     */
    JsonNode content() throws AwsJsonError;

    Reply reply(ObjectNode answer);

    Reply reply(AwsJsonError error);
}
