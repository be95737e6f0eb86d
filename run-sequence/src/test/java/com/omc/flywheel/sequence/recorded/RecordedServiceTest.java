package com.omc.flywheel.sequence.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.omc.flywheel.sequence.awsjson.RequestFault;
import com.omc.flywheel.sequence.awsjson.RestRoute;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cleanrooms.model.AccessDeniedException;
import software.amazon.awssdk.services.cleanrooms.model.AnalysisRuleType;
import software.amazon.awssdk.services.cleanrooms.model.BatchGetSchemaError;
import software.amazon.awssdk.services.cleanrooms.model.BatchGetSchemaResponse;
import software.amazon.awssdk.services.cleanrooms.model.CleanRoomsException;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTableAnalysisRuleType;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTableSummary;
import software.amazon.awssdk.services.cleanrooms.model.InternalServerException;
import software.amazon.awssdk.services.cleanrooms.model.ListConfiguredTablesResponse;
import software.amazon.awssdk.services.cleanrooms.model.ListSchemasResponse;
import software.amazon.awssdk.services.cleanrooms.model.MembershipStatus;
import software.amazon.awssdk.services.cleanrooms.model.MembershipSummary;
import software.amazon.awssdk.services.cleanrooms.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cleanrooms.model.Schema;
import software.amazon.awssdk.services.cleanrooms.model.SchemaSummary;
import software.amazon.awssdk.services.cleanrooms.model.SchemaType;
import software.amazon.awssdk.services.cleanrooms.model.ThrottlingException;
import software.amazon.awssdk.services.cleanrooms.model.ValidationException;
import software.amazon.awssdk.services.entityresolution.model.IdNamespaceSummary;
import software.amazon.awssdk.services.entityresolution.model.SchemaMappingSummary;

@Timeout(120)
class RecordedServiceTest {
    private static final String LIST_TABLES = "CleanRooms.ListConfiguredTables";
    private static final String GET_MEMBERSHIP = "CleanRooms.GetMembership";

    private final RecordedServer server = RecordedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pagesThroughAWholeList() {
        List<ConfiguredTableSummary> tables = server
                .cleanRooms()
                .listConfiguredTablesPaginator(request -> request.maxResults(100))
                .configuredTableSummaries()
                .stream()
                .toList();

        assertThat(tables).hasSize(23).doesNotHaveDuplicates();
        assertThat(server.endpoint().requests(LIST_TABLES)).isEqualTo(12);
    }

    @Test
    void pagesThroughTheListsOfEntityResolution() {
        assertThat(server.entityResolution().listIdNamespacesPaginator(request -> {}).idNamespaceSummaries().stream()
                        .map(IdNamespaceSummary::idNamespaceName))
                .containsExactly("AMCIdNamespace", "ACXIdNamespace");
        assertThat(server.entityResolution().listSchemaMappingsPaginator(request -> {}).schemaList().stream()
                        .map(SchemaMappingSummary::schemaName))
                .containsExactly("AMC_SCHEMA", "ACX_SCHEMA");
        assertThat(server.endpoint().requests("EntityResolution.ListIdNamespaces"))
                .isEqualTo(2);
    }

    @Test
    void givesNoMoreThanARequestAsksFor() {
        ListConfiguredTablesResponse page = server.cleanRooms().listConfiguredTables(request -> request.maxResults(1));

        assertThat(page.configuredTableSummaries()).hasSize(1);
        assertThat(page.nextToken()).isNotBlank();
    }

    @Test
    void givesPagesOfAnotherSizeWhenTold() {
        try (RecordedServer large = RecordedServer.of(
                RecordedService.cleanRooms(RecordedServer.CLEAN_ROOMS).withPageSize(50))) {
            ListConfiguredTablesResponse page = large.cleanRooms().listConfiguredTables(request -> {});
            assertThat(page.configuredTableSummaries()).hasSize(23);
            assertThat(page.nextToken()).isNull();
        }
        RecordedService service = RecordedService.cleanRooms(RecordedServer.CLEAN_ROOMS);
        assertThatThrownBy(() -> service.withPageSize(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }

    @Test
    void filtersAfterItHasCutThePages() {
        List<ListSchemasResponse> pages = new ArrayList<>();
        server.cleanRooms()
                .listSchemasPaginator(request -> request.collaborationIdentifier(RecordedServer.COLLABORATION)
                        .schemaType(SchemaType.ID_MAPPING_TABLE))
                .forEach(pages::add);

        assertThat(pages).hasSize(13);
        assertThat(pages.get(0).schemaSummaries()).isEmpty();
        assertThat(pages.get(0).nextToken()).isNotBlank();
        assertThat(pages.stream()
                        .flatMap(page -> page.schemaSummaries().stream())
                        .map(SchemaSummary::name))
                .containsExactly("acx_id_mapping", "adv_id_mapping");
    }

    @Test
    void givesTheMembershipsOfAStatus() {
        assertThat(server
                        .cleanRooms()
                        .listMembershipsPaginator(request -> request.status(MembershipStatus.ACTIVE))
                        .membershipSummaries()
                        .stream()
                        .map(MembershipSummary::id))
                .containsExactly(RecordedServer.MEMBERSHIP, RecordedServer.EMPTY_MEMBERSHIP);
    }

    @Test
    void refusesATokenThatItHasNotGivenForTheRequest() {
        String token = server.cleanRooms().listConfiguredTables(request -> {}).nextToken();
        String lastToken = server.cleanRooms()
                .listConfiguredTables(request -> request.nextToken(token))
                .nextToken();
        assertThat(lastToken).isNotEqualTo(token);

        assertThatThrownBy(() -> server.cleanRooms().listMemberships(request -> request.nextToken(token)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("for another request");
        assertThatThrownBy(() -> server.cleanRooms().listConfiguredTables(request -> request.nextToken("2")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("nextToken");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void refusesToGiveMoreOrLessThanTheServiceDoes(int results) {
        assertThatThrownBy(() -> server.cleanRooms().listConfiguredTables(request -> request.maxResults(results)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("must be 1 to 100");
    }

    @Test
    void refusesMoreThanAPageOfEntityResolutionHolds() {
        assertThatThrownBy(() -> server.entityResolution().listIdNamespaces(request -> request.maxResults(26)))
                .isInstanceOf(software.amazon.awssdk.services.entityresolution.model.ValidationException.class)
                .hasMessageContaining("must be 1 to 25");
    }

    @Test
    void doesNotFindWhatWasNotRecorded() {
        assertNotFound(() ->
                server.cleanRooms().getMembership(request -> request.membershipIdentifier(RecordedServer.NOWHERE)));
        assertNotFound(() -> server.cleanRooms()
                .listConfiguredTableAssociations(
                        request -> request.membershipIdentifier(RecordedServer.REMOVED_MEMBERSHIP)));
        assertNotFound(() -> server.cleanRooms()
                .getConfiguredTableAnalysisRule(request -> request.configuredTableIdentifier(table("part_ibe_03_a"))
                        .analysisRuleType(ConfiguredTableAnalysisRuleType.CUSTOM)));
        assertNotFound(() -> server.cleanRooms()
                .getSchemaAnalysisRule(request -> request.collaborationIdentifier(RecordedServer.COLLABORATION)
                        .name("acx_part_ibe_01")
                        .type(AnalysisRuleType.LIST)));
        assertThatThrownBy(() -> server.entityResolution().getIdNamespace(request -> request.idNamespaceName("Other")))
                .isInstanceOf(software.amazon.awssdk.services.entityresolution.model.ResourceNotFoundException.class)
                .hasMessageContaining("/idnamespaces/Other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:cleanrooms:us-east-1:111122223333:membership/000000a1-0000-4000-8000-000000000001",
                "..",
                "../memberships",
                "000000A1-0000-4000-8000-000000000001"
            })
    void refusesWhatIsNoIdentifier(String identifier) {
        assertThatThrownBy(() -> server.cleanRooms().getMembership(request -> request.membershipIdentifier(identifier)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContainingAll("membershipIdentifier", "[0-9a-f]{8}");
    }

    @Test
    void givesSchemasInABatchWithAnErrorForEachThatIsNotThere() {
        BatchGetSchemaResponse answer = server.cleanRooms()
                .batchGetSchema(request -> request.collaborationIdentifier(RecordedServer.COLLABORATION)
                        .names("acx_part_ibe_01", "acx_part_nothing", "acx_id_mapping"));

        assertThat(answer.schemas()).extracting(Schema::name).containsExactly("acx_part_ibe_01", "acx_id_mapping");
        assertThat(answer.schemas())
                .allSatisfy(schema -> assertThat(schema.schemaStatusDetails()).isNotEmpty());
        assertThat(answer.errors()).extracting(BatchGetSchemaError::name).containsExactly("acx_part_nothing");
    }

    @Test
    void refusesABatchThatTheServiceDoesNotTake() {
        List<String> tooMany = Collections.nCopies(26, "acx_part_ibe_01");
        assertThatThrownBy(() -> server.cleanRooms()
                        .batchGetSchema(request -> request.collaborationIdentifier(RecordedServer.COLLABORATION)
                                .names(tooMany)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("must have 1 to 25");
        assertNotFound(() -> server.cleanRooms()
                .batchGetSchema(request ->
                        request.collaborationIdentifier(RecordedServer.NOWHERE).names("acx_part_ibe_01")));
    }

    @Test
    void refusesEveryCallThatWouldChangeSomething() {
        assertUnknown(() -> server.cleanRooms()
                .deleteMembership(request -> request.membershipIdentifier(RecordedServer.MEMBERSHIP)));
        assertUnknown(() -> server.cleanRooms()
                .updateMembership(request -> request.membershipIdentifier(RecordedServer.MEMBERSHIP)));
        assertUnknown(() -> server.cleanRooms().createConfiguredTable(request -> request.name("part_new")));
        assertUnknown(() -> server.cleanRooms()
                .populateIdMappingTable(request -> request.membershipIdentifier(RecordedServer.MEMBERSHIP)
                        .idMappingTableIdentifier(RecordedServer.NOWHERE)));
        assertUnknown(() -> server.entityResolution().deleteIdNamespace(request -> request.idNamespaceName("A")));
        assertUnknown(() -> server.entityResolution().updateSchemaMapping(request -> request.schemaName("ACX_SCHEMA")));
    }

    @Test
    void servesNoOtherMethodAtItsPaths() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<RestRoute> routes =
                RecordedService.cleanRooms(RecordedServer.CLEAN_ROOMS).routes();
        for (RestRoute route : routes) {
            for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
                if (!method.equals(route.method())) {
                    String path = route.path().replaceAll("\\{[^/]*}", RecordedServer.MEMBERSHIP);
                    HttpRequest request = HttpRequest.newBuilder(
                                    URI.create(server.endpoint().endpoint() + path))
                            .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                            .build();
                    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                    assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(404);
                    assertThat(answer.headers().firstValue("x-amzn-errortype")).contains("UnknownOperationException");
                }
            }
        }
    }

    @Test
    void isThrottledWith429AndAskedAgain() {
        server.endpoint().faults().onCall(LIST_TABLES, 1, RequestFault.throttled());

        assertThat(server.cleanRooms().listConfiguredTables(request -> {}).configuredTableSummaries())
                .hasSize(2);
        assertThat(server.endpoint().requests(LIST_TABLES)).isEqualTo(2);

        server.endpoint().faults().onEvery(LIST_TABLES, RequestFault.throttled());
        ThrottlingException thrown = catchThrowableOfType(
                ThrottlingException.class, () -> server.cleanRooms().listConfiguredTables(request -> {}));
        assertThat(thrown.statusCode()).isEqualTo(429);
        assertThat(thrown.isThrottlingException()).isTrue();
        assertThat(thrown).hasMessageContaining("Rate exceeded");
    }

    @Test
    void failsWith500() {
        server.endpoint().faults().onEvery(GET_MEMBERSHIP, RequestFault.failedBeforeTheEffect());

        InternalServerException thrown = catchThrowableOfType(InternalServerException.class, this::membership);
        assertThat(thrown.statusCode()).isEqualTo(500);
        assertThat(server.endpoint().requests(GET_MEMBERSHIP)).isGreaterThan(1);
    }

    @Test
    void isDeniedAsIamDoes() {
        String resource = "arn:aws:cleanrooms:us-east-1:111122223333:membership/" + RecordedServer.MEMBERSHIP;
        server.endpoint()
                .faults()
                .onEvery(GET_MEMBERSHIP, RequestFault.deniedByIam("cleanrooms:GetMembership", resource));

        AccessDeniedException thrown = catchThrowableOfType(AccessDeniedException.class, this::membership);
        assertThat(thrown.statusCode()).isEqualTo(403);
        assertThat(thrown)
                .hasMessageContaining(
                        "is not authorized to perform: cleanrooms:GetMembership on resource: " + resource);
        assertThat(server.endpoint().requests(GET_MEMBERSHIP)).isEqualTo(1);
    }

    @Test
    void losesAConnection() {
        server.endpoint().faults().onCall(GET_MEMBERSHIP, 1, RequestFault.answerLost());
        membership();
        assertThat(server.endpoint().requests(GET_MEMBERSHIP)).isEqualTo(2);

        server.endpoint().faults().onEvery(GET_MEMBERSHIP, RequestFault.answerLost());
        assertThatThrownBy(this::membership)
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("Unable to execute HTTP request");
    }

    @Test
    void failsForOneTableInParticular() {
        String table = table("part_ibe_02");
        server.endpoint()
                .faults()
                .onEvery(
                        "CleanRooms.GetConfiguredTable",
                        request -> request.path("configuredTableIdentifier")
                                .asText()
                                .equals(table),
                        RequestFault.deniedByIam("cleanrooms:GetConfiguredTable", table));

        assertThat(server.cleanRooms()
                        .getConfiguredTable(request -> request.configuredTableIdentifier(table("part_ibe_01")))
                        .configuredTable()
                        .name())
                .isEqualTo("part_ibe_01");
        assertThatThrownBy(() ->
                        server.cleanRooms().getConfiguredTable(request -> request.configuredTableIdentifier(table)))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining(table);
    }

    private void membership() {
        server.cleanRooms().getMembership(request -> request.membershipIdentifier(RecordedServer.MEMBERSHIP));
    }

    private String table(String name) {
        return server.cleanRooms().listConfiguredTablesPaginator(request -> {}).configuredTableSummaries().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void assertNotFound(ThrowingCallable call) {
        CleanRoomsException thrown = catchThrowableOfType(ResourceNotFoundException.class, call);
        assertThat(thrown.statusCode()).isEqualTo(404);
        assertThat(thrown).hasMessageContaining("was not found");
    }

    private static void assertUnknown(ThrowingCallable call) {
        AwsServiceException thrown = catchThrowableOfType(AwsServiceException.class, call);
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
        assertThat(thrown.statusCode()).isEqualTo(404);
    }
}
