package com.omc.flywheel.common.entityresolution;

import static com.omc.flywheel.common.aws.Absent.orEmpty;

import com.omc.flywheel.common.aws.ServiceConnection;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.aws.ServiceFailures;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.entityresolution.EntityResolutionClient;
import software.amazon.awssdk.services.entityresolution.EntityResolutionClientBuilder;
import software.amazon.awssdk.services.entityresolution.model.ResourceNotFoundException;

/** {@link EntityResolution} on AWS. Close it to give back its connections. */
public final class AwsEntityResolution implements EntityResolution, AutoCloseable {
    private final ServiceConnection<EntityResolutionClient> connection;

    private AwsEntityResolution(
            ServiceEndpoint endpoint,
            Consumer<EntityResolutionClientBuilder> credentials,
            Consumer<StandardRetryStrategy.Builder> retries) {
        ServiceFailures failures = new ServiceFailures(endpoint);
        this.connection = ServiceConnection.to(
                endpoint,
                EntityResolutionClient::builder,
                credentials,
                retries,
                (action, subject, error) ->
                        failures.translate(action, subject, error, ResourceNotFoundException.class, "name"));
    }

    /** Connects with the credentials of the environment, at the first call. */
    public static AwsEntityResolution connect(ServiceEndpoint endpoint) {
        return new AwsEntityResolution(endpoint, builder -> {}, retries -> {});
    }

    /** Connects without credentials, to an emulator that lets everyone in. */
    public static AwsEntityResolution connectAnonymously(
            ServiceEndpoint endpoint, Consumer<StandardRetryStrategy.Builder> retries) {
        return new AwsEntityResolution(
                endpoint, builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create()), retries);
    }

    /** How many requests were sent, repetitions counted. */
    public long requests() {
        return connection.requests();
    }

    @Override
    public List<String> idNamespaces() {
        return connection.call(
                "entityresolution:ListIdNamespaces",
                "the account",
                client -> client.listIdNamespacesPaginator(request -> {}).idNamespaceSummaries().stream()
                        .map(found -> orEmpty(found.idNamespaceName()))
                        .toList());
    }

    @Override
    public IdNamespace idNamespace(String name) {
        return connection.call("entityresolution:GetIdNamespace", "id namespace " + name, client -> {
            var found = client.getIdNamespace(request -> request.idNamespaceName(name));
            return new IdNamespace(
                    orEmpty(found.idNamespaceName()),
                    orEmpty(found.idNamespaceArn()),
                    orEmpty(found.typeAsString()),
                    orEmpty(found.description()),
                    orEmpty(found.roleArn()),
                    found.inputSourceConfig().stream()
                            .map(source -> new IdNamespace.Source(
                                    orEmpty(source.inputSourceARN()), orEmpty(source.schemaName())))
                            .toList(),
                    found.idMappingWorkflowProperties().stream()
                            .map(properties -> orEmpty(properties.idMappingTypeAsString()))
                            .toList());
        });
    }

    @Override
    public List<SchemaMappingSummary> schemaMappings() {
        return connection.call(
                "entityresolution:ListSchemaMappings",
                "the account",
                client -> client.listSchemaMappingsPaginator(request -> {}).schemaList().stream()
                        .map(found -> new SchemaMappingSummary(
                                orEmpty(found.schemaName()), Boolean.TRUE.equals(found.hasWorkflows())))
                        .toList());
    }

    @Override
    public SchemaMapping schemaMapping(String name) {
        return connection.call("entityresolution:GetSchemaMapping", "schema mapping " + name, client -> {
            var found = client.getSchemaMapping(request -> request.schemaName(name));
            return new SchemaMapping(
                    orEmpty(found.schemaName()),
                    orEmpty(found.schemaArn()),
                    Optional.ofNullable(found.createdAt()),
                    Optional.ofNullable(found.updatedAt()),
                    Boolean.TRUE.equals(found.hasWorkflows()),
                    found.mappedInputFields().stream()
                            .map(field -> new SchemaMapping.Field(
                                    orEmpty(field.fieldName()),
                                    orEmpty(field.typeAsString()),
                                    orEmpty(field.matchKey()),
                                    orEmpty(field.groupName())))
                            .toList());
        });
    }

    @Override
    public void close() {
        connection.close();
    }
}
