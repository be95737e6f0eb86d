package com.omc.flywheel.common.catalog;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.aws.AnsweringServer;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** What {@link GlueTableCatalog} asks of Glue, and makes of answers that no emulator gives. */
class GlueTableCatalogRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VARIABLE = "AWS_ENDPOINT_URL_GLUE";
    private static final CatalogName LAKE = new CatalogName("lake");
    private static final TableId TABLE = TableId.of("lake", "ext_a");
    private static final TableDefinition DEFINITION = new TableDefinition(
            "Claims",
            List.of(new CatalogColumn("id", "string", "who"), new CatalogColumn("amount", "double", "")),
            List.of(new CatalogColumn("id_bucket", "int", "")),
            S3Uri.parse("s3://lake/ext_a/"),
            Optional.empty(),
            Map.of("flywheel.run", "2"));
    private static final TableDefinition BUCKETED = new TableDefinition(
            "",
            List.of(new CatalogColumn("id", "string", "")),
            List.of(),
            S3Uri.parse("s3://lake/b/"),
            Optional.of(new Buckets("id", 64)),
            Map.of());
    /** The table that DEFINITION makes, with room for its version. */
    private static final String AS_DEFINED =
            """
            {"Table": {"Name": "ext_a", "DatabaseName": "lake", "VersionId": "%s", "TableType": "EXTERNAL_TABLE",
              "Description": "Claims",
              "PartitionKeys": [{"Name": "id_bucket", "Type": "int"}],
              "StorageDescriptor": {
                "Columns": [{"Name": "id", "Type": "string", "Comment": "who"}, {"Name": "amount", "Type": "double"}],
                "Location": "s3://lake/ext_a/",
                "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                "SerdeInfo": {"SerializationLibrary":
                  "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
                "NumberOfBuckets": 0},
              "Parameters": {"flywheel.run": "2"}}}
            """;

    private static final String COMPLETE_PARTITION =
            """
            {"Values": ["7"], "StorageDescriptor": {
              "Columns": [{"Name": "id", "Type": "string", "Comment": "who"}, {"Name": "amount", "Type": "double"}],
              "Location": "s3://lake/ext_a/7/",
              "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
              "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
              "SerdeInfo": {
                "SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                "Parameters": {"serialization.format": "1"}},
              "NumberOfBuckets": -1}}
            """;

    private static final String OTHER = "{\"Table\": {\"Name\": \"ext_a\", \"VersionId\": \"%s\"}}";

    private AnsweringServer glue;
    private GlueTableCatalog catalog;

    @BeforeEach
    void start() throws IOException {
        glue = new AnsweringServer();
        catalog = GlueTableCatalog.connectAnonymously(endpoint());
    }

    @AfterEach
    void stop() {
        catalog.close();
        glue.close();
    }

    @Test
    void areNotPreparedBeforeTheFirstOne() {
        AtomicInteger prepared = new AtomicInteger();
        glue.answering(200, "{}");
        try (GlueConnection connection = new GlueConnection(endpoint(), builder -> {
            prepared.incrementAndGet();
            builder.credentialsProvider(AnonymousCredentialsProvider.create());
        })) {
            assertThat(prepared).hasValue(0);
            connection.call("glue:GetTables", "lake", client -> client.getTables(request -> {}));
            connection.call("glue:GetTables", "lake", client -> client.getTables(request -> {}));
            assertThat(prepared).hasValue(1);
        }
    }

    @Test
    void needNothingWhenNoneIsMade() {
        try (GlueTableCatalog unused = GlueTableCatalog.connect(
                new ServiceEndpoint("AWS Glue", VARIABLE, Optional.empty(), Optional.empty()))) {
            assertThat(unused.requests()).isZero();
        }
    }

    @Test
    void areNotMadeAfterTheEnd() {
        catalog.close();

        assertThatThrownBy(() -> catalog.find(TABLE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the connection to AWS Glue is closed");
        assertThat(glue.requests()).isEmpty();
    }

    @Test
    void askForTheTablesOfAPrefixAndFollowEveryPage() {
        glue.answering(
                        200,
                        "{\"TableList\": [{\"Name\": \"ext_b\"}, {\"Name\": \"my_ext_c\"}, {\"Name\": \"ext_a\"}], \"NextToken\": \"1\"}")
                .answering(200, "{\"TableList\": [], \"NextToken\": \"2\"}")
                .answering(200, "{\"TableList\": [{\"Name\": \"ext_0\"}, {\"Name\": \"exta\"}]}");

        assertThat(catalog.list(LAKE, new TablePrefix("ext_")))
                .extracting(StoredTable::id)
                .containsExactly(TableId.of("lake", "ext_0"), TABLE, TableId.of("lake", "ext_b"));

        assertThat(bodies())
                .containsExactly(
                        json("{\"DatabaseName\": \"lake\", \"Expression\": \"ext_.*\"}"),
                        json("{\"DatabaseName\": \"lake\", \"Expression\": \"ext_.*\", \"NextToken\": \"1\"}"),
                        json("{\"DatabaseName\": \"lake\", \"Expression\": \"ext_.*\", \"NextToken\": \"2\"}"));
    }

    @Test
    void leaveOutATableWhoseNameAthenaDoesNotTake() {
        glue.answering(200, "{\"TableList\": [{\"Name\": \"ext_a-copy\"}, {\"Name\": \"ext_a\"}]}");

        assertThat(catalog.list(LAKE, new TablePrefix("ext_")))
                .extracting(StoredTable::id)
                .containsExactly(TABLE);
    }

    @Test
    void ofACreationSayEverythingThatEnginesLookFor() {
        glue.answering(200, "{}");

        catalog.create(TABLE, DEFINITION);

        assertThat(targets()).containsExactly("CreateTable");
        assertThat(bodies())
                .containsExactly(
                        json(
                                """
                                {"DatabaseName": "lake", "TableInput": {
                                  "Name": "ext_a", "Description": "Claims", "TableType": "EXTERNAL_TABLE",
                                  "PartitionKeys": [{"Name": "id_bucket", "Type": "int"}],
                                  "StorageDescriptor": {
                                    "Columns": [
                                      {"Name": "id", "Type": "string", "Comment": "who"},
                                      {"Name": "amount", "Type": "double"}],
                                    "Location": "s3://lake/ext_a/",
                                    "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                                    "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                                    "SerdeInfo": {
                                      "SerializationLibrary":
                                        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                                      "Parameters": {"serialization.format": "1"}},
                                    "NumberOfBuckets": -1, "BucketColumns": [], "SortColumns": []},
                                  "Parameters": {
                                    "EXTERNAL": "TRUE", "classification": "parquet", "flywheel.run": "2"}}}
                                """));
    }

    @Test
    void ofACreationSayHowRowsArePlaced() {
        glue.answering(200, "{}");

        catalog.create(TABLE, BUCKETED);

        JsonNode input = bodies().get(0).get("TableInput");
        assertThat(input.get("PartitionKeys")).isEqualTo(json("[]"));
        assertThat(input.at("/StorageDescriptor/NumberOfBuckets").intValue()).isEqualTo(64);
        assertThat(input.at("/StorageDescriptor/BucketColumns")).isEqualTo(json("[\"id\"]"));
        assertThat(input.at("/StorageDescriptor/SortColumns"))
                .isEqualTo(json("[{\"Column\": \"id\", \"SortOrder\": 1}]"));
        assertThat(input.get("Parameters"))
                .isEqualTo(
                        json(
                                """
                                {"EXTERNAL": "TRUE", "classification": "parquet", "bucketing_version": "1",
                                 "bucketing_format": "hive"}
                                """));
    }

    @Test
    void ofACreationReadBackWhenTheAnswerWasLost() {
        glue.refusingInJson(500, "InternalServiceException", "lost")
                .refusingInJson(400, "AlreadyExistsException", "Table already exists.")
                .answering(200, AS_DEFINED.formatted("0"));

        catalog.create(TABLE, DEFINITION);

        assertThat(targets()).containsExactly("CreateTable", "CreateTable", "GetTable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AlreadyExistsException", "ConcurrentModificationException"})
    void ofACreationEndWhenTheTableIsAnother(String code) {
        glue.refusingInJson(400, code, "no").answering(200, OTHER.formatted("0"));

        assertFails(FailureKind.CONFLICT, () -> catalog.create(TABLE, DEFINITION))
                .hasMessageContaining("glue:CreateTable on lake.ext_a: there is a table of this name");
    }

    @Test
    void ofAnUpdateKeepEverythingElse() {
        glue.answering(
                        200,
                        """
                        {"Table": {
                          "Name": "ext_a", "DatabaseName": "lake", "CatalogId": "111122223333", "VersionId": "7",
                          "CreateTime": 1700000000, "UpdateTime": 1700000001, "CreatedBy": "ann",
                          "IsRegisteredWithLakeFormation": true, "TableType": "VIRTUAL_VIEW",
                          "Description": "old", "Owner": "ann", "Retention": 3,
                          "LastAccessTime": 1700000002, "LastAnalyzedTime": 1700000003,
                          "ViewOriginalText": "original", "ViewExpandedText": "expanded",
                          "TargetTable": {"CatalogId": "1", "DatabaseName": "d", "Name": "t"},
                          "ViewDefinition": {"IsProtected": true, "Definer": "me", "SubObjects": ["s"],
                            "Representations": [{"Dialect": "ATHENA", "DialectVersion": "3",
                              "ViewOriginalText": "o", "ViewExpandedText": "e", "ValidationConnection": "c",
                              "IsStale": false}]},
                          "PartitionKeys": [{"Name": "id_bucket", "Type": "string", "Parameters": {"k": "1"}}],
                          "StorageDescriptor": {
                            "Columns": [
                              {"Name": "amount", "Type": "int", "Comment": "old", "Parameters": {"p": "1"}},
                              {"Name": "gone", "Type": "int"}],
                            "Location": "s3://old/", "AdditionalLocations": ["s3://more/"],
                            "InputFormat": "text", "OutputFormat": "text", "Compressed": true,
                            "NumberOfBuckets": 8, "BucketColumns": ["gone"],
                            "SortColumns": [{"Column": "gone", "SortOrder": 0}],
                            "SerdeInfo": {"Name": "n", "SerializationLibrary": "l",
                              "Parameters": {"serialization.format": "9", "x": "y"}},
                            "Parameters": {"sd": "1"},
                            "SkewedInfo": {"SkewedColumnNames": ["amount"]},
                            "SchemaReference": {"SchemaVersionId": "v"},
                            "StoredAsSubDirectories": true},
                          "Parameters": {"theirs": "1", "flywheel.run": "1", "bucketing_format": "hive",
                            "bucketing_version": "1"}}}
                        """)
                .answering(200, "{}");
        StoredTable seen = stored("7");

        catalog.update(seen, DEFINITION);

        assertThat(targets()).containsExactly("GetTable", "UpdateTable");
        assertThat(bodies().get(1))
                .isEqualTo(
                        json(
                                """
                                {"DatabaseName": "lake", "VersionId": "7", "SkipArchive": true, "TableInput": {
                                  "Name": "ext_a", "Description": "Claims", "Owner": "ann", "Retention": 3,
                                  "LastAccessTime": 1700000002.000, "LastAnalyzedTime": 1700000003.000,
                                  "TableType": "EXTERNAL_TABLE",
                                  "ViewOriginalText": "original", "ViewExpandedText": "expanded",
                                  "TargetTable": {"CatalogId": "1", "DatabaseName": "d", "Name": "t"},
                                  "ViewDefinition": {"IsProtected": true, "Definer": "me", "SubObjects": ["s"],
                                    "Representations": [{"Dialect": "ATHENA", "DialectVersion": "3",
                                      "ViewOriginalText": "o", "ViewExpandedText": "e",
                                      "ValidationConnection": "c"}]},
                                  "PartitionKeys": [{"Name": "id_bucket", "Type": "int", "Parameters": {"k": "1"}}],
                                  "StorageDescriptor": {
                                    "Columns": [
                                      {"Name": "id", "Type": "string", "Comment": "who"},
                                      {"Name": "amount", "Type": "double", "Parameters": {"p": "1"}}],
                                    "Location": "s3://lake/ext_a/", "AdditionalLocations": ["s3://more/"],
                                    "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                                    "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                                    "Compressed": true,
                                    "NumberOfBuckets": -1, "BucketColumns": [], "SortColumns": [],
                                    "SerdeInfo": {"Name": "n",
                                      "SerializationLibrary":
                                        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                                      "Parameters": {"serialization.format": "9", "x": "y"}},
                                    "Parameters": {"sd": "1"},
                                    "SkewedInfo": {"SkewedColumnNames": ["amount"]},
                                    "SchemaReference": {"SchemaVersionId": "v"},
                                    "StoredAsSubDirectories": true},
                                  "Parameters": {"theirs": "1", "flywheel.run": "2", "EXTERNAL": "TRUE",
                                    "classification": "parquet"}}}
                                """));
    }

    @Test
    void ofAnUpdateAreNotSentForAnotherVersion() {
        glue.answering(200, AS_DEFINED.formatted("8"));

        assertFails(FailureKind.CONFLICT, () -> catalog.update(stored("7"), DEFINITION))
                .hasMessage(
                        "CONFLICT: glue:UpdateTable on lake.ext_a: somebody changed or deleted the table meanwhile; start the job again when nobody else works on it");

        assertThat(targets()).containsExactly("GetTable");
    }

    @Test
    void ofAnUpdateReadBackWhenTheAnswerWasLost() {
        glue.answering(200, OTHER.formatted("7"))
                .refusingInJson(500, "InternalServiceException", "lost")
                .refusingInJson(400, "ConcurrentModificationException", "version 8")
                .answering(200, AS_DEFINED.formatted("8"));

        catalog.update(stored("7"), DEFINITION);

        assertThat(targets()).containsExactly("GetTable", "UpdateTable", "UpdateTable", "GetTable");
    }

    @ParameterizedTest
    @CsvSource({"true,9", "true,7", "true,x", "false,8"})
    void ofAnUpdateEndWhenSomebodyElseWasFaster(boolean asDefined, String version) {
        glue.answering(200, OTHER.formatted("7"))
                .refusingInJson(400, "ConcurrentModificationException", "no")
                .answering(200, (asDefined ? AS_DEFINED : OTHER).formatted(version));

        assertFails(FailureKind.CONFLICT, () -> catalog.update(stored("7"), DEFINITION))
                .hasMessageContaining("somebody changed or deleted the table meanwhile");
    }

    @Test
    void ofAnUpdateNameTheirActionWhenTheyAreRefused() {
        glue.answering(200, OTHER.formatted("7")).refusingInJson(400, "AccessDeniedException", "no");

        assertFails(FailureKind.ACCESS_DENIED, () -> catalog.update(stored("7"), DEFINITION))
                .hasMessageStartingWith("ACCESS_DENIED: glue:UpdateTable on lake.ext_a was refused");
    }

    @Test
    void ofAnUpdateEndWhenTheTableWentAway() {
        glue.answering(200, OTHER.formatted("7")).refusingInJson(400, "EntityNotFoundException", "gone");

        assertFails(FailureKind.CONFLICT, () -> catalog.update(stored("7"), DEFINITION))
                .hasMessageContaining("somebody changed or deleted the table meanwhile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"NumberOfBuckets\": 0", "\"NumberOfBuckets\": -1"})
    void readATableWithoutBuckets(String said) {
        glue.answering(200, "{\"Table\": {\"Name\": \"ext_a\", \"StorageDescriptor\": {%s}}}".formatted(said));

        assertThat(catalog.find(TABLE).orElseThrow().buckets()).isEmpty();
    }

    @Test
    void readATableOfWhichNothingIsKnown() {
        glue.answering(200, "{\"Table\": {\"Name\": \"ext_a\"}}");

        assertThat(catalog.find(TABLE))
                .contains(new StoredTable(
                        TABLE,
                        "",
                        "",
                        new StorageFormat("", "", ""),
                        "",
                        List.of(),
                        List.of(),
                        "",
                        Optional.empty(),
                        Map.of()));
    }

    @Test
    void readColumnsWithoutTypeOrCommentAndBucketsOfSeveral() {
        glue.answering(
                200,
                """
                {"Table": {"Name": "ext_a", "StorageDescriptor": {
                  "Columns": [{"Name": "a"}], "NumberOfBuckets": 4, "BucketColumns": ["a", "b"]}}}
                """);

        StoredTable table = catalog.find(TABLE).orElseThrow();

        assertThat(table.columns()).containsExactly(new CatalogColumn("a", "", ""));
        assertThat(table.buckets()).contains(new Buckets("a,b", 4));
    }

    @Test
    void askForPartitionsWithoutTheirColumnsAndFollowEveryPage() {
        glue.answering(
                        200,
                        """
                        {"Partitions": [{"Values": ["1"], "StorageDescriptor": {"Location": "s3://lake/1/",
                          "InputFormat": "in", "OutputFormat": "out", "SerdeInfo": {"SerializationLibrary": "serde"}}}],
                         "NextToken": "next"}
                        """)
                .answering(200, "{\"Partitions\": [], \"NextToken\": \"last\"}")
                .answering(200, "{\"Partitions\": [{\"Values\": [\"2\"]}]}");

        assertThat(catalog.partitions(TABLE))
                .containsExactly(
                        new StoredPartition(List.of("1"), "s3://lake/1/", new StorageFormat("in", "out", "serde")),
                        new StoredPartition(List.of("2"), "", new StorageFormat("", "", "")));

        assertThat(bodies().get(0))
                .isEqualTo(
                        json("{\"DatabaseName\": \"lake\", \"TableName\": \"ext_a\", \"ExcludeColumnSchema\": true}"));
        assertThat(bodies()).extracting(body -> body.path("NextToken").asText()).containsExactly("", "next", "last");
    }

    @Test
    void createAHundredPartitionsAtOnceEachComplete() {
        glue.answering(200, "{}")
                .answering(
                        200,
                        """
                        {"Errors": [{"PartitionValues": ["150"], "ErrorDetail":
                          {"ErrorCode": "AlreadyExistsException", "ErrorMessage": "Partition already exists."}}]}
                        """)
                .answering(200, "{\"Errors\": [{\"PartitionValues\": [\"229\"]}]}");

        assertThat(catalog.createPartitions(TABLE, partitions(230)))
                .containsExactly(
                        new PartitionProblem(
                                List.of("150"), PartitionProblem.ALREADY_EXISTS, "Partition already exists."),
                        new PartitionProblem(List.of("229"), "", "no reason given"));

        assertThat(targets()).containsOnly("BatchCreatePartition");
        assertThat(sizes("PartitionInputList")).containsExactly(100, 100, 30);
        assertThat(bodies().get(0).at("/PartitionInputList/7")).isEqualTo(json(COMPLETE_PARTITION));
    }

    @Test
    void replaceAHundredPartitionsAtOnceEachComplete() {
        glue.answering(200, "{}")
                .answering(
                        200,
                        """
                        {"Errors": [{"PartitionValueList": ["100"], "ErrorDetail":
                          {"ErrorCode": "EntityNotFoundException", "ErrorMessage": "Partition not found."}}]}
                        """);

        assertThat(catalog.updatePartitions(TABLE, partitions(101)))
                .containsExactly(
                        new PartitionProblem(List.of("100"), PartitionProblem.NOT_FOUND, "Partition not found."));

        assertThat(targets()).containsOnly("BatchUpdatePartition");
        assertThat(sizes("Entries")).containsExactly(100, 1);
        assertThat(bodies().get(0).at("/Entries/7"))
                .isEqualTo(json(
                        "{\"PartitionValueList\": [\"7\"], \"PartitionInput\": %s}".formatted(COMPLETE_PARTITION)));
    }

    @Test
    void deleteTwentyFivePartitionsAtOnce() {
        glue.answering(200, "{}");

        assertThat(catalog.deletePartitions(
                        TABLE,
                        partitions(60).stream().map(PartitionDefinition::values).toList()))
                .isEmpty();

        assertThat(targets()).containsOnly("BatchDeletePartition");
        assertThat(sizes("PartitionsToDelete")).containsExactly(25, 25, 10);
        assertThat(bodies().get(1).at("/PartitionsToDelete/0")).isEqualTo(json("{\"Values\": [\"25\"]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "500,InternalServiceException",
        "400,ThrottlingException",
        "400,OperationTimeoutException",
        "400,ResourceNotReadyException"
    })
    void areSentAgainWhenTheServiceIsAtFault(int status, String code) {
        glue.refusingInJson(status, code, "later").answering(200, AS_DEFINED.formatted("1"));

        assertThat(catalog.find(TABLE)).isPresent();

        assertThat(targets()).containsExactly("GetTable", "GetTable");
        assertThat(catalog.requests()).isEqualTo(2);
    }

    @Test
    void areGivenUpAfterFiveAttempts() {
        glue.refusingInJson(500, "InternalServiceException", "later");

        assertFails(FailureKind.SERVICE, () -> catalog.delete(TABLE))
                .hasMessageStartingWith("SERVICE: glue:DeleteTable on lake.ext_a: the endpoint")
                .hasMessageContaining("answered 500 InternalServiceException");

        assertThat(glue.requests()).hasSize(5);
        assertThat(catalog.requests()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "400,AccessDeniedException,ACCESS_DENIED",
        "400,InvalidInputException,BAD_ARGUMENT",
        "400,ResourceNumberLimitExceededException,ENVIRONMENT",
        "400,ConcurrentModificationException,CONFLICT"
    })
    void areNotSentAgainWhenTheRequestIsAtFault(int status, String code, FailureKind kind) {
        glue.refusingInJson(status, code, "no");

        assertFails(kind, () -> catalog.delete(TABLE)).hasMessageContaining("glue:DeleteTable on lake.ext_a");

        assertThat(glue.requests()).hasSize(1);
    }

    @Test
    void nameTheirActionWhenTheyAreRefused() {
        glue.refusingInJson(400, "AccessDeniedException", "no");
        List<PartitionDefinition> partitions = partitions(1);

        Map<String, Runnable> calls = Map.of(
                "glue:GetDatabase on lake",
                () -> catalog.databaseExists(LAKE),
                "glue:CreateDatabase on lake",
                () -> catalog.createDatabase(LAKE),
                "glue:GetTables on lake",
                () -> catalog.list(LAKE, new TablePrefix("ext_")),
                "glue:GetTable on lake.ext_a",
                () -> catalog.update(stored("7"), DEFINITION),
                "glue:CreateTable on lake.ext_a",
                () -> catalog.create(TABLE, DEFINITION),
                "glue:GetPartitions on lake.ext_a",
                () -> catalog.partitions(TABLE),
                "glue:BatchCreatePartition on lake.ext_a",
                () -> catalog.createPartitions(TABLE, partitions),
                "glue:BatchUpdatePartition on lake.ext_a",
                () -> catalog.updatePartitions(TABLE, partitions),
                "glue:BatchDeletePartition on lake.ext_a",
                () -> catalog.deletePartitions(TABLE, List.of(List.of("1"))));

        assertThat(calls).hasSize(9);
        calls.forEach((named, call) -> assertFails(FailureKind.ACCESS_DENIED, call::run)
                .hasMessageStartingWith("ACCESS_DENIED: " + named + " was refused"));
    }

    private ServiceEndpoint endpoint() {
        return ServiceEndpoint.fromEnvironment("AWS Glue", VARIABLE, glue.environment());
    }

    private List<String> targets() {
        return glue.requests().stream()
                .map(request -> request.headers().getFirst("X-Amz-Target").replace("AWSGlue.", ""))
                .toList();
    }

    private List<JsonNode> bodies() {
        return glue.requests().stream().map(request -> json(request.body())).toList();
    }

    private List<Integer> sizes(String field) {
        List<Integer> sizes = new ArrayList<>();
        bodies().forEach(body -> sizes.add(body.get(field).size()));
        return sizes;
    }

    private static StoredTable stored(String version) {
        return new StoredTable(
                TABLE,
                version,
                "",
                new StorageFormat("", "", ""),
                "",
                List.of(),
                List.of(),
                "",
                Optional.empty(),
                Map.of());
    }

    private static List<PartitionDefinition> partitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .map(number -> new PartitionDefinition(
                        List.of(number), DEFINITION.location().folder(number), DEFINITION.columns()))
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
