package com.omc.flywheel.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class GlueFailuresTest {
    private static final String ROLE = "arn:aws:sts::111122223333:assumed-role/flywheel-jobs/GlueJobRunnerSession";
    private static final String TABLE = "arn:aws:glue:eu-west-1:111122223333:table/lake/ext_a";

    private final GlueFailures failures = new GlueFailures(
            ServiceEndpoint.fromEnvironment("AWS Glue", "AWS_ENDPOINT_URL_GLUE", Map.of("AWS_REGION", "eu-west-1")));

    @Test
    void nameTheGrantThatIsMissing() {
        String said =
                "User: %s is not authorized to perform: glue:UpdateTable on resource: %s because no identity-based policy allows the glue:UpdateTable action"
                        .formatted(ROLE, TABLE);
        AwsServiceException error = answer(400, "AccessDeniedException", said);

        JobFailure failure = failures.translate("glue:UpdateTable", "lake.ext_a", error);

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessage(
                        "ACCESS_DENIED: glue:UpdateTable on lake.ext_a was refused to the role flywheel-jobs (%s); allow glue:UpdateTable on %s for the role flywheel-jobs",
                        said, TABLE)
                .hasCause(error);
    }

    @Test
    void nameTheActionThatIsMissingAndNotTheOneThatNeedsIt() {
        JobFailure failure = failures.translate(
                "glue:GetTable",
                "lake.ext_a",
                answer(
                        400,
                        "AccessDeniedException",
                        "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: lakeformation:GetDataAccess on resource: *"));

        assertThat(failure)
                .hasMessageStartingWith(
                        "ACCESS_DENIED: glue:GetTable on lake.ext_a was refused to arn:aws:iam::111122223333:user/ann (")
                .hasMessageEndingWith("allow lakeformation:GetDataAccess on * for arn:aws:iam::111122223333:user/ann");
    }

    @Test
    void nameTheTableWhenTheRefusalNamesNoResource() {
        JobFailure failure = failures.translate(
                "glue:GetTable",
                "lake.ext_a",
                answer(
                        400,
                        "AccessDeniedException",
                        "User: arn:aws:iam::111122223333:role/jobs is not authorized to perform: glue:GetTable"));

        assertThat(failure).hasMessageEndingWith("allow glue:GetTable on lake.ext_a for the role jobs");
    }

    @Test
    void sayThatAPolicyDeniesIt() {
        JobFailure failure = failures.translate(
                "glue:UpdateTable",
                "lake.ext_a",
                answer(
                        400,
                        "AccessDeniedException",
                        "User: %s is not authorized to perform: glue:UpdateTable on resource: %s with an explicit deny in a service control policy"
                                .formatted(ROLE, TABLE)));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessageEndingWith(
                        "a policy denies it explicitly, which no grant outweighs: take glue:UpdateTable on %s for the role flywheel-jobs out of that denial",
                        TABLE);
    }

    @Test
    void nameActionAndTableOfARefusalThatSaysNothing() {
        JobFailure failure = failures.translate(
                "glue:DeleteTable", "lake.ext_a", answer(400, "AccessDeniedException", "Access denied"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessage(
                        "ACCESS_DENIED: glue:DeleteTable on lake.ext_a was refused (AccessDeniedException: Access denied); allow glue:DeleteTable on lake.ext_a, its database and the catalog for the job's role");
        assertThat(failures.translate(
                        "glue:GetTable",
                        "lake.ext_a",
                        AwsServiceException.builder().statusCode(403).build()))
                .hasMessageContaining("was refused (HTTP 403); allow glue:GetTable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException"})
    void sayThatTheCredentialsAreAtFault(String code) {
        JobFailure failure = failures.translate("glue:GetTable", "lake.ext_a", answer(400, code, "no"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessage(
                        "ACCESS_DENIED: glue:GetTable on lake.ext_a was refused (%s: no); check the credentials that the job runs under",
                        code);
    }

    @ParameterizedTest
    @CsvSource({
        "'Insufficient Lake Formation permission(s): Required Create Table on lake', grant Create Table on lake to",
        "'Insufficient Lake Formation permission(s): Required Alter on ext_a', grant Alter on ext_a to",
        "Insufficient Lake Formation permission(s) on ext_a, grant the permission that glue:CreateTable needs on ext_a to",
        "Insufficient Lake Formation permission(s), grant the permission that glue:CreateTable needs on lake.ext_a to"
    })
    void tellARefusalOfLakeFormationFromOneOfIam(String said, String remedy) {
        JobFailure failure =
                failures.translate("glue:CreateTable", "lake.ext_a", answer(400, "AccessDeniedException", said));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessage(
                        "ACCESS_DENIED: glue:CreateTable on lake.ext_a was refused by Lake Formation (%s); %s the job's role in Lake Formation (IAM alone does not do); it answers the same when there is nothing of this name",
                        said, remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/split_cluster/", "arn:aws:s3:::lake/split_cluster/"})
    void askForTheLocationToBeRegistered(String location) {
        JobFailure failure = failures.translate(
                "glue:CreateTable",
                "lake.ext_a",
                answer(400, "AccessDeniedException", "Insufficient Lake Formation permission(s) on " + location));

        assertThat(failure)
                .hasMessageEndingWith(
                        "register the location %s with Lake Formation, and grant the job's role access to this data location",
                        location);
    }

    @Test
    void nameTheKeyOfTheCatalog() {
        JobFailure failure = failures.translate(
                "glue:CreateTable", "lake.ext_a", answer(400, "GlueEncryptionException", "denied by KMS"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure).hasMessageContaining("KMS key refused (denied by KMS); allow the job's role kms:Decrypt");
    }

    @Test
    void sayThatAQuotaIsUsedUp() {
        JobFailure failure = failures.translate(
                "glue:UpdateTable",
                "lake.ext_a",
                answer(400, "ResourceNumberLimitExceededException", "Number of table versions exceeded"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure)
                .hasMessage(
                        "ENVIRONMENT: glue:UpdateTable on lake.ext_a: a quota of AWS Glue in eu-west-1 is used up (ResourceNumberLimitExceededException: Number of table versions exceeded); delete what is no longer needed, or have the quota raised (Service Quotas, AWS Glue), and start the job again");
    }

    @ParameterizedTest
    @CsvSource({
        "ConcurrentModificationException,CONFLICT,somebody else changes it at the same moment (no)",
        "ResourceNotReadyException,SERVICE,is not ready for it (no)",
        "OperationTimeoutException,SERVICE,answered 400 OperationTimeoutException (no",
        "InvalidInputException,BAD_ARGUMENT,answered 400 InvalidInputException (no"
    })
    void sayWhoCanMendTheOthers(String code, FailureKind kind, String told) {
        JobFailure failure = failures.translate("glue:DeleteTable", "lake.ext_a", answer(400, code, "no"));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageContaining("glue:DeleteTable on lake.ext_a")
                .hasMessageContaining(told);
    }

    @Test
    void leaveSilenceToWhatAllServicesHaveInCommon() {
        JobFailure failure =
                failures.translate("glue:GetTable", "lake.ext_a", SdkClientException.create("Connection refused"));

        assertThat(failure)
                .hasMessageStartingWith("SERVICE: glue:GetTable on lake.ext_a: no answer from AWS Glue in eu-west-1");
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
