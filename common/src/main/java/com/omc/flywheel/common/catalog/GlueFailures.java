package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.aws.ServiceFailures;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says of an error of Glue who can mend it, and how; a refusal names the grant that is missing. */
final class GlueFailures {
    private static final Pattern REFUSED_BY_IAM = Pattern.compile(
            "User: (?<principal>\\S+) is not authorized to perform: (?<action>[\\w:*-]+)(?: on resource: (?<resource>\\S+))?(?<reason>.*)");
    private static final Pattern ROLE =
            Pattern.compile("arn:[^:]*:(?:sts|iam)::[^:]*:(?:assumed-role/(?<assumed>[^/]+)/.*|role/(?<role>.+))");
    private static final String BY_LAKE_FORMATION = "Lake Formation permission(s)";
    private static final Pattern REFUSED_BY_LAKE_FORMATION =
            Pattern.compile("Lake Formation permission\\(s\\)(?:: Required (?<permission>.+?))? on (?<resource>.+)");
    // The only codes of a refusal that are not about who asks: AWS Glue API reference, "Common errors".
    private static final Set<String> WITHOUT_GRANT =
            Set.of("", "AccessDenied", "AccessDeniedException", "UnauthorizedException");
    private static final Set<String> LIMITS =
            Set.of("ResourceNumberLimitExceededException", "LimitExceededException", "ServiceQuotaExceededException");

    private final ServiceEndpoint endpoint;
    private final ServiceFailures common;

    GlueFailures(ServiceEndpoint endpoint) {
        this.endpoint = endpoint;
        this.common = new ServiceFailures(endpoint);
    }

    /**
     * The failure of a call.
     *
     * @param action the IAM action that the call needs
     * @param subject the table or database that it was made on
     */
    JobFailure translate(String action, String subject, SdkException error) {
        if (!(error instanceof AwsServiceException answered)) {
            return common.translate(action, subject, error);
        }
        String code = ServiceFailures.code(answered);
        String said = said(answered);
        if (said.contains(BY_LAKE_FORMATION)) {
            return refusedByLakeFormation(action, subject, said, answered);
        }
        if (code.equals("GlueEncryptionException")) {
            return new JobFailure(
                    FailureKind.ACCESS_DENIED,
                    "%s on %s: the catalog's KMS key refused (%s); allow the job's role kms:Decrypt and kms:GenerateDataKey on the key that encrypts the Data Catalog"
                            .formatted(action, subject, said),
                    error);
        }
        if (ServiceFailures.isRefusal(answered)) {
            return refused(action, subject, code, said, answered);
        }
        if (LIMITS.contains(code)) {
            return new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "%s on %s: a quota of %s is used up (%s: %s); delete what is no longer needed, or have the quota raised (Service Quotas, AWS Glue), and start the job again"
                            .formatted(action, subject, endpoint.describe(), code, said),
                    error);
        }
        if (code.equals("ConcurrentModificationException")) {
            return new JobFailure(
                    FailureKind.CONFLICT,
                    "%s on %s: somebody else changes it at the same moment (%s); start the job again when nobody else works on it"
                            .formatted(action, subject, said),
                    error);
        }
        if (code.equals("ResourceNotReadyException")) {
            return new JobFailure(
                    FailureKind.SERVICE,
                    "%s on %s: %s is not ready for it (%s); start the job again later"
                            .formatted(action, subject, endpoint.describe(), said),
                    error);
        }
        return common.translate(action, subject, error);
    }

    JobFailure noDatabase(String action, CatalogName database, AwsServiceException error) {
        return new JobFailure(
                FailureKind.MISSING_INPUT,
                "%s: there is no database %s at %s; create it, or check the name and the region"
                        .formatted(action, database, endpoint.describe()),
                error);
    }

    JobFailure noTable(String action, TableId table, AwsServiceException error) {
        return new JobFailure(
                FailureKind.MISSING_INPUT,
                "%s: there is no table %s at %s; run the job that registers it, or check the name and the region"
                        .formatted(action, table, endpoint.describe()),
                error);
    }

    private static JobFailure refused(
            String action, String subject, String code, String said, AwsServiceException error) {
        Matcher iam = REFUSED_BY_IAM.matcher(said);
        if (iam.find()) {
            String needed = iam.group("action");
            String resource = iam.group("resource") == null ? subject : iam.group("resource");
            String who = who(iam.group("principal"));
            String remedy = iam.group("reason").contains("explicit deny")
                    ? "a policy denies it explicitly, which no grant outweighs: take %s on %s for %s out of that denial"
                    : "allow %s on %s for %s";
            return new JobFailure(
                    FailureKind.ACCESS_DENIED,
                    "%s on %s was refused to %s (%s); %s"
                            .formatted(action, subject, who, said, remedy.formatted(needed, resource, who)),
                    error);
        }
        String reason = code.isEmpty() ? "HTTP " + error.statusCode() : code + ": " + said;
        String remedy = WITHOUT_GRANT.contains(code)
                ? "allow %s on %s, its database and the catalog for the job's role".formatted(action, subject)
                : "check the credentials that the job runs under";
        return new JobFailure(
                FailureKind.ACCESS_DENIED,
                "%s on %s was refused (%s); %s".formatted(action, subject, reason, remedy),
                error);
    }

    private static JobFailure refusedByLakeFormation(
            String action, String subject, String said, AwsServiceException error) {
        Matcher grant = REFUSED_BY_LAKE_FORMATION.matcher(said);
        boolean known = grant.find();
        String permission = known && grant.group("permission") != null
                ? grant.group("permission")
                : "the permission that %s needs".formatted(action);
        String resource = known ? grant.group("resource") : subject;
        String remedy = resource.startsWith("s3:") || resource.startsWith("arn:aws:s3")
                ? "register the location %s with Lake Formation, and grant the job's role access to this data location"
                        .formatted(resource)
                : "grant %s on %s to the job's role in Lake Formation (IAM alone does not do); it answers the same when there is nothing of this name"
                        .formatted(permission, resource);
        return new JobFailure(
                FailureKind.ACCESS_DENIED,
                "%s on %s was refused by Lake Formation (%s); %s".formatted(action, subject, said, remedy),
                error);
    }

    private static String who(String principal) {
        Matcher role = ROLE.matcher(principal);
        if (!role.matches()) {
            return principal;
        }
        return "the role " + (role.group("assumed") == null ? role.group("role") : role.group("assumed"));
    }

    /** What Glue says, without what the SDK adds to it. */
    private static String said(AwsServiceException error) {
        String message =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorMessage();
        return ServiceFailures.firstLine(message == null ? error.getMessage() : message);
    }
}
