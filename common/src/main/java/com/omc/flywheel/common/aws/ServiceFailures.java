package com.omc.flywheel.common.aws;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says of an error of the SDK who can mend it, and how, as far as every service of AWS has it in common. */
public final class ServiceFailures {
    // Answered with 400 by some services: "Common errors" of the Amazon S3, AWS Glue and Amazon Athena API references.
    private static final Set<String> REFUSALS = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedException",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidToken",
            "InvalidClientTokenId",
            "IncompleteSignature",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "UnrecognizedClientException",
            "TokenRefreshRequired");
    private static final Set<String> THROTTLING = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestLimitExceeded",
            "RequestThrottledException",
            "TooManyRequestsException",
            "SlowDown",
            "OperationTimeoutException",
            "InternalServiceException",
            "InternalServerException");

    private final ServiceEndpoint endpoint;

    public ServiceFailures(ServiceEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The failure of a call.
     *
     * @param action the IAM action that the call needs, for example {@code glue:GetTable}
     * @param subject what it was made on
     */
    public JobFailure translate(String action, String subject, SdkException error) {
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
                        .formatted(action, subject, endpoint.describe(), firstLine(text)),
                error);
    }

    /**
     * The same for a service with an error of its own for what is not there.
     *
     * @param missing that error
     * @param knownBy what the subject is named by, for example {@code id}
     */
    public JobFailure translate(
            String action,
            String subject,
            SdkException error,
            Class<? extends AwsServiceException> missing,
            String knownBy) {
        return missing.isInstance(error)
                ? new JobFailure(
                        FailureKind.MISSING_INPUT,
                        "%s: there is no %s; check its %s, the account and the region"
                                .formatted(action, subject, knownBy),
                        error)
                : translate(action, subject, error);
    }

    private JobFailure translateAnswer(String action, String subject, AwsServiceException error) {
        String code = code(error);
        int status = error.statusCode();
        if (isRefusal(error)) {
            return new JobFailure(
                    FailureKind.ACCESS_DENIED,
                    "%s on %s was refused (%s); allow the action on this path for the job's role, or check the credentials"
                            .formatted(action, subject, code.isEmpty() ? "HTTP " + status : code),
                    error);
        }
        // An error under a good status came after the service had begun to answer: Amazon S3 API reference,
        // CompleteMultipartUpload.
        boolean atFault = status >= 500 || status == 429 || status < 300 || THROTTLING.contains(code);
        FailureKind kind = atFault
                ? FailureKind.SERVICE
                : status == 409 || status == 412 ? FailureKind.CONFLICT : FailureKind.BAD_ARGUMENT;
        return new JobFailure(
                kind,
                "%s on %s: %s answered %d %s (%s)"
                        .formatted(action, subject, endpoint.describe(), status, code, firstLine(error.getMessage())),
                error);
    }

    /** True when the service knows what was asked for and refuses it to the one who asks. */
    public static boolean isRefusal(AwsServiceException error) {
        return error.statusCode() == 401 || error.statusCode() == 403 || REFUSALS.contains(code(error));
    }

    /** The service's name of an error; empty when its answer had none. */
    public static String code(AwsServiceException error) {
        return error.awsErrorDetails() == null
                ? ""
                : String.valueOf(error.awsErrorDetails().errorCode());
    }

    /** The first line of what an error says. */
    public static String firstLine(String text) {
        return text == null ? "no message" : text.lines().findFirst().orElse("no message");
    }
}
