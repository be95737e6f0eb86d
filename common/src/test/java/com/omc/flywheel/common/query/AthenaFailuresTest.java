package com.omc.flywheel.common.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AthenaFailuresTest {
    private final AthenaFailures failures = new AthenaFailures(
            ServiceEndpoint.fromEnvironment(
                    "Amazon Athena", "AWS_ENDPOINT_URL_ATHENA", Map.of("AWS_REGION", "eu-west-1")),
            "etl");

    @ParameterizedTest
    @CsvSource({"400,AccessDeniedException,AccessDeniedException", "403,'',HTTP 403"})
    void nameTheWorkgroupWhereTheActionIsMissing(int status, String code, String reason) {
        JobFailure failure = failures.translate("athena:StopQueryExecution", "query q-1", answer(status, code));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessage(
                        "ACCESS_DENIED: athena:StopQueryExecution on query q-1 was refused (%s); allow the action on the"
                                + " Athena workgroup etl for the job's role, or check the credentials",
                        reason);
    }

    @Test
    void sayWhenThereAreNoCredentials() {
        JobFailure failure = failures.translate(
                "athena:GetWorkGroup",
                "the workgroup etl",
                SdkClientException.create("Unable to load credentials from any of the providers"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure).hasMessageContaining("no AWS credentials were found");
    }

    @Test
    void nameWhatAthenaAnswered() {
        JobFailure failure =
                failures.translate("athena:GetWorkGroup", "the workgroup etl", answer(500, "InternalServerException"));

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure)
                .hasMessageContaining(
                        "athena:GetWorkGroup on the workgroup etl: Amazon Athena in eu-west-1 answered 500"
                                + " InternalServerException");
    }

    @Test
    void sayWhenTheJobWasInterrupted() {
        JobFailure failure =
                failures.translate("athena:GetWorkGroup", "the workgroup etl", AbortedException.create("x"));

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure)
                .hasMessage(
                        "SERVICE: athena:GetWorkGroup on the workgroup etl: the job was interrupted; start it again");
    }

    private static AwsServiceException answer(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("because")
                        .build())
                .build();
    }
}
