package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.aws.ServiceFailures;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Says of an error of S3 who can mend it, and how. */
final class S3Failures {
    private final S3Connection connection;
    private final ServiceFailures common;

    S3Failures(S3Connection connection) {
        this.connection = connection;
        this.common = new ServiceFailures(connection.service());
    }

    JobFailure translate(String action, String subject, SdkException error) {
        if (!(error instanceof AwsServiceException answered)) {
            return common.translate(action, subject, error);
        }
        String code = ServiceFailures.code(answered);
        int status = answered.statusCode();
        if (code.equals("NoSuchBucket")) {
            return new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "%s on %s: there is no such bucket at %s; check the path, or create the bucket"
                            .formatted(action, subject, connection.describe()),
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
                            .formatted(
                                    action,
                                    subject,
                                    connection.describe(),
                                    ServiceFailures.firstLine(error.getMessage())),
                    error);
        }
        return common.translate(action, subject, error);
    }

    JobFailure ofDelete(S3Uri object, S3Error error, int failed) {
        return new JobFailure(
                "AccessDenied".equals(error.code()) ? FailureKind.ACCESS_DENIED : FailureKind.SERVICE,
                "s3:DeleteObject on %s: %s %s (%d objects were not deleted)"
                        .formatted(object, error.code(), error.message(), failed));
    }
}
