package com.omc.flywheel.sequence.recorded;

import com.omc.flywheel.sequence.awsjson.AwsJsonError;

/** The errors that both services answer with, as their API references have them. */
final class RecordedErrors {
    private RecordedErrors() {}

    static AwsJsonError invalid(String message) {
        return new AwsJsonError("ValidationException", 400, message);
    }

    /** No file of the recording has it: for a client there is no such thing. */
    static AwsJsonError notFound(String what) {
        return new AwsJsonError("ResourceNotFoundException", 404, "Resource %s was not found".formatted(what));
    }
}
