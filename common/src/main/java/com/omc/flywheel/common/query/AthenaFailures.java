package com.omc.flywheel.common.query;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.aws.ServiceFailures;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.model.TooManyRequestsException;

/** Says of an error of the SDK's client of Athena who can mend it, and how. */
final class AthenaFailures {
    private final ServiceFailures services;
    private final String workgroup;

    AthenaFailures(ServiceEndpoint endpoint, String workgroup) {
        this.services = new ServiceFailures(endpoint);
        this.workgroup = workgroup;
    }

    /**
     * The failure of a call.
     *
     * @param action the IAM action that the call needs, for example {@code athena:GetWorkGroup}
     * @param subject what it was made on
     */
    JobFailure translate(String action, String subject, SdkException error) {
        if (error instanceof AbortedException) {
            return new JobFailure(
                    FailureKind.SERVICE,
                    "%s on %s: the job was interrupted; start it again".formatted(action, subject),
                    error);
        }
        JobFailure failure = services.translate(action, subject, error);
        if (failure.kind() == FailureKind.ACCESS_DENIED && error instanceof AwsServiceException refused) {
            return new JobFailure(
                    FailureKind.ACCESS_DENIED,
                    "%s on %s was refused (%s); allow the action on the Athena workgroup %s for the job's role, or check the credentials"
                            .formatted(action, subject, reason(refused), workgroup),
                    error);
        }
        return failure;
    }

    /** True when Athena took no notice of the request, having too many of them. */
    static boolean isThrottling(AwsServiceException error) {
        return error instanceof TooManyRequestsException || error.isThrottlingException();
    }

    private static String reason(AwsServiceException refused) {
        String code = ServiceFailures.code(refused);
        return code.isEmpty() ? "HTTP " + refused.statusCode() : code;
    }
}
