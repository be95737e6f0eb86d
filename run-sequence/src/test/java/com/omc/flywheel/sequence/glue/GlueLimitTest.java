package com.omc.flywheel.sequence.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Order;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

class GlueLimitTest {
    /** Where each limit is met: the field that the refusal names, and a call of a given size. */
    private static final Map<GlueLimit, String> FIELDS = new EnumMap<>(GlueLimit.class);

    private static final Map<GlueLimit, Consumer<Integer>> CALLS = new EnumMap<>(GlueLimit.class);

    private static GlueServer server;
    private static GlueClient client;

    @BeforeAll
    static void start() {
        server = GlueServer.start();
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createTable() {
        client.batchDeleteTable(
                request -> request.databaseName(GlueServer.DATABASE).tablesToDelete("t"));
        server.createTable("t");
    }

    @ParameterizedTest
    @CsvSource({
        "BATCH_CREATE_PARTITION, 0, 100",
        "BATCH_UPDATE_PARTITION, 1, 100",
        "BATCH_DELETE_PARTITION, 0, 25",
        "BATCH_GET_PARTITION, 0, 1000",
        "BATCH_DELETE_TABLE, 0, 100",
        "DATABASES_PAGE, 1, 100",
        "TABLES_PAGE, 1, 100",
        "PARTITIONS_PAGE, 1, 1000",
        "TABLE_VERSIONS_PAGE, 1, 100",
        "NAME, 1, 255",
        "COMMENT, 0, 255",
        "COLUMN_TYPE, 0, 131072",
        "DESCRIPTION, 0, 2048",
        "LOCATION, 0, 2056",
        "FORMAT, 0, 128",
        "SERDE, 1, 255",
        "PARAMETER_KEY, 1, 255",
        "PARAMETER_VALUE, 0, 512000",
        "TOTAL_SEGMENTS, 1, 10"
    })
    void areThoseOfTheApiReference(GlueLimit limit, int minimum, int maximum) {
        assertThat(limit.minimum()).isEqualTo(minimum);
        assertThat(limit.maximum()).isEqualTo(maximum);
        assertThat(limit.source()).startsWith("AWS Glue API reference, ");
    }

    @ParameterizedTest
    @EnumSource(value = GlueLimit.class, mode = Mode.EXCLUDE, names = "NOT_NEGATIVE")
    void takesWhatIsAtTheLimitAndRefusesOneMore(GlueLimit limit) {
        Consumer<Integer> call = CALLS.get(limit);
        int atLimit = limit.maximum();

        assertThatCode(() -> call.accept(atLimit)).doesNotThrowAnyException();
        createTable();
        assertThatThrownBy(() -> call.accept(atLimit + 1))
                .isInstanceOfSatisfying(
                        GlueException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
                .hasMessageContainingAll("validation error", "less than or equal to " + atLimit, FIELDS.get(limit));
    }

    @ParameterizedTest
    @EnumSource(
            value = GlueLimit.class,
            names = {
                "BATCH_UPDATE_PARTITION",
                "DATABASES_PAGE",
                "TABLES_PAGE",
                "PARTITIONS_PAGE",
                "TABLE_VERSIONS_PAGE",
                "TOTAL_SEGMENTS",
                "NAME",
                "PARAMETER_KEY",
                "SERDE"
            })
    void refusesOneBelowTheLeast(GlueLimit limit) {
        assertThatThrownBy(() -> CALLS.get(limit).accept(limit.minimum() - 1))
                .isInstanceOf(GlueException.class)
                .hasMessageContainingAll("greater than or equal to " + limit.minimum(), FIELDS.get(limit));
    }

    @Test
    void countsTheBytesOfADescription() {
        String umlauts = "\u00fc".repeat(1025);
        assertThatThrownBy(() -> server.update("t", table -> table.description(umlauts)))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("'tableInput.description'");
    }

    @Test
    void refusesANegativeRetention() {
        assertThatThrownBy(() -> server.update("t", table -> table.retention(-1)))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("'tableInput.retention'");
    }

    @Test
    void refusesALineBreakInAComment() {
        TableInput input =
                column(Column.builder().name("c").comment("two\nlines").build());
        assertThatThrownBy(() -> replace(input))
                .isInstanceOf(GlueException.class)
                .hasMessageContainingAll("columns.1.member.comment", "single line");
    }

    @Test
    void tellsEveryViolationAtOnce() {
        TableInput input = GlueServer.table("t")
                .description(text(2049))
                .storageDescriptor(StorageDescriptor.builder()
                        .columns(
                                Column.builder().name("a").build(),
                                Column.builder().name("b").comment(text(256)).build())
                        .build())
                .build();
        assertThatThrownBy(() -> replace(input))
                .isInstanceOf(GlueException.class)
                .hasMessageContainingAll(
                        "2 validation errors detected",
                        "'tableInput.description'",
                        "'tableInput.storageDescriptor.columns.2.member.comment'");
    }

    @Test
    void refusesARequestWithoutItsTable() {
        assertThatThrownBy(() -> client.createTable(request -> request.databaseName(GlueServer.DATABASE)))
                .isInstanceOf(GlueException.class)
                .hasMessageContainingAll("'tableInput'", "must not be null");
    }

    @Test
    void hasACallForEveryLimit() {
        assertThat(CALLS.keySet()).containsExactlyInAnyOrderElementsOf(FIELDS.keySet());
        assertThat(CALLS).hasSize(GlueLimit.values().length - 1);
    }

    static {
        call(
                GlueLimit.BATCH_CREATE_PARTITION,
                "partitionInputList",
                n -> client.batchCreatePartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("t")
                        .partitionInputList(many(n, i -> GlueServer.partition("d" + i)))));
        call(
                GlueLimit.BATCH_UPDATE_PARTITION,
                "entries",
                n -> client.batchUpdatePartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("t")
                        .entries(many(n, i -> BatchUpdatePartitionRequestEntry.builder()
                                .partitionValueList("d" + i)
                                .partitionInput(GlueServer.partition("d" + i))
                                .build()))));
        call(
                GlueLimit.BATCH_DELETE_PARTITION,
                "partitionsToDelete",
                n -> client.batchDeletePartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("t")
                        .partitionsToDelete(many(n, i -> GlueServer.values("d" + i)))));
        call(
                GlueLimit.BATCH_GET_PARTITION,
                "partitionsToGet",
                n -> client.batchGetPartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("t")
                        .partitionsToGet(many(n, i -> GlueServer.values("d" + i)))));
        call(
                GlueLimit.BATCH_DELETE_TABLE,
                "tablesToDelete",
                n -> client.batchDeleteTable(
                        request -> request.databaseName(GlueServer.DATABASE).tablesToDelete(many(n, i -> "none" + i))));
        call(GlueLimit.DATABASES_PAGE, "maxResults", n -> client.getDatabases(request -> request.maxResults(n)));
        call(
                GlueLimit.TABLES_PAGE,
                "maxResults",
                n -> client.getTables(
                        request -> request.databaseName(GlueServer.DATABASE).maxResults(n)));
        call(
                GlueLimit.PARTITIONS_PAGE,
                "maxResults",
                n -> client.getPartitions(request ->
                        request.databaseName(GlueServer.DATABASE).tableName("t").maxResults(n)));
        call(
                GlueLimit.TABLE_VERSIONS_PAGE,
                "maxResults",
                n -> client.getTableVersions(request ->
                        request.databaseName(GlueServer.DATABASE).tableName("t").maxResults(n)));
        call(
                GlueLimit.TABLES_EXPRESSION,
                "expression",
                n -> client.getTables(
                        request -> request.databaseName(GlueServer.DATABASE).expression(text(n))));
        call(GlueLimit.SEGMENT_NUMBER, "segment.segmentNumber", n -> segment(n, 10));
        call(GlueLimit.TOTAL_SEGMENTS, "segment.totalSegments", n -> segment(0, n));
        call(
                GlueLimit.NAME,
                "columns.1.member.name",
                n -> replace(column(Column.builder().name(text(n)).build())));
        call(
                GlueLimit.COMMENT,
                "columns.1.member.comment",
                n -> replace(column(Column.builder().name("c").comment(text(n)).build())));
        call(
                GlueLimit.COLUMN_TYPE,
                "columns.1.member.type",
                n -> replace(column(Column.builder().name("c").type(text(n)).build())));
        call(GlueLimit.DESCRIPTION, "tableInput.description", n -> server.update("t", it -> it.description(text(n))));
        call(GlueLimit.LOCATION, "storageDescriptor.location", n -> storage(it -> it.location(text(n))));
        call(
                GlueLimit.DATABASE_LOCATION,
                "databaseInput.locationUri",
                n -> client.createDatabase(request ->
                        request.databaseInput(input -> input.name("d").locationUri(text(n)))));
        call(GlueLimit.FORMAT, "storageDescriptor.inputFormat", n -> storage(it -> it.inputFormat(text(n))));
        call(
                GlueLimit.SERDE,
                "serdeInfo.serializationLibrary",
                n -> storage(it -> it.serdeInfo(serde -> serde.serializationLibrary(text(n)))));
        call(
                GlueLimit.PARAMETER_KEY,
                "tableInput.parameters",
                n -> server.update("t", it -> it.parameters(Map.of(text(n), "v"))));
        call(
                GlueLimit.PARAMETER_VALUE,
                "tableInput.parameters.k",
                n -> server.update("t", it -> it.parameters(Map.of("k", text(n)))));
        call(GlueLimit.PARTITION_VALUE, "partitionInput.values.1.member", n -> server.createPartition("t", text(n)));
        call(GlueLimit.TABLE_TYPE, "tableInput.tableType", n -> server.update("t", it -> it.tableType(text(n))));
        call(
                GlueLimit.VIEW_TEXT,
                "tableInput.viewOriginalText",
                n -> server.update("t", it -> it.viewOriginalText(text(n))));
        call(GlueLimit.VERSION_ID, "versionId", GlueLimitTest::updateAtVersion);
        call(
                GlueLimit.SORT_ORDER,
                "sortColumns.1.member.sortOrder",
                n -> storage(it ->
                        it.sortColumns(Order.builder().column("id").sortOrder(n).build())));
    }

    private static void call(GlueLimit limit, String field, Consumer<Integer> call) {
        FIELDS.put(limit, field);
        CALLS.put(limit, call);
    }

    private static void segment(int number, int total) {
        client.getPartitions(request -> request.databaseName(GlueServer.DATABASE)
                .tableName("t")
                .segment(segment -> segment.segmentNumber(number).totalSegments(total)));
    }

    /** A version of so many characters is none, which is not what this test asks about. */
    private static void updateAtVersion(int length) {
        try {
            client.updateTable(request -> request.databaseName(GlueServer.DATABASE)
                    .tableInput(GlueServer.table("t").build())
                    .versionId(text(length)));
        } catch (ConcurrentModificationException e) {
            assertThat(length).isEqualTo(GlueLimit.VERSION_ID.maximum());
        }
    }

    private static void storage(Consumer<StorageDescriptor.Builder> change) {
        replace(GlueServer.table("t").storageDescriptor(change).build());
    }

    private static TableInput column(Column column) {
        return GlueServer.table("t").storageDescriptor(it -> it.columns(column)).build();
    }

    private static void replace(TableInput input) {
        client.updateTable(request -> request.databaseName(GlueServer.DATABASE).tableInput(input));
    }

    private static String text(int length) {
        return String.join("", Collections.nCopies(length, "x"));
    }

    private static <T> List<T> many(int count, IntFunction<T> each) {
        return IntStream.range(0, count).mapToObj(each).toList();
    }
}
