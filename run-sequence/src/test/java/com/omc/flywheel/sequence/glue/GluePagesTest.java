package com.omc.flywheel.sequence.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;

class GluePagesTest {
    private final GlueServer server =
            GlueServer.start(GlueCatalogOptions.standard().withPagesOf(3));
    private final GlueClient client = server.client();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "3, 1", "4, 2", "6, 2", "7, 3"})
    void givesAsManyPagesOfTablesAsItTakes(int tables, int pages) {
        List<String> names = names("t", tables);
        names.forEach(server::createTable);

        assertThat(client.getTablesPaginator(request -> request.databaseName(GlueServer.DATABASE)).stream()
                        .flatMap(page -> page.tableList().stream()))
                .extracting(Table::name)
                .containsExactlyElementsOf(names);
        assertThat(server.endpoint().requests("AWSGlue.GetTables")).isEqualTo(pages);
    }

    @Test
    void givesNoLargerPageThanIsAskedFor() {
        names("t", 3).forEach(server::createTable);

        GetTablesResponse page = client.getTables(
                request -> request.databaseName(GlueServer.DATABASE).maxResults(2));
        assertThat(page.tableList()).hasSize(2);
        assertThat(page.nextToken()).isNotEmpty();
    }

    @Test
    void pagesDatabasesPartitionsAndVersions() {
        names("b", 5).forEach(server::createDatabase);
        server.createTable("t");
        names("d", 7).forEach(day -> server.createPartition("t", day));
        names("v", 11).forEach(version -> server.update("t", table -> table.description(version)));

        assertThat(client.getDatabasesPaginator(request -> {}).stream().flatMap(page -> page.databaseList().stream()))
                .extracting(Database::name)
                .containsExactly("b0", "b1", "b2", "b3", "b4", "lake");
        assertThat(
                        client
                                .getPartitionsPaginator(request -> request.databaseName(GlueServer.DATABASE)
                                        .tableName("t"))
                                .stream()
                                .flatMap(page -> page.partitions().stream()))
                .extracting(Partition::values)
                .containsExactlyElementsOf(names("d", 7).stream().map(List::of).toList());
        assertThat(
                        client
                                .getTableVersionsPaginator(request -> request.databaseName(GlueServer.DATABASE)
                                        .tableName("t"))
                                .stream()
                                .flatMap(page -> page.tableVersions().stream()))
                .extracting(TableVersion::versionId)
                .containsExactly("11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0");
        assertThat(server.endpoint().requestsByTarget())
                .containsEntry("AWSGlue.GetDatabases", 2)
                .containsEntry("AWSGlue.GetPartitions", 3)
                .containsEntry("AWSGlue.GetTableVersions", 4);
    }

    @Test
    void goesOnAfterTheLastEntryThoughItHasGone() {
        names("t", 5).forEach(server::createTable);
        GetTablesResponse first = client.getTables(request -> request.databaseName(GlueServer.DATABASE));
        client.batchDeleteTable(
                request -> request.databaseName(GlueServer.DATABASE).tablesToDelete("t0", "t2"));

        assertThat(client.getTables(request ->
                                request.databaseName(GlueServer.DATABASE).nextToken(first.nextToken()))
                        .tableList())
                .extracting(Table::name)
                .containsExactly("t3", "t4");
    }

    @Test
    void refusesATokenOfAnotherRequest() {
        names("t", 5).forEach(server::createTable);
        server.createDatabase("other");
        String token = client.getTables(request -> request.databaseName(GlueServer.DATABASE))
                .nextToken();

        assertThatThrownBy(() -> client.getTables(
                        request -> request.databaseName("other").nextToken(token)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another request");
        assertThatThrownBy(() -> client.getTables(
                        request -> request.databaseName(GlueServer.DATABASE).nextToken("t2")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NextToken");
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
