package com.omc.flywheel.common.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class ServiceFailuresTest {
    private final ServiceFailures failures = new ServiceFailures(ServiceEndpoint.fromEnvironment(
            "Amazon Athena", "AWS_ENDPOINT_URL_ATHENA", Map.of("AWS_REGION", "eu-west-1")));

    @ParameterizedTest
    @CsvSource({
        "403,AccessDenied",
        "401,Unauthorized",
        "403,Anything",
        "400,AccessDeniedException",
        "400,ExpiredTokenException",
        "400,UnrecognizedClientException",
        "400,InvalidSignatureException"
    })
    void nameTheActionThatWasRefused(int status, String code) {
        AwsServiceException error = answer(status, code, "no");

        JobFailure failure = failures.translate("athena:GetWorkGroup", "primary", error);

        assertThat(ServiceFailures.isRefusal(error)).isTrue();
        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessageStartingWith("ACCESS_DENIED: athena:GetWorkGroup on primary was refused (%s); allow", code)
                .hasCause(error);
    }

    @Test
    void nameTheStatusOfARefusalWithoutACode() {
        AwsServiceException error =
                AwsServiceException.builder().statusCode(403).build();

        assertThat(ServiceFailures.code(error)).isEmpty();
        assertThat(failures.translate("athena:GetWorkGroup", "primary", error))
                .hasMessageContaining("was refused (HTTP 403)");
    }

    @ParameterizedTest
    @CsvSource({
        "500,InternalError",
        "503,ServiceUnavailable",
        "429,Anything",
        "200,InternalError",
        "400,ThrottlingException",
        "400,TooManyRequestsException",
        "400,OperationTimeoutException",
        "400,InternalServiceException"
    })
    void areWorthRetryingWhenTheServiceIsAtFault(int status, String code) {
        JobFailure failure =
                failures.translate("athena:StartQueryExecution", "primary", answer(status, code, "later\nor not"));

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure)
                .hasMessageStartingWith(
                        "SERVICE: athena:StartQueryExecution on primary: Amazon Athena in eu-west-1 answered %d %s (later",
                        status, code)
                .hasMessageNotContaining("or not");
    }

    @ParameterizedTest
    @CsvSource({"400,InvalidRequestException,BAD_ARGUMENT", "409,Conflict,CONFLICT", "412,Failed,CONFLICT"})
    void areNotWorthRetryingWhenTheRequestIsAtFault(int status, String code, FailureKind kind) {
        JobFailure failure = failures.translate("athena:GetWorkGroup", "primary", answer(status, code, "no"));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.kind().worthRetrying()).isFalse();
        assertThat(failure).hasMessageContaining("answered %d %s", status, code);
    }

    @Test
    void nameTheServiceThatDoesNotAnswer() {
        SdkException error = SdkClientException.create("Unable to execute HTTP request: Connection refused\nat ...");

        JobFailure failure = failures.translate("athena:GetWorkGroup", "primary", error);

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure)
                .hasMessage(
                        "SERVICE: athena:GetWorkGroup on primary: no answer from Amazon Athena in eu-west-1 (Unable to execute HTTP request: Connection refused); check the endpoint, the region and the network")
                .hasCause(error);
    }

    @ParameterizedTest
    @CsvSource({
        "Unable to load region from any of the providers,ENVIRONMENT,no AWS region is known; set AWS_REGION",
        "Unable to load credentials from any of the providers,ACCESS_DENIED,no AWS credentials were found; give the job a role"
    })
    void sayWhatTheClientLacks(String said, FailureKind kind, String told) {
        JobFailure failure = failures.translate("athena:GetWorkGroup", "primary", SdkClientException.create(said));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("athena:GetWorkGroup on primary: " + told);
    }

    @Test
    void liveWithAnErrorThatSaysNothing() {
        JobFailure failure = failures.translate(
                "athena:GetWorkGroup", "primary", SdkClientException.builder().build());

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(ServiceFailures.firstLine(null)).isEqualTo("no message");
        assertThat(ServiceFailures.firstLine("")).isEqualTo("no message");
    }

    private static AwsServiceException answer(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
