package com.omc.flywheel.sequence.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Order;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.TableVersion;

class GlueTablesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.250Z");

    private final GlueServer server =
            GlueServer.start(GlueCatalogOptions.standard().withClock(Clock.fixed(NOW, ZoneOffset.UTC)));
    private final GlueClient client = server.client();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesATableBackAsItWasPutIn() {
        StorageDescriptor storage = StorageDescriptor.builder()
                .location("s3://lake/data/")
                .columns(Column.builder()
                        .name("Id")
                        .type("bigint")
                        .comment("the key")
                        .parameters(Map.of("p", "q"))
                        .build())
                .inputFormat("in")
                .outputFormat("out")
                .compressed(false)
                .numberOfBuckets(-1)
                .serdeInfo(serde -> serde.serializationLibrary("lib").parameters(Map.of("serialization.format", "1")))
                .bucketColumns("Id")
                .sortColumns(Order.builder().column("Id").sortOrder(1).build())
                .parameters(Map.of("a", ""))
                .storedAsSubDirectories(true)
                .build();
        TableInput input = GlueServer.table("t")
                .description("all of it")
                .owner("somebody")
                .lastAccessTime(Instant.ofEpochSecond(1_700_000_000L))
                .retention(3)
                .parameters(Map.of("EXTERNAL", "TRUE"))
                .storageDescriptor(storage)
                .build();
        server.createTable(input);

        Table table = server.get("t");
        assertThat(table.storageDescriptor()).isEqualTo(storage);
        assertThat(table.description()).isEqualTo("all of it");
        assertThat(table.owner()).isEqualTo("somebody");
        assertThat(table.lastAccessTime()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
        assertThat(table.retention()).isEqualTo(3);
        assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.partitionKeys()).isEqualTo(input.partitionKeys());
        assertThat(table.parameters()).isEqualTo(Map.of("EXTERNAL", "TRUE"));
    }

    @Test
    void addsWhatTheCatalogKnows() {
        server.createTable("t");

        Table table = server.get("t");
        assertThat(table.databaseName()).isEqualTo(GlueServer.DATABASE);
        assertThat(table.createTime()).isEqualTo(NOW);
        assertThat(table.updateTime()).isEqualTo(NOW);
        assertThat(table.versionId()).isEqualTo("0");
        assertThat(table.catalogId()).isEqualTo("111122223333");
        assertThat(table.isRegisteredWithLakeFormation()).isFalse();
    }

    @Test
    void foldsNamesToLowerCase() {
        server.createDatabase("Other");
        client.createTable(request -> request.databaseName("OTHER")
                .tableInput(GlueServer.table("EXT_A").build()));

        Table table = client.getTable(request -> request.databaseName("other").name("Ext_a"))
                .table();
        assertThat(table.name()).isEqualTo("ext_a");
        assertThat(table.databaseName()).isEqualTo("other");
        assertThat(client.getDatabase(request -> request.name("oTher"))
                        .database()
                        .name())
                .isEqualTo("other");
    }

    @Test
    void doesNotCreateWhatIsThere() {
        server.createTable("t");
        assertThatThrownBy(() -> server.createTable("T"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Table already exists");
        assertThatThrownBy(() -> server.createDatabase("LAKE"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Database already exists");
    }

    @Test
    void doesNotFindWhatIsNotThere() {
        assertThatThrownBy(() -> server.get("t"))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Table t not found");
        assertThatThrownBy(() -> server.update("t", table -> table))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Table t not found");
        assertThatThrownBy(() -> client.getTables(request -> request.databaseName("none")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Database none not found");
        assertThatThrownBy(() -> client.deleteTable(
                        request -> request.databaseName(GlueServer.DATABASE).name("t")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Table t not found");
    }

    @Test
    void replacesTheTableAsAWholeAndKeepsWhatNoInputCanSay() {
        server.createTable(GlueServer.table("t")
                .description("old")
                .parameters(Map.of("a", "b"))
                .build());
        client.updateTable(request -> request.databaseName(GlueServer.DATABASE)
                .tableInput(TableInput.builder().name("T").owner("new").build()));

        Table table = server.get("t");
        assertThat(table.owner()).isEqualTo("new");
        assertThat(table.description()).isNull();
        assertThat(table.tableType()).isNull();
        assertThat(table.hasParameters()).isFalse();
        assertThat(table.hasPartitionKeys()).isFalse();
        assertThat(table.storageDescriptor()).isNull();
        assertThat(table.createTime()).isEqualTo(NOW);
        assertThat(table.databaseName()).isEqualTo(GlueServer.DATABASE);
        assertThat(table.createdBy()).isNotEmpty();
        assertThat(table.versionId()).isEqualTo("1");
    }

    @Test
    void keepsThePartitionsOfAnUpdatedTable() {
        server.createTable("t");
        server.createPartition("t", "d1");
        server.update("t", table -> table.description("new"));

        assertThat(client.getPartitions(request ->
                                request.databaseName(GlueServer.DATABASE).tableName("t"))
                        .partitions())
                .hasSize(1);
    }

    @Test
    void archivesTheVersionBeforeUnlessItIsToldNotTo() {
        server.createTable(GlueServer.table("t").description("first").build());
        server.update("t", table -> table.description("second"));
        client.updateTable(request -> request.databaseName(GlueServer.DATABASE)
                .tableInput(GlueServer.table("t").description("third").build())
                .skipArchive(true));

        assertThat(server.get("t").versionId()).isEqualTo("2");
        List<TableVersion> versions = client.getTableVersions(
                        request -> request.databaseName(GlueServer.DATABASE).tableName("t"))
                .tableVersions();
        assertThat(versions).extracting(TableVersion::versionId).containsExactly("2", "0");
        assertThat(versions)
                .extracting(version -> version.table().description())
                .containsExactly("third", "first");
    }

    @Test
    void refusesAnUpdateOfAVersionThatIsNoLongerCurrent() {
        server.createTable("t");
        server.update("t", table -> table.description("somebody else's"));

        assertThatThrownBy(() -> client.updateTable(request -> request.databaseName(GlueServer.DATABASE)
                        .tableInput(GlueServer.table("t").description("mine").build())
                        .versionId("0")))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("concurrent modifications");
        assertThat(server.get("t").description()).isEqualTo("somebody else's");
    }

    @Test
    void listsTheTablesWhoseWholeNameMatches() {
        List.of("ext_a", "ext_b", "part_a", "my_ext_a").forEach(server::createTable);

        assertThat(names("ext_.*")).containsExactly("ext_a", "ext_b");
        assertThat(names("ext_")).isEmpty();
        assertThat(names(null)).containsExactly("ext_a", "ext_b", "my_ext_a", "part_a");
        assertThatThrownBy(() -> names("*"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not a regular expression");
    }

    private List<String> names(String expression) {
        return client
                .getTables(request -> request.databaseName(GlueServer.DATABASE).expression(expression))
                .tableList()
                .stream()
                .map(Table::name)
                .toList();
    }

    @Test
    void forgetsThePartitionsOfADeletedTable() {
        server.createTable("t");
        server.createPartition("t", "d1");
        client.deleteTable(request -> request.databaseName(GlueServer.DATABASE).name("T"));
        server.createTable("t");

        assertThat(client.getPartitions(request ->
                                request.databaseName(GlueServer.DATABASE).tableName("t"))
                        .partitions())
                .isEmpty();
    }

    @Test
    void deletesTheTablesThatAreThereAndNamesTheOthers() {
        server.createTable("a");
        server.createTable("b");

        assertThat(client.batchDeleteTable(request ->
                                request.databaseName(GlueServer.DATABASE).tablesToDelete("A", "none", "b"))
                        .errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.tableName()).isEqualTo("none");
                    assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
                });
        assertThat(names(null)).isEmpty();
    }

    @Test
    void refusesFieldsThatNoInputHas() throws Exception {
        EmbeddedGlueCatalog catalog = EmbeddedGlueCatalog.inMemory();
        String request =
                """
                {"DatabaseName": "lake",
                 "TableInput": {"Name": "t", "VersionId": "1", "StorageDescriptor": {"Colums": []}}}
                """;
        assertThatThrownBy(() -> catalog.call("CreateTable", new ObjectMapper().readTree(request)))
                .isInstanceOfSatisfying(
                        AwsJsonError.class, e -> assertThat(e.type()).isEqualTo("InvalidInputException"))
                .hasMessageContainingAll("tableInput.VersionId", "tableInput.storageDescriptor.Colums");
    }

    @Test
    void refusesAnOperationThatItDoesNotHave() {
        assertThatThrownBy(() -> client.getJobs(request -> {}))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("GetJobs is not an operation");
    }

    @Test
    void knowsTheFieldsThatTheSdkKnows() {
        assertThat(InputShapes.TABLE_INPUT.fields().keySet())
                .isEqualTo(fields(TableInput.builder().build()));
        assertThat(InputShapes.DATABASE_INPUT.fields().keySet())
                .isEqualTo(fields(DatabaseInput.builder().build()));
        assertThat(InputShapes.PARTITION_INPUT.fields().keySet())
                .isEqualTo(fields(PartitionInput.builder().build()));
        assertThat(InputShapes.STORAGE_DESCRIPTOR.fields().keySet())
                .isEqualTo(fields(StorageDescriptor.builder().build()));
        assertThat(InputShapes.COLUMN.fields().keySet())
                .isEqualTo(fields(Column.builder().build()));
        assertThat(InputShapes.SERDE_INFO.fields().keySet())
                .isEqualTo(fields(SerDeInfo.builder().build()));
    }

    private static Set<String> fields(SdkPojo structure) {
        return structure.sdkFields().stream().map(SdkField::locationName).collect(Collectors.toSet());
    }
}
