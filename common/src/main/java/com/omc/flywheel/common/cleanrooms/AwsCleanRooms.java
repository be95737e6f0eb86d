package com.omc.flywheel.common.cleanrooms;

import static com.omc.flywheel.common.aws.Absent.orEmpty;

import com.omc.flywheel.common.aws.ServiceConnection;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.aws.ServiceFailures;
import com.omc.flywheel.common.cleanrooms.Membership.ResultDelivery;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.cleanrooms.CleanRoomsClient;
import software.amazon.awssdk.services.cleanrooms.CleanRoomsClientBuilder;
import software.amazon.awssdk.services.cleanrooms.model.BatchGetSchemaError;
import software.amazon.awssdk.services.cleanrooms.model.BatchGetSchemaResponse;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTableAnalysisRulePolicyV1;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTableAssociationAnalysisRulePolicyV1;
import software.amazon.awssdk.services.cleanrooms.model.MembershipProtectedQueryResultConfiguration;
import software.amazon.awssdk.services.cleanrooms.model.ProtectedQueryS3OutputConfiguration;
import software.amazon.awssdk.services.cleanrooms.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cleanrooms.model.SchemaStatusDetail;

/** {@link CleanRooms} on AWS. Close it to give back its connections. */
public final class AwsCleanRooms implements CleanRooms, AutoCloseable {
    // BatchGetSchema takes 25 names: AWS Clean Rooms API reference.
    private static final int NAMES_PER_BATCH = 25;
    // Each operation is throttled at 5 requests a second: AWS Clean Rooms user guide, "Quotas". With so many attempts
    // the SDK waits for about a minute before it gives up.
    private static final int ATTEMPTS = 8;
    private static final String NOT_FOUND = "RESOURCE_NOT_FOUND";

    private final ServiceConnection<CleanRoomsClient> connection;

    private AwsCleanRooms(
            ServiceEndpoint endpoint,
            Consumer<CleanRoomsClientBuilder> credentials,
            Consumer<StandardRetryStrategy.Builder> retries) {
        ServiceFailures failures = new ServiceFailures(endpoint);
        this.connection = ServiceConnection.to(
                endpoint,
                CleanRoomsClient::builder,
                credentials,
                strategy -> {
                    strategy.maxAttempts(ATTEMPTS);
                    retries.accept(strategy);
                },
                (action, subject, error) ->
                        failures.translate(action, subject, error, ResourceNotFoundException.class, "id"));
    }

    /** Connects with the credentials of the environment, at the first call. */
    public static AwsCleanRooms connect(ServiceEndpoint endpoint) {
        return new AwsCleanRooms(endpoint, builder -> {}, retries -> {});
    }

    /** Connects without credentials, to an emulator that lets everyone in. */
    public static AwsCleanRooms connectAnonymously(
            ServiceEndpoint endpoint, Consumer<StandardRetryStrategy.Builder> retries) {
        return new AwsCleanRooms(
                endpoint, builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create()), retries);
    }

    /** How many requests were sent, repetitions counted. */
    public long requests() {
        return connection.requests();
    }

    @Override
    public List<MembershipSummary> memberships() {
        return connection.call(
                "cleanrooms:ListMemberships",
                "the account",
                client -> client.listMembershipsPaginator(request -> {}).membershipSummaries().stream()
                        .map(found -> new MembershipSummary(
                                orEmpty(found.id()),
                                orEmpty(found.collaborationId()),
                                orEmpty(found.collaborationName()),
                                orEmpty(found.statusAsString())))
                        .toList());
    }

    @Override
    public Membership membership(String membershipId) {
        return connection.call("cleanrooms:GetMembership", "membership " + membershipId, client -> {
            var found = client.getMembership(request -> request.membershipIdentifier(membershipId))
                    .membership();
            return new Membership(
                    orEmpty(found.id()),
                    orEmpty(found.collaborationId()),
                    orEmpty(found.collaborationName()),
                    orEmpty(found.statusAsString()),
                    found.memberAbilitiesAsStrings(),
                    Optional.ofNullable(found.defaultResultConfiguration()).flatMap(AwsCleanRooms::delivery));
        });
    }

    @Override
    public List<Member> members(String collaborationId) {
        return connection.call(
                "cleanrooms:ListMembers", "collaboration " + collaborationId, client -> client
                        .listMembersPaginator(request -> request.collaborationIdentifier(collaborationId))
                        .memberSummaries()
                        .stream()
                        .map(found -> new Member(
                                orEmpty(found.accountId()),
                                orEmpty(found.displayName()),
                                orEmpty(found.statusAsString()),
                                found.abilitiesAsStrings()))
                        .toList());
    }

    @Override
    public List<SchemaSummary> schemas(String collaborationId) {
        return connection.call(
                "cleanrooms:ListSchemas", "collaboration " + collaborationId, client -> client
                        .listSchemasPaginator(request -> request.collaborationIdentifier(collaborationId))
                        .schemaSummaries()
                        .stream()
                        .map(found -> new SchemaSummary(
                                orEmpty(found.name()),
                                orEmpty(found.typeAsString()),
                                orEmpty(found.creatorAccountId())))
                        .toList());
    }

    @Override
    public List<Schema> schemas(String collaborationId, Collection<String> names) {
        List<String> all = names.stream().distinct().toList();
        List<Schema> schemas = new ArrayList<>();
        for (int from = 0; from < all.size(); from += NAMES_PER_BATCH) {
            List<String> batch = all.subList(from, Math.min(all.size(), from + NAMES_PER_BATCH));
            BatchGetSchemaResponse answer = connection.call(
                    "cleanrooms:BatchGetSchema",
                    "collaboration " + collaborationId,
                    client -> client.batchGetSchema(request ->
                            request.collaborationIdentifier(collaborationId).names(batch)));
            requireKnown(collaborationId, answer.errors());
            answer.schemas().forEach(found -> schemas.add(schema(found)));
        }
        return schemas;
    }

    @Override
    public Optional<SchemaRule> schemaRule(String collaborationId, SchemaSummary schema) {
        return orEmptyWhenMissing(() -> connection.call(
                "cleanrooms:GetSchemaAnalysisRule",
                "table %s of collaboration %s".formatted(schema.name(), collaborationId),
                client -> {
                    var rule = client.getSchemaAnalysisRule(request -> request.collaborationIdentifier(collaborationId)
                                    .name(schema.name())
                                    .type(AnalysisRule.CUSTOM))
                            .analysisRule();
                    return new SchemaRule(receivers(rule));
                }));
    }

    @Override
    public List<ConfiguredTableSummary> configuredTables() {
        return connection.call(
                "cleanrooms:ListConfiguredTables",
                "the account",
                client -> client.listConfiguredTablesPaginator(request -> {}).configuredTableSummaries().stream()
                        .map(found -> new ConfiguredTableSummary(
                                orEmpty(found.id()), orEmpty(found.name()), found.analysisRuleTypesAsStrings()))
                        .toList());
    }

    @Override
    public ConfiguredTable configuredTable(String configuredTableId) {
        return connection.call("cleanrooms:GetConfiguredTable", "configured table " + configuredTableId, client -> {
            var found = client.getConfiguredTable(request -> request.configuredTableIdentifier(configuredTableId))
                    .configuredTable();
            return new ConfiguredTable(
                    orEmpty(found.id()),
                    orEmpty(found.name()),
                    Optional.ofNullable(found.tableReference())
                            .flatMap(reference -> Optional.ofNullable(reference.glue()))
                            .map(glue -> new ConfiguredTable.GlueTable(
                                    orEmpty(glue.databaseName()), orEmpty(glue.tableName()))),
                    found.allowedColumns(),
                    orEmpty(found.analysisMethodAsString()),
                    found.analysisRuleTypesAsStrings());
        });
    }

    @Override
    public Optional<AnalysisRule> analysisRule(String configuredTableId, String ruleType) {
        return orEmptyWhenMissing(() -> connection.call(
                "cleanrooms:GetConfiguredTableAnalysisRule", "configured table " + configuredTableId, client -> {
                    var rule = client.getConfiguredTableAnalysisRule(
                                    request -> request.configuredTableIdentifier(configuredTableId)
                                            .analysisRuleType(ruleType))
                            .analysisRule();
                    var custom = Optional.ofNullable(rule.policy())
                            .flatMap(policy -> Optional.ofNullable(policy.v1()))
                            .map(ConfiguredTableAnalysisRulePolicyV1::custom);
                    return new AnalysisRule(
                            orEmpty(rule.typeAsString()),
                            custom.map(policy -> policy.allowedAnalyses()).orElse(List.of()),
                            custom.map(policy -> policy.allowedAnalysisProviders())
                                    .orElse(List.of()));
                }));
    }

    @Override
    public List<Association> associations(String membershipId) {
        return connection.call(
                "cleanrooms:ListConfiguredTableAssociations", "membership " + membershipId, client -> client
                        .listConfiguredTableAssociationsPaginator(request -> request.membershipIdentifier(membershipId))
                        .configuredTableAssociationSummaries()
                        .stream()
                        .map(found -> new Association(
                                orEmpty(found.id()),
                                orEmpty(found.name()),
                                orEmpty(found.configuredTableId()),
                                found.analysisRuleTypesAsStrings()))
                        .toList());
    }

    @Override
    public Optional<AssociationRule> associationRule(String membershipId, String associationId, String ruleType) {
        return orEmptyWhenMissing(() -> connection.call(
                "cleanrooms:GetConfiguredTableAssociationAnalysisRule",
                "association %s of membership %s".formatted(associationId, membershipId),
                client -> {
                    var rule = client.getConfiguredTableAssociationAnalysisRule(
                                    request -> request.membershipIdentifier(membershipId)
                                            .configuredTableAssociationIdentifier(associationId)
                                            .analysisRuleType(ruleType))
                            .analysisRule();
                    var custom = Optional.ofNullable(rule.policy())
                            .flatMap(policy -> Optional.ofNullable(policy.v1()))
                            .map(ConfiguredTableAssociationAnalysisRulePolicyV1::custom);
                    return new AssociationRule(
                            orEmpty(rule.typeAsString()),
                            custom.map(policy -> policy.allowedResultReceivers())
                                    .orElse(List.of()),
                            custom.map(policy -> policy.allowedAdditionalAnalyses())
                                    .orElse(List.of()));
                }));
    }

    @Override
    public List<IdNamespaceAssociation> idNamespaceAssociations(String membershipId) {
        String subject = "membership " + membershipId;
        List<String> ids = connection.call("cleanrooms:ListIdNamespaceAssociations", subject, client -> client
                .listIdNamespaceAssociationsPaginator(request -> request.membershipIdentifier(membershipId))
                .idNamespaceAssociationSummaries()
                .stream()
                .map(found -> orEmpty(found.id()))
                .toList());
        return ids.stream()
                .map(id -> connection.call("cleanrooms:GetIdNamespaceAssociation", subject, client -> {
                    var found = client.getIdNamespaceAssociation(request ->
                                    request.membershipIdentifier(membershipId).idNamespaceAssociationIdentifier(id))
                            .idNamespaceAssociation();
                    var reference = Optional.ofNullable(found.inputReferenceConfig());
                    return new IdNamespaceAssociation(
                            orEmpty(found.id()),
                            orEmpty(found.name()),
                            orEmpty(found.arn()),
                            orEmpty(found.description()),
                            reference.map(config -> config.inputReferenceArn()).orElse(""),
                            reference
                                    .map(config -> config.manageResourcePolicies())
                                    .orElse(false),
                            Optional.ofNullable(found.idMappingConfig())
                                    .map(config -> config.allowUseAsDimensionColumn())
                                    .orElse(false));
                }))
                .toList();
    }

    @Override
    public List<IdMappingTable> idMappingTables(String membershipId) {
        String subject = "membership " + membershipId;
        List<String> ids = connection.call("cleanrooms:ListIdMappingTables", subject, client -> client
                .listIdMappingTablesPaginator(request -> request.membershipIdentifier(membershipId))
                .idMappingTableSummaries()
                .stream()
                .map(found -> orEmpty(found.id()))
                .toList());
        return ids.stream()
                .map(id -> connection.call("cleanrooms:GetIdMappingTable", subject, client -> {
                    var found = client.getIdMappingTable(request ->
                                    request.membershipIdentifier(membershipId).idMappingTableIdentifier(id))
                            .idMappingTable();
                    return new IdMappingTable(
                            orEmpty(found.id()),
                            orEmpty(found.name()),
                            orEmpty(found.arn()),
                            orEmpty(found.description()),
                            Optional.ofNullable(found.inputReferenceConfig())
                                    .map(config -> config.inputReferenceArn())
                                    .orElse(""),
                            Optional.ofNullable(found.inputReferenceProperties()).stream()
                                    .flatMap(properties -> properties.idMappingTableInputSource().stream())
                                    .map(source -> new IdMappingTable.InputSource(
                                            orEmpty(source.idNamespaceAssociationId()), orEmpty(source.typeAsString())))
                                    .toList());
                }))
                .toList();
    }

    @Override
    public List<String> privacyBudgetTemplates(String membershipId) {
        return connection.call("cleanrooms:ListPrivacyBudgetTemplates", "membership " + membershipId, client -> client
                .listPrivacyBudgetTemplatesPaginator(request -> request.membershipIdentifier(membershipId))
                .privacyBudgetTemplateSummaries()
                .stream()
                .map(found -> orEmpty(found.id()))
                .toList());
    }

    @Override
    public void close() {
        connection.close();
    }

    /** A rule that a table does not have is answered as a resource that is not there. */
    private static <T> Optional<T> orEmptyWhenMissing(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (JobFailure e) {
            if (e.getCause() instanceof ResourceNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void requireKnown(String collaborationId, List<BatchGetSchemaError> errors) {
        List<String> others = errors.stream()
                .filter(error -> !NOT_FOUND.equals(error.code()) && !"ResourceNotFoundException".equals(error.code()))
                .map(error -> "%s: %s (%s)".formatted(error.name(), error.code(), error.message()))
                .toList();
        if (!others.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.SERVICE,
                    "cleanrooms:BatchGetSchema on collaboration %s gave no answer for these tables; start the job again:"
                            .formatted(collaborationId),
                    others);
        }
    }

    private static Schema schema(software.amazon.awssdk.services.cleanrooms.model.Schema found) {
        return new Schema(
                orEmpty(found.name()),
                orEmpty(found.typeAsString()),
                orEmpty(found.creatorAccountId()),
                Stream.concat(found.columns().stream(), found.partitionKeys().stream())
                        .map(column -> new Schema.Column(orEmpty(column.name()), orEmpty(column.type())))
                        .distinct()
                        .toList(),
                found.schemaStatusDetails().stream().map(AwsCleanRooms::status).toList());
    }

    private static Schema.Status status(SchemaStatusDetail detail) {
        return new Schema.Status(
                orEmpty(detail.analysisTypeAsString()),
                orEmpty(detail.analysisRuleTypeAsString()),
                orEmpty(detail.statusAsString()),
                detail.reasons().stream()
                        .map(reason -> new Schema.Reason(orEmpty(reason.codeAsString()), orEmpty(reason.message())))
                        .toList());
    }

    private static List<String> receivers(software.amazon.awssdk.services.cleanrooms.model.AnalysisRule rule) {
        return Optional.ofNullable(rule.consolidatedPolicy())
                .flatMap(policy -> Optional.ofNullable(policy.v1()))
                .flatMap(policy -> Optional.ofNullable(policy.custom()))
                .map(custom -> custom.allowedResultReceivers())
                .or(() -> Optional.ofNullable(rule.collaborationPolicy())
                        .flatMap(policy -> Optional.ofNullable(policy.v1()))
                        .flatMap(policy -> Optional.ofNullable(policy.custom()))
                        .map(custom -> custom.allowedResultReceivers()))
                .orElse(List.of());
    }

    private static Optional<ResultDelivery> delivery(MembershipProtectedQueryResultConfiguration configured) {
        return Optional.ofNullable(configured.outputConfiguration())
                .flatMap(output -> Optional.ofNullable(output.s3()))
                .map(s3 -> delivery(s3, configured.roleArn()));
    }

    private static ResultDelivery delivery(ProtectedQueryS3OutputConfiguration s3, String roleArn) {
        return new ResultDelivery(
                orEmpty(s3.bucket()), orEmpty(s3.keyPrefix()), orEmpty(s3.resultFormatAsString()), orEmpty(roleArn));
    }
}
