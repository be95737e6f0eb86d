package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Says of an error of the SDK who can mend it, and how. */
final class S3Failures {
    // Answered with 400: Amazon S3 API reference, "Error responses".
    private static final Set<String> CREDENTIAL_CODES = Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");

    private final S3Connection connection;

    S3Failures(S3Connection connection) {
        this.connection = connection;
    }

    JobFailure translate(String action, String subject, SdkException error) {
        if (error instanceof AwsServiceException answered) {
            return translateAnswer(action, subject, answered);
        }
        String text = String.valueOf(error.getMessage());
        if (text.startsWith("Unable to load region")) {
            return new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "%s on %s: no AWS region is known; set AWS_REGION".formatted(action, subject),
                    error);
        }
        if (text.toLowerCase(Locale.ROOT).contains("credentials")) {
            return new JobFailure(
                    FailureKind.ACCESS_DENIED,
                    "%s on %s: no AWS credentials were found; give the job a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                            .formatted(action, subject),
                    error);
        }
        return new JobFailure(
                FailureKind.SERVICE,
                "%s on %s: no answer from %s (%s); check the endpoint, the region and the network"
                        .formatted(action, subject, connection.describe(), firstLine(text)),
                error);
    }

    JobFailure ofDelete(S3Uri object, S3Error error, int failed) {
        return new JobFailure(
                "AccessDenied".equals(error.code()) ? FailureKind.ACCESS_DENIED : FailureKind.SERVICE,
                "s3:DeleteObject on %s: %s %s (%d objects were not deleted)"
                        .formatted(object, error.code(), error.message(), failed));
    }

    private JobFailure translateAnswer(String action, String subject, AwsServiceException error) {
        String code = error.awsErrorDetails() == null
                ? ""
                : String.valueOf(error.awsErrorDetails().errorCode());
        int status = error.statusCode();
        if (code.equals("NoSuchBucket")) {
            return new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "%s on %s: there is no such bucket at %s; check the path, or create the bucket"
                            .formatted(action, subject, connection.describe()),
                    error);
        }
        if (status == 401 || status == 403 || code.equals("AccessDenied") || CREDENTIAL_CODES.contains(code)) {
            return new JobFailure(
                    FailureKind.ACCESS_DENIED,
                    "%s on %s was refused (%s); allow the action on this path for the job's role, or check the credentials"
                            .formatted(action, subject, code.isEmpty() ? "HTTP " + status : code),
                    error);
        }
        if (status == 301 || status == 307 || code.equals("AuthorizationHeaderMalformed")) {
            return new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "%s on %s: the bucket is in another region than %s; set AWS_REGION to the bucket's"
                            .formatted(action, subject, connection.describe()),
                    error);
        }
        if (status == 501) {
            return new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "%s on %s: %s cannot do this (%s); take a store that does; conditional writes are among what is needed"
                            .formatted(action, subject, connection.describe(), firstLine(error.getMessage())),
                    error);
        }
        // An error under a good status came after S3 had begun to answer: Amazon S3 API reference,
        // CompleteMultipartUpload.
        FailureKind kind = status >= 500 || status == 429 || status < 300
                ? FailureKind.SERVICE
                : status == 409 || status == 412 ? FailureKind.CONFLICT : FailureKind.BAD_ARGUMENT;
        return new JobFailure(
                kind,
                "%s on %s: %s answered %d %s (%s)"
                        .formatted(action, subject, connection.describe(), status, code, firstLine(error.getMessage())),
                error);
    }

    private static String firstLine(String text) {
        return text == null ? "no message" : text.lines().findFirst().orElse("no message");
    }
}
