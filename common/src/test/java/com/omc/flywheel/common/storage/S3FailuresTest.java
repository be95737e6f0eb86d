package com.omc.flywheel.common.storage;

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
import software.amazon.awssdk.services.s3.model.S3Error;

class S3FailuresTest {
    private static final String FOLDER = "s3://lake/in/";

    private final S3Failures failures = new S3Failures(S3Connection.fromEnvironment(Map.of("AWS_REGION", "eu-west-1")));

    @Test
    void nameTheBucketThatDoesNotExist() {
        SdkException error = answer(404, "NoSuchBucket", "The specified bucket does not exist");

        JobFailure failure = failures.translate("s3:ListBucket", FOLDER, error);

        assertThat(failure.kind()).isEqualTo(FailureKind.MISSING_INPUT);
        assertThat(failure)
                .hasMessage("MISSING_INPUT: s3:ListBucket on s3://lake/in/: there is no such bucket at Amazon S3 in"
                        + " eu-west-1; check the path, or create the bucket")
                .hasCause(error);
    }

    @ParameterizedTest
    @CsvSource({
        "403,AccessDenied,AccessDenied",
        "401,Unauthorized,Unauthorized",
        "403,InvalidAccessKeyId,InvalidAccessKeyId",
        "403,'',HTTP 403",
        "400,ExpiredToken,ExpiredToken",
        "400,InvalidToken,InvalidToken",
        "400,TokenRefreshRequired,TokenRefreshRequired"
    })
    void nameTheActionThatWasRefused(int status, String code, String reason) {
        JobFailure failure = failures.translate("s3:PutObject", "s3://lake/out/a", answer(status, code, "no"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessage(
                        "ACCESS_DENIED: s3:PutObject on s3://lake/out/a was refused (%s); allow the action on this path for the job's role, or check the credentials",
                        reason);
    }

    @Test
    void nameTheRefusalOfAnAnswerWithoutABody() {
        SdkException head = AwsServiceException.builder().statusCode(403).build();

        JobFailure failure = failures.translate("s3:GetObject", FOLDER, head);

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure).hasMessageContaining("s3:GetObject on s3://lake/in/ was refused (HTTP 403)");
    }

    @ParameterizedTest
    @CsvSource({"301,PermanentRedirect", "307,TemporaryRedirect", "400,AuthorizationHeaderMalformed"})
    void nameTheRegionWhenTheBucketIsInAnother(int status, String code) {
        JobFailure failure = failures.translate("s3:ListBucket", FOLDER, answer(status, code, "use another endpoint"));

        assertThat(failure.kind()).isEqualTo(FailureKind.BAD_ARGUMENT);
        assertThat(failure)
                .hasMessageEndingWith(
                        "the bucket is in another region than Amazon S3 in eu-west-1; set AWS_REGION to the bucket's");
    }

    @ParameterizedTest
    @CsvSource({"500,InternalError", "503,SlowDown", "429,TooManyRequests"})
    void areWorthRetryingWhenTheServiceIsAtFault(int status, String code) {
        JobFailure failure = failures.translate("s3:GetObject", FOLDER, answer(status, code, "try later\nor not"));

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure.kind().worthRetrying()).isTrue();
        assertThat(failure)
                .hasMessageStartingWith(
                        "SERVICE: s3:GetObject on s3://lake/in/: Amazon S3 in eu-west-1 answered %d %s (try later",
                        status, code)
                .hasMessageNotContaining("or not");
    }

    @Test
    void sayThatAStoreCannotDoWhatIsAskedOfIt() {
        JobFailure failure =
                failures.translate("s3:PutObject", FOLDER, answer(501, "NotImplemented", "If-None-Match is not"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure)
                .hasMessageContaining("Amazon S3 in eu-west-1 cannot do this (If-None-Match is not")
                .hasMessageEndingWith("take a store that does; conditional writes are among what is needed");
    }

    @ParameterizedTest
    @CsvSource({"400,InvalidRequest", "405,MethodNotAllowed"})
    void areNotWorthRetryingWhenTheRequestIsAtFault(int status, String code) {
        JobFailure failure = failures.translate("s3:PutObject", FOLDER, answer(status, code, "no"));

        assertThat(failure.kind()).isEqualTo(FailureKind.BAD_ARGUMENT);
        assertThat(failure.kind().worthRetrying()).isFalse();
        assertThat(failure).hasMessageContaining("answered %d %s", status, code);
    }

    @ParameterizedTest
    @CsvSource({"409,OperationAborted", "412,PreconditionFailed"})
    void sayThatSomethingElseWritesThere(int status, String code) {
        JobFailure failure = failures.translate("s3:PutObject", FOLDER, answer(status, code, "no"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure.kind().worthRetrying()).isFalse();
        assertThat(failure)
                .hasMessageStartingWith(
                        "CONFLICT: s3:PutObject on s3://lake/in/: Amazon S3 in eu-west-1 answered %d %s (no",
                        status, code);
    }

    @Test
    void nameTheEndpointThatDoesNotAnswer() {
        S3Failures emulated =
                new S3Failures(S3Connection.fromEnvironment(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1")));
        SdkException error = SdkClientException.create("Unable to execute HTTP request: Connection refused\nat ...");

        JobFailure failure = emulated.translate("s3:ListBucket", FOLDER, error);

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure)
                .hasMessage("SERVICE: s3:ListBucket on s3://lake/in/: no answer from the endpoint http://127.0.0.1:1"
                        + " (AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL) (Unable to execute HTTP request: Connection"
                        + " refused); check the endpoint, the region and the network")
                .hasCause(error);
    }

    @Test
    void sayWhenThereAreNoCredentials() {
        SdkException error = SdkClientException.create("Unable to load credentials from any of the providers");

        JobFailure failure = failures.translate("s3:ListBucket", FOLDER, error);

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessageContaining("no AWS credentials were found; give the job a role, or set AWS_ACCESS_KEY_ID");
    }

    @Test
    void sayWhenThereIsNoRegion() {
        SdkException error = SdkClientException.create("Unable to load region from any of the providers in the chain");

        JobFailure failure = failures.translate("connect", "S3", error);

        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure).hasMessage("ENVIRONMENT: connect on S3: no AWS region is known; set AWS_REGION");
    }

    @Test
    void liveWithAnErrorThatSaysNothing() {
        JobFailure failure = failures.translate(
                "s3:ListBucket", FOLDER, SdkClientException.builder().build());

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure).hasMessageContaining("no answer from Amazon S3 in eu-west-1");
    }

    @ParameterizedTest
    @CsvSource({"AccessDenied,ACCESS_DENIED", "InternalError,SERVICE"})
    void nameTheFirstObjectThatWasNotDeletedAndHowManyWereNot(String code, FailureKind kind) {
        S3Uri object = S3Uri.parse("s3://lake/out/a");

        JobFailure failure = failures.ofDelete(
                object, S3Error.builder().code(code).message("Because").build(), 3);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessage(
                        "%s: s3:DeleteObject on s3://lake/out/a: %s Because (3 objects were not deleted)", kind, code);
    }

    private static SdkException answer(int status, String code, String message) {
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
