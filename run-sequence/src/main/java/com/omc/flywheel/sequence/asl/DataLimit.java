package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** How much data one state may take, get from a service or give (service quotas of Step Functions: 256 KiB of UTF-8). */
final class DataLimit {
    static final int BYTES = 256 * 1024;

    private DataLimit() {}

    /** The data itself; throws States.DataLimitExceeded when it is too much. */
    static JsonNode check(JsonNode data, String what) {
        int bytes = data.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES) {
            throw new StateError(
                    ErrorName.DATA_LIMIT_EXCEEDED,
                    "The %s has %d bytes, more than the %d that a state may have".formatted(what, bytes, BYTES));
        }
        return data;
    }
}
