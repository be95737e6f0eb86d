package com.omc.flywheel.common.entityresolution;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.aws.AnsweringServer;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** What {@link AwsEntityResolution} asks, and makes of the answers. */
class AwsEntityResolutionTest {
    private AnsweringServer server;
    private AwsEntityResolution entityResolution;

    @BeforeEach
    void start() throws IOException {
        server = new AnsweringServer();
        entityResolution = AwsEntityResolution.connectAnonymously(
                ServiceEndpoint.fromEnvironment(
                        "AWS Entity Resolution", "AWS_ENDPOINT_URL_ENTITYRESOLUTION", server.environment()),
                retries -> retries.backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately()));
    }

    @AfterEach
    void stop() {
        entityResolution.close();
        server.close();
    }

    @Test
    void listsTheIdNamespacesOfEveryPage() {
        server.answering(200, "{\"idNamespaceSummaries\": [{\"idNamespaceName\": \"ids\"}], \"nextToken\": \"1\"}")
                .answering(200, "{\"idNamespaceSummaries\": [], \"nextToken\": \"2\"}")
                .answering(200, "{\"idNamespaceSummaries\": [{\"idNamespaceName\": \"amc\"}, {}]}");

        assertThat(entityResolution.idNamespaces()).containsExactly("ids", "amc", "");

        assertThat(asked())
                .containsExactly("GET /idnamespaces", "GET /idnamespaces?nextToken=1", "GET /idnamespaces?nextToken=2");
        assertThat(entityResolution.requests()).isEqualTo(3);
    }

    @Test
    void listsTheSchemaMappingsOfEveryPage() {
        server.answering(
                        200,
                        "{\"schemaList\": [{\"schemaName\": \"IDS\", \"hasWorkflows\": true}], \"nextToken\": \"1\"}")
                .answering(200, "{\"schemaList\": [{\"schemaName\": \"AMC\"}]}");

        assertThat(entityResolution.schemaMappings())
                .containsExactly(new SchemaMappingSummary("IDS", true), new SchemaMappingSummary("AMC", false));

        assertThat(asked()).containsExactly("GET /schemas", "GET /schemas?nextToken=1");
    }

    @Test
    void readsAnIdNamespace() {
        server.answering(
                200,
                """
                {"idNamespaceName": "ids", "idNamespaceArn": "arn:n", "type": "SOURCE", "description": "ours",
                 "roleArn": "arn:r",
                 "inputSourceConfig": [{"inputSourceARN": "arn:t", "schemaName": "IDS"}, {}],
                 "idMappingWorkflowProperties": [{"idMappingType": "RULE_BASED"}, {"idMappingType": "A_LATER_ONE"}]}
                """);

        assertThat(entityResolution.idNamespace("ids"))
                .isEqualTo(new IdNamespace(
                        "ids",
                        "arn:n",
                        "SOURCE",
                        "ours",
                        "arn:r",
                        List.of(new IdNamespace.Source("arn:t", "IDS"), new IdNamespace.Source("", "")),
                        List.of("RULE_BASED", "A_LATER_ONE")));
        assertThat(asked()).containsExactly("GET /idnamespaces/ids");
    }

    @Test
    void readsASchemaMapping() {
        server.answering(
                200,
                """
                {"schemaName": "IDS", "schemaArn": "arn:s", "createdAt": 1700000000, "updatedAt": 1700000001,
                 "hasWorkflows": true, "mappedInputFields": [
                   {"fieldName": "row_id", "type": "UNIQUE_ID"},
                   {"fieldName": "user", "type": "A_LATER_ONE", "matchKey": "user", "groupName": "who"}]}
                """);

        SchemaMapping mapping = entityResolution.schemaMapping("IDS");

        assertThat(mapping)
                .isEqualTo(new SchemaMapping(
                        "IDS",
                        "arn:s",
                        Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                        Optional.of(Instant.ofEpochSecond(1_700_000_001)),
                        true,
                        List.of(
                                new SchemaMapping.Field("row_id", "UNIQUE_ID", "", ""),
                                new SchemaMapping.Field("user", "A_LATER_ONE", "user", "who"))));
        assertThat(mapping.uniqueId()).contains("row_id");
        assertThat(asked()).containsExactly("GET /schemas/IDS");
    }

    @Test
    void takesWhatAnAnswerLeavesOutForEmpty() {
        server.answering(200, "{}");

        assertThat(entityResolution.idNamespaces()).isEmpty();
        assertThat(entityResolution.schemaMappings()).isEmpty();
        assertThat(entityResolution.idNamespace("ids"))
                .isEqualTo(new IdNamespace("", "", "", "", "", List.of(), List.of()));
        SchemaMapping mapping = entityResolution.schemaMapping("IDS");
        assertThat(mapping).isEqualTo(new SchemaMapping("", "", Optional.empty(), Optional.empty(), false, List.of()));
        assertThat(mapping.uniqueId()).isEmpty();
    }

    @Test
    void missesWhatIsNotThere() {
        server.refusingInJson(404, "ResourceNotFoundException", "no");

        assertFails(FailureKind.MISSING_INPUT, () -> entityResolution.idNamespace("ids"))
                .hasMessage(
                        "MISSING_INPUT: entityresolution:GetIdNamespace: there is no id namespace ids; check its name, the account and the region");
        assertFails(FailureKind.MISSING_INPUT, () -> entityResolution.schemaMapping("IDS"))
                .hasMessage(
                        "MISSING_INPUT: entityresolution:GetSchemaMapping: there is no schema mapping IDS; check its name, the account and the region");
    }

    @Test
    void neverTakesAListThatWasRefusedForAnEmptyOne() {
        server.refusingInJson(403, "AccessDeniedException", "no");

        assertFails(FailureKind.ACCESS_DENIED, entityResolution::idNamespaces)
                .hasMessageStartingWith("ACCESS_DENIED: entityresolution:ListIdNamespaces on the account was refused");
        assertFails(FailureKind.ACCESS_DENIED, entityResolution::schemaMappings)
                .hasMessageStartingWith(
                        "ACCESS_DENIED: entityresolution:ListSchemaMappings on the account was refused");
    }

    @Test
    void goesOnWhenCallsComeTooFast() {
        for (int refused = 0; refused < 4; refused++) {
            server.refusingInJson(429, "ThrottlingException", "later");
        }
        server.answering(200, "{\"schemaName\": \"IDS\"}").refusingInJson(429, "ThrottlingException", "later");

        assertThat(entityResolution.schemaMapping("IDS").name()).isEqualTo("IDS");
        assertThat(entityResolution.requests()).isEqualTo(5);
        assertFails(FailureKind.SERVICE, () -> entityResolution.schemaMapping("IDS"))
                .hasMessageContaining("answered 429 ThrottlingException");
        assertThat(entityResolution.requests()).isEqualTo(10);
    }

    @Test
    void asksNothingAfterItWasClosed() {
        entityResolution.close();

        assertThatThrownBy(entityResolution::idNamespaces)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the connection to AWS Entity Resolution is closed");
        assertThat(server.requests()).isEmpty();
    }

    private List<String> asked() {
        return server.requests().stream()
                .map(request -> request.query().isEmpty()
                        ? "%s %s".formatted(request.method(), request.path())
                        : "%s %s?%s".formatted(request.method(), request.path(), request.query()))
                .toList();
    }
}
