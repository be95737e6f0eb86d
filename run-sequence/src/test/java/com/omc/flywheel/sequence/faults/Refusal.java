package com.omc.flywheel.sequence.faults;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An answer of S3 that says no: Amazon S3 API reference, "Error responses". */
enum Refusal {
    SLOW_DOWN(503, "SlowDown", "Please reduce your request rate."),
    PRECONDITION_FAILED(
            412, "PreconditionFailed", "At least one of the preconditions that you specified did not hold."),
    CONDITIONAL_CONFLICT(
            409,
            "ConditionalRequestConflict",
            "The conditional request cannot succeed due to a conflicting operation against this resource."),
    NO_SUCH_UPLOAD(404, "NoSuchUpload", "The specified multipart upload does not exist."),
    OPERATION_ABORTED(
            409,
            "OperationAborted",
            "A conflicting conditional operation is currently in progress against this resource. Try again.");

    private final int status;
    private final String code;
    private final String message;

    Refusal(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    static Refusal conflictOf(S3Call call) {
        return call.conditional() ? CONDITIONAL_CONFLICT : OPERATION_ABORTED;
    }

    /** What the SDK makes of the answer; an interceptor cannot put an answer in the server's place before sending. */
    AwsServiceException exception() {
        SdkHttpResponse response =
                SdkHttpResponse.builder().statusCode(status).statusText(code).build();
        // The one refusal here for which the SDK has a class.
        S3Exception.Builder exception =
                this == NO_SUCH_UPLOAD ? NoSuchUploadException.builder() : S3Exception.builder();
        return exception
                .statusCode(status)
                .requestId("injected")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(code)
                        .errorMessage(message)
                        .sdkHttpResponse(response)
                        .build())
                .message(message)
                .build();
    }
}
