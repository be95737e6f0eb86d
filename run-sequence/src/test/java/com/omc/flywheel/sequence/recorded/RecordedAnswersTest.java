package com.omc.flywheel.sequence.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.awsjson.RestRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.cleanrooms.CleanRoomsClient;
import software.amazon.awssdk.services.entityresolution.EntityResolutionClient;

/** Every file of the committed recordings, asked for and read by the SDK's own clients. */
@Timeout(120)
class RecordedAnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> LISTS_OF_ONE_PAGE =
            Set.of("ListIdNamespaceAssociations", "ListIdMappingTables", "ListPrivacyBudgetTemplates");

    private static RecordedServer server;

    @BeforeAll
    static void start() {
        server = RecordedServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** One file, the operation that it answers, and the labels of its path. */
    private record Recorded(Path file, RestRoute route, Map<String, String> labels) {}

    @Test
    void cleanRoomsClientReadsEveryMemberOfEveryFile() throws Exception {
        assertEveryFileIsRead(
                RecordedServer.CLEAN_ROOMS,
                RecordedOperations.CLEAN_ROOMS,
                new SdkCalls(server.cleanRooms(), CleanRoomsClient.class));
    }

    @Test
    void entityResolutionClientReadsEveryMemberOfEveryFile() throws Exception {
        assertEveryFileIsRead(
                RecordedServer.ENTITY_RESOLUTION,
                RecordedOperations.ENTITY_RESOLUTION,
                new SdkCalls(server.entityResolution(), EntityResolutionClient.class));
    }

    @Test
    void servesTheOperationsThatAReportNeeds() {
        assertThat(RecordedService.cleanRooms(RecordedServer.CLEAN_ROOMS).routes())
                .extracting(RestRoute::operation)
                .containsExactlyInAnyOrder(
                        "ListConfiguredTables",
                        "GetConfiguredTable",
                        "GetConfiguredTableAnalysisRule",
                        "ListConfiguredTableAssociations",
                        "GetConfiguredTableAssociation",
                        "GetConfiguredTableAssociationAnalysisRule",
                        "ListMemberships",
                        "GetMembership",
                        "ListCollaborations",
                        "GetCollaboration",
                        "ListMembers",
                        "ListSchemas",
                        "GetSchema",
                        "BatchGetSchema",
                        "GetSchemaAnalysisRule",
                        "ListIdNamespaceAssociations",
                        "GetIdNamespaceAssociation",
                        "ListIdMappingTables",
                        "GetIdMappingTable",
                        "ListPrivacyBudgetTemplates",
                        "GetPrivacyBudgetTemplate");
        assertThat(RecordedService.entityResolution(RecordedServer.ENTITY_RESOLUTION)
                        .routes())
                .extracting(RestRoute::operation)
                .containsExactlyInAnyOrder(
                        "ListIdNamespaces", "GetIdNamespace", "ListSchemaMappings", "GetSchemaMapping");
    }

    private static void assertEveryFileIsRead(Path folder, List<RecordedOperation> operations, SdkCalls calls)
            throws Exception {
        Set<String> seen = new TreeSet<>();
        Set<String> severalPages = new TreeSet<>();
        for (Path file : files(folder)) {
            Recorded recorded = recorded(folder, file, operations);
            SdkCalls.Answer answer = calls.all(recorded.route(), recorded.labels());
            JsonNode written = JSON.readTree(file.toFile());
            assertThat(answer.json()).as("%s", file).isEqualTo(SdkJson.normalised(written));
            seen.add(recorded.route().operation());
            if (answer.pages() > 1) {
                severalPages.add(recorded.route().operation());
            }
        }
        assertThat(seen)
                .as("operations with a file")
                .isEqualTo(names(operations.stream()
                        .filter(RecordedOperation::readsFiles)
                        .toList()));
        Set<String> lists = names(operations.stream()
                .filter(operation -> operation.kind() == RecordedOperation.Kind.LIST)
                .toList());
        lists.removeAll(LISTS_OF_ONE_PAGE);
        assertThat(severalPages).as("lists of several pages").isEqualTo(lists);
    }

    private static Set<String> names(List<RecordedOperation> operations) {
        return operations.stream().map(RecordedOperation::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Recorded recorded(Path folder, Path file, List<RecordedOperation> operations) {
        String name = folder.relativize(file).toString();
        assertThat(name).endsWith(".json");
        String address = "/" + name.substring(0, name.length() - ".json".length());
        List<Recorded> found = new ArrayList<>();
        for (RecordedOperation operation : operations) {
            Optional<Map<String, String>> labels = operation.route().labels("GET", address);
            labels.ifPresent(values -> found.add(new Recorded(file, operation.route(), values)));
        }
        assertThat(found).as("operations of %s", file).hasSize(1);
        return found.get(0);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
