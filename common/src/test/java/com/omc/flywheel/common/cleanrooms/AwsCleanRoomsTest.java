package com.omc.flywheel.common.cleanrooms;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.aws.AnsweringServer;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable.GlueTable;
import com.omc.flywheel.common.cleanrooms.Membership.ResultDelivery;
import com.omc.flywheel.common.failure.FailureKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** What {@link AwsCleanRooms} asks, and makes of the answers. */
class AwsCleanRoomsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaSummary SCHEMA = new SchemaSummary("acx_part_a", "TABLE", "111122223333");

    private AnsweringServer server;
    private AwsCleanRooms cleanRooms;

    @BeforeEach
    void start() throws IOException {
        server = new AnsweringServer();
        cleanRooms = AwsCleanRooms.connectAnonymously(
                ServiceEndpoint.fromEnvironment("AWS Clean Rooms", "AWS_ENDPOINT_URL_CLEANROOMS", server.environment()),
                retries -> retries.backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately()));
    }

    @AfterEach
    void stop() {
        cleanRooms.close();
        server.close();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("lists")
    void followsAListToItsLastPage(Function<CleanRooms, List<?>> list, String path, String member) {
        server.answering(200, "{\"%s\": [{}], \"nextToken\": \"1\"}".formatted(member))
                .answering(200, "{\"%s\": [], \"nextToken\": \"2\"}".formatted(member))
                .answering(200, "{\"%s\": [{}, {}]}".formatted(member));

        assertThat(list.apply(cleanRooms)).hasSize(3);

        assertThat(asked())
                .containsExactly("GET " + path, "GET " + path + "?nextToken=1", "GET " + path + "?nextToken=2");
        assertThat(cleanRooms.requests()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("lists")
    void neverTakesAListThatWasRefusedForAnEmptyOne(
            Function<CleanRooms, List<?>> list, String path, String member, String action) {
        server.answering(200, "{\"%s\": [{}], \"nextToken\": \"1\"}".formatted(member))
                .refusingInJson(403, "AccessDeniedException", "no");

        assertFails(FailureKind.ACCESS_DENIED, () -> list.apply(cleanRooms))
                .hasMessageStartingWith("ACCESS_DENIED: cleanrooms:%s on ", action)
                .hasMessageContaining("was refused (AccessDeniedException); allow the action");
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                list(CleanRooms::memberships, "/memberships", "membershipSummaries", "ListMemberships"),
                list(one -> one.members("k-1"), "/collaborations/k-1/members", "memberSummaries", "ListMembers"),
                list(one -> one.schemas("k-1"), "/collaborations/k-1/schemas", "schemaSummaries", "ListSchemas"),
                list(
                        CleanRooms::configuredTables,
                        "/configuredTables",
                        "configuredTableSummaries",
                        "ListConfiguredTables"),
                list(
                        one -> one.associations("m-1"),
                        "/memberships/m-1/configuredTableAssociations",
                        "configuredTableAssociationSummaries",
                        "ListConfiguredTableAssociations"),
                list(
                        one -> one.privacyBudgetTemplates("m-1"),
                        "/memberships/m-1/privacybudgettemplates",
                        "privacyBudgetTemplateSummaries",
                        "ListPrivacyBudgetTemplates"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("details")
    void missesWhatIsNotThere(Function<CleanRooms, Object> question, String path, String action) {
        server.refusingInJson(404, "ResourceNotFoundException", "no");

        assertFails(FailureKind.MISSING_INPUT, () -> question.apply(cleanRooms))
                .hasMessageStartingWith("MISSING_INPUT: cleanrooms:%s: there is no ", action)
                .hasMessageEndingWith("; check its id, the account and the region");
        assertThat(asked()).containsExactly("GET " + path);
    }

    static Stream<Arguments> details() {
        return Stream.of(
                question(one -> one.membership("m-1"), "/memberships/m-1", "GetMembership"),
                question(one -> one.configuredTable("c-1"), "/configuredTables/c-1", "GetConfiguredTable"),
                question(one -> one.members("k-1"), "/collaborations/k-1/members", "ListMembers"),
                question(
                        one -> one.associations("m-1"),
                        "/memberships/m-1/configuredTableAssociations",
                        "ListConfiguredTableAssociations"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("rules")
    void takesARuleThatIsNotThereForNone(Function<CleanRooms, Optional<?>> rule, String path) {
        server.refusingInJson(404, "ResourceNotFoundException", "no");

        assertThat(rule.apply(cleanRooms)).isEmpty();

        assertThat(asked()).containsExactly("GET " + path);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("rules")
    void neverTakesARuleThatWasRefusedForNone(Function<CleanRooms, Optional<?>> rule, String path, String action) {
        server.refusingInJson(403, "AccessDeniedException", "no");

        assertFails(FailureKind.ACCESS_DENIED, () -> rule.apply(cleanRooms))
                .hasMessageStartingWith("ACCESS_DENIED: cleanrooms:%s on ", action);
        assertThat(asked()).containsExactly("GET " + path);
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                question(
                        one -> one.analysisRule("c-1", "LIST"),
                        "/configuredTables/c-1/analysisRule/LIST",
                        "GetConfiguredTableAnalysisRule"),
                question(
                        one -> one.associationRule("m-1", "a-1", "CUSTOM"),
                        "/memberships/m-1/configuredTableAssociations/a-1/analysisRule/CUSTOM",
                        "GetConfiguredTableAssociationAnalysisRule"),
                question(
                        one -> one.schemaRule("k-1", SCHEMA),
                        "/collaborations/k-1/schemas/acx_part_a/analysisRule/CUSTOM",
                        "GetSchemaAnalysisRule"));
    }

    @ParameterizedTest
    @CsvSource({"429,ThrottlingException", "400,ThrottlingException", "500,InternalServerException"})
    void goesOnWhenCallsComeTooFast(int status, String code) {
        for (int refused = 0; refused < 7; refused++) {
            server.refusingInJson(status, code, "later");
        }
        server.answering(200, "{\"memberSummaries\": [{\"accountId\": \"111122223333\"}]}");

        assertThat(cleanRooms.members("k-1")).extracting(Member::accountId).containsExactly("111122223333");
        assertThat(cleanRooms.requests()).isEqualTo(8);
    }

    @Test
    void givesUpWhenCallsComeTooFastForTooLong() {
        server.refusingInJson(429, "ThrottlingException", "later");

        assertFails(FailureKind.SERVICE, () -> cleanRooms.members("k-1"))
                .hasMessageStartingWith("SERVICE: cleanrooms:ListMembers on collaboration k-1: the endpoint ")
                .hasMessageContaining("answered 429 ThrottlingException");
        assertThat(cleanRooms.requests()).isEqualTo(8);
    }

    @Test
    void readsMemberships() {
        server.answering(
                200,
                """
                {"membershipSummaries": [
                  {"id": "m-1", "collaborationId": "k-1", "collaborationName": "measurement", "status": "ACTIVE"},
                  {"id": "m-2", "collaborationId": "k-2", "collaborationName": "old", "status": "REMOVED"}]}
                """);

        assertThat(cleanRooms.memberships())
                .containsExactly(
                        new MembershipSummary("m-1", "k-1", "measurement", "ACTIVE"),
                        new MembershipSummary("m-2", "k-2", "old", "REMOVED"));
    }

    @Test
    void readsAMembershipWithWhereItsResultsGo() {
        server.answering(
                200,
                """
                {"membership": {"id": "m-1", "collaborationId": "k-1", "collaborationName": "measurement",
                  "status": "ACTIVE", "memberAbilities": ["CAN_RECEIVE_RESULTS", "A_LATER_ONE"],
                  "defaultResultConfiguration": {"roleArn": "arn:r", "outputConfiguration": {"s3": {
                    "bucket": "results", "keyPrefix": "out/", "resultFormat": "PARQUET"}}}}}
                """);

        Membership membership = cleanRooms.membership("m-1");

        assertThat(membership)
                .isEqualTo(new Membership(
                        "m-1",
                        "k-1",
                        "measurement",
                        "ACTIVE",
                        List.of("CAN_RECEIVE_RESULTS", "A_LATER_ONE"),
                        Optional.of(new ResultDelivery("results", "out/", "PARQUET", "arn:r"))));
        assertThat(membership.canReceiveResults()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"membership\": {}}",
                "{\"membership\": {\"defaultResultConfiguration\": {}}}",
                "{\"membership\": {\"defaultResultConfiguration\": {\"outputConfiguration\": {}}}}"
            })
    void readsAMembershipThatHasNothing(String answer) {
        server.answering(200, answer);

        assertThat(cleanRooms.membership("m-1")).isEqualTo(new Membership("", "", "", "", List.of(), Optional.empty()));
    }

    @Test
    void readsMembersAndSchemas() {
        server.answering(
                        200,
                        """
                        {"memberSummaries": [{"accountId": "111122223333", "displayName": "we", "status": "ACTIVE",
                          "abilities": ["CAN_QUERY"]}, {}]}
                        """)
                .answering(
                        200,
                        """
                        {"schemaSummaries": [{"name": "acx_part_a", "type": "TABLE", "creatorAccountId": "111122223333"}, {}]}
                        """);

        assertThat(cleanRooms.members("k-1"))
                .containsExactly(
                        new Member("111122223333", "we", "ACTIVE", List.of("CAN_QUERY")),
                        new Member("", "", "", List.of()));
        assertThat(cleanRooms.schemas("k-1")).containsExactly(SCHEMA, new SchemaSummary("", "", ""));
    }

    @Test
    void readsWhatTheCollaborationSaysOfATable() {
        server.answering(
                200,
                """
                {"errors": [], "schemas": [{"name": "acx_part_a", "type": "TABLE", "creatorAccountId": "111122223333",
                  "columns": [{"name": "id", "type": "string"}, {"name": "id_bucket", "type": "int"}],
                  "partitionKeys": [{"name": "id_bucket", "type": "int"}, {"name": "snapshot_dt", "type": "date"}],
                  "schemaStatusDetails": [
                    {"status": "NOT_READY", "analysisType": "DIRECT_ANALYSIS", "analysisRuleType": "CUSTOM",
                     "configurations": [], "reasons": [{"code": "LATER_THAN_US", "message": "because"}]},
                    {"status": "READY", "analysisType": "ADDITIONAL_ANALYSIS"}]}]}
                """);

        assertThat(cleanRooms.schemas("k-1", List.of("acx_part_a")))
                .containsExactly(new Schema(
                        "acx_part_a",
                        "TABLE",
                        "111122223333",
                        List.of(
                                new Schema.Column("id", "string"),
                                new Schema.Column("id_bucket", "int"),
                                new Schema.Column("snapshot_dt", "date")),
                        List.of(
                                new Schema.Status(
                                        "DIRECT_ANALYSIS",
                                        "CUSTOM",
                                        "NOT_READY",
                                        List.of(new Schema.Reason("LATER_THAN_US", "because"))),
                                new Schema.Status("ADDITIONAL_ANALYSIS", "", "READY", List.of()))));
        assertThat(asked()).containsExactly("POST /collaborations/k-1/batch-schema");
    }

    @Test
    void asksForTwentyFiveTablesAtATimeAndForEachOnce() throws JsonProcessingException {
        List<String> names =
                IntStream.range(0, 26).mapToObj(number -> "t" + number).toList();
        server.answering(200, "{\"schemas\": [{\"name\": \"t0\"}], \"errors\": []}")
                .answering(200, "{\"schemas\": [{\"name\": \"t25\"}], \"errors\": []}");

        assertThat(cleanRooms.schemas(
                        "k-1", Stream.concat(names.stream(), names.stream()).toList()))
                .extracting(Schema::name)
                .containsExactly("t0", "t25");

        assertThat(server.requests()).hasSize(2);
        assertThat(JSON.readTree(server.requests().get(0).body()))
                .isEqualTo(JSON.valueToTree(Map.of("names", names.subList(0, 25))));
        assertThat(JSON.readTree(server.requests().get(1).body()))
                .isEqualTo(JSON.valueToTree(Map.of("names", List.of("t25"))));
    }

    @Test
    void asksForNoTablesNotAtAll() {
        assertThat(cleanRooms.schemas("k-1", List.of())).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESOURCE_NOT_FOUND", "ResourceNotFoundException"})
    void leavesOutATableThatTheCollaborationDoesNotKnow(String code) {
        server.answering(
                200,
                "{\"schemas\": [{\"name\": \"t1\"}], \"errors\": [{\"name\": \"t2\", \"code\": \"%s\", \"message\": \"no\"}]}"
                        .formatted(code));

        assertThat(cleanRooms.schemas("k-1", List.of("t1", "t2")))
                .extracting(Schema::name)
                .containsExactly("t1");
    }

    @Test
    void namesEveryTableThatGotNoAnswer() {
        server.answering(
                200,
                """
                {"schemas": [{"name": "t1"}], "errors": [
                  {"name": "t2", "code": "RESOURCE_NOT_FOUND", "message": "no"},
                  {"name": "t3", "code": "INTERNAL", "message": "ours"},
                  {"name": "t4", "code": "LATER", "message": "busy"}]}
                """);

        assertFails(FailureKind.SERVICE, () -> cleanRooms.schemas("k-1", List.of("t1", "t2", "t3", "t4")))
                .hasMessage(
                        "SERVICE: cleanrooms:BatchGetSchema on collaboration k-1 gave no answer for these tables; start the job again:\n  - t3: INTERNAL (ours)\n  - t4: LATER (busy)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"consolidatedPolicy\": {\"v1\": {\"custom\": {\"allowedResultReceivers\": [\"1\"]}}}, \"collaborationPolicy\": {\"v1\": {\"custom\": {\"allowedResultReceivers\": [\"2\"]}}}} | 1",
                "{\"collaborationPolicy\": {\"v1\": {\"custom\": {\"allowedResultReceivers\": [\"2\"]}}}} | 2",
                "{\"consolidatedPolicy\": {\"v1\": {}}, \"collaborationPolicy\": {\"v1\": {\"custom\": {\"allowedResultReceivers\": [\"2\"]}}}} | 2",
                "{\"consolidatedPolicy\": {\"v1\": {\"custom\": {}}}} | -",
                "{\"policy\": {\"v1\": {\"list\": {}}}} | -",
                "{} | -"
            })
    void takesTheReceiversOfBothRulesTogetherFirst(String rule, String receiver) {
        server.answering(200, "{\"analysisRule\": %s}".formatted(rule));

        assertThat(cleanRooms.schemaRule("k-1", SCHEMA))
                .contains(new SchemaRule(Stream.ofNullable(receiver).toList()));
    }

    @Test
    void readsAConfiguredTable() {
        server.answering(
                200,
                """
                {"configuredTable": {"id": "c-1", "name": "part_a",
                  "tableReference": {"glue": {"databaseName": "lake", "tableName": "part_a"}},
                  "allowedColumns": ["id", "amount"], "analysisMethod": "A_LATER_ONE",
                  "analysisRuleTypes": ["CUSTOM"]}}
                """);

        assertThat(cleanRooms.configuredTable("c-1"))
                .isEqualTo(new ConfiguredTable(
                        "c-1",
                        "part_a",
                        Optional.of(new GlueTable("lake", "part_a")),
                        List.of("id", "amount"),
                        "A_LATER_ONE",
                        List.of("CUSTOM")));
    }

    @Test
    void readsAConfiguredTableOfAnotherStore() {
        server.answering(
                200,
                """
                {"configuredTable": {"id": "c-1", "name": "part_a", "analysisMethod": "DIRECT_QUERY",
                  "tableReference": {"athena": {"workGroup": "w", "databaseName": "lake", "tableName": "part_a"}}}}
                """);

        assertThat(cleanRooms.configuredTable("c-1"))
                .isEqualTo(
                        new ConfiguredTable("c-1", "part_a", Optional.empty(), List.of(), "DIRECT_QUERY", List.of()));
    }

    @Test
    void readsListsOfTables() {
        server.answering(
                        200,
                        """
                        {"configuredTableSummaries": [
                          {"id": "c-1", "name": "part_a", "analysisRuleTypes": ["CUSTOM", "A_LATER_ONE"]}, {"id": "c-2"}]}
                        """)
                .answering(
                        200,
                        """
                        {"configuredTableAssociationSummaries": [
                          {"id": "a-1", "name": "acx_part_a", "configuredTableId": "c-1", "analysisRuleTypes": ["LIST"]},
                          {"id": "a-2"}]}
                        """);

        assertThat(cleanRooms.configuredTables())
                .containsExactly(
                        new ConfiguredTableSummary("c-1", "part_a", List.of("CUSTOM", "A_LATER_ONE")),
                        new ConfiguredTableSummary("c-2", "", List.of()));
        assertThat(cleanRooms.associations("m-1"))
                .containsExactly(
                        new Association("a-1", "acx_part_a", "c-1", List.of("LIST")),
                        new Association("a-2", "", "", List.of()));
    }

    @Test
    void readsAnAnalysisRule() {
        server.answering(
                        200,
                        """
                        {"analysisRule": {"type": "CUSTOM", "policy": {"v1": {"custom": {
                          "allowedAnalyses": ["ANY_QUERY"], "allowedAnalysisProviders": ["444455556666"]}}}}}
                        """)
                .answering(200, "{\"analysisRule\": {\"type\": \"LIST\", \"policy\": {\"v1\": {\"list\": {}}}}}")
                .answering(200, "{\"analysisRule\": {}}");

        assertThat(cleanRooms.analysisRule("c-1", "CUSTOM"))
                .contains(new AnalysisRule("CUSTOM", List.of("ANY_QUERY"), List.of("444455556666")));
        assertThat(cleanRooms.analysisRule("c-1", "LIST")).contains(new AnalysisRule("LIST", List.of(), List.of()));
        assertThat(cleanRooms.analysisRule("c-1", "LIST")).contains(new AnalysisRule("", List.of(), List.of()));
    }

    @Test
    void readsTheCollaborationsRule() {
        server.answering(
                        200,
                        """
                        {"analysisRule": {"type": "CUSTOM", "policy": {"v1": {"custom": {
                          "allowedResultReceivers": ["777788889999"], "allowedAdditionalAnalyses": ["ANY"]}}}}}
                        """)
                .answering(200, "{\"analysisRule\": {\"type\": \"LIST\", \"policy\": {\"v1\": {\"list\": {}}}}}");

        assertThat(cleanRooms.associationRule("m-1", "a-1", "CUSTOM"))
                .contains(new AssociationRule("CUSTOM", List.of("777788889999"), List.of("ANY")));
        assertThat(cleanRooms.associationRule("m-1", "a-1", "LIST"))
                .contains(new AssociationRule("LIST", List.of(), List.of()));
    }

    @Test
    void readsEveryIdNamespaceOfEveryPage() {
        server.answering(200, "{\"idNamespaceAssociationSummaries\": [{\"id\": \"n-1\"}], \"nextToken\": \"1\"}")
                .answering(200, "{\"idNamespaceAssociationSummaries\": [{\"id\": \"n-2\"}]}")
                .answering(
                        200,
                        """
                        {"idNamespaceAssociation": {"id": "n-1", "name": "ids", "arn": "arn:n", "description": "ours",
                          "inputReferenceConfig": {"inputReferenceArn": "arn:i", "manageResourcePolicies": true},
                          "idMappingConfig": {"allowUseAsDimensionColumn": true}}}
                        """)
                .answering(
                        200,
                        "{\"idNamespaceAssociation\": {\"id\": \"n-2\", \"inputReferenceConfig\": {}, \"idMappingConfig\": {}}}");

        assertThat(cleanRooms.idNamespaceAssociations("m-1"))
                .containsExactly(
                        new IdNamespaceAssociation("n-1", "ids", "arn:n", "ours", "arn:i", true, true),
                        new IdNamespaceAssociation("n-2", "", "", "", "", false, false));

        String path = "GET /memberships/m-1/idnamespaceassociations";
        assertThat(asked()).containsExactly(path, path + "?nextToken=1", path + "/n-1", path + "/n-2");
    }

    @Test
    void readsEveryIdMappingTableOfEveryPage() {
        server.answering(200, "{\"idMappingTableSummaries\": [{\"id\": \"i-1\"}], \"nextToken\": \"1\"}")
                .answering(200, "{\"idMappingTableSummaries\": [{\"id\": \"i-2\"}]}")
                .answering(
                        200,
                        """
                        {"idMappingTable": {"id": "i-1", "name": "acx_id_mapping", "arn": "arn:t", "description": "d",
                          "inputReferenceConfig": {"inputReferenceArn": "arn:w"},
                          "inputReferenceProperties": {"idMappingTableInputSource": [
                            {"idNamespaceAssociationId": "n-1", "type": "SOURCE"}, {}]}}}
                        """)
                .answering(200, "{\"idMappingTable\": {\"id\": \"i-2\"}}");

        assertThat(cleanRooms.idMappingTables("m-1"))
                .containsExactly(
                        new IdMappingTable(
                                "i-1",
                                "acx_id_mapping",
                                "arn:t",
                                "d",
                                "arn:w",
                                List.of(
                                        new IdMappingTable.InputSource("n-1", "SOURCE"),
                                        new IdMappingTable.InputSource("", ""))),
                        new IdMappingTable("i-2", "", "", "", "", List.of()));

        String path = "GET /memberships/m-1/idmappingtables";
        assertThat(asked()).containsExactly(path, path + "?nextToken=1", path + "/i-1", path + "/i-2");
    }

    @Test
    void readsTheIdsOfPrivacyBudgetTemplates() {
        server.answering(200, "{\"privacyBudgetTemplateSummaries\": [{\"id\": \"p-1\"}, {\"id\": \"p-2\"}]}");

        assertThat(cleanRooms.privacyBudgetTemplates("m-1")).containsExactly("p-1", "p-2");
    }

    @Test
    void asksNothingAfterItWasClosed() {
        cleanRooms.close();

        assertThatThrownBy(cleanRooms::memberships)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the connection to AWS Clean Rooms is closed");
        assertThat(server.requests()).isEmpty();
    }

    private static Arguments list(Function<CleanRooms, List<?>> list, String path, String member, String action) {
        return Arguments.of(list, path, member, action);
    }

    private static Arguments question(Function<CleanRooms, Object> question, String path, String action) {
        return Arguments.of(question, path, action);
    }

    private List<String> asked() {
        return server.requests().stream()
                .map(request -> request.query().isEmpty()
                        ? "%s %s".formatted(request.method(), request.path())
                        : "%s %s?%s".formatted(request.method(), request.path(), request.query()))
                .toList();
    }
}
