package com.omc.flywheel.sequence.glue;

import com.omc.flywheel.sequence.awsjson.AwsJsonError;

/** The errors that Glue answers with: AWS Glue API reference, "Exceptions". */
final class GlueErrors {
    private GlueErrors() {}

    static AwsJsonError notFound(String message) {
        return AwsJsonError.ofCaller("EntityNotFoundException", message);
    }

    static AwsJsonError alreadyExists(String message) {
        return AwsJsonError.ofCaller("AlreadyExistsException", message);
    }

    static AwsJsonError invalid(String message) {
        return AwsJsonError.ofCaller("InvalidInputException", message);
    }

    static AwsJsonError concurrentModification() {
        return AwsJsonError.ofCaller(
                "ConcurrentModificationException", "Update table failed due to concurrent modifications.");
    }
}
