package com.omc.flywheel.sequence.glue;

import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** An embedded catalog behind HTTP, with a client of the SDK; the database {@code lake} is there. */
final class GlueServer implements AutoCloseable {
    static final String DATABASE = "lake";

    private final AwsJsonEndpoint endpoint;
    private final GlueClient client;

    private GlueServer(EmbeddedGlueCatalog catalog) {
        this.endpoint = AwsJsonEndpoint.start(catalog);
        this.client = GlueClient.builder()
                .endpointOverride(endpoint.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    static GlueServer start() {
        return start(GlueCatalogOptions.standard());
    }

    static GlueServer start(GlueCatalogOptions options) {
        GlueServer server = over(EmbeddedGlueCatalog.inMemory(options));
        server.createDatabase(DATABASE);
        return server;
    }

    static GlueServer over(EmbeddedGlueCatalog catalog) {
        return new GlueServer(catalog);
    }

    GlueClient client() {
        return client;
    }

    AwsJsonEndpoint endpoint() {
        return endpoint;
    }

    void createDatabase(String name) {
        client.createDatabase(request -> request.databaseInput(input -> input.name(name)));
    }

    /** A table partitioned by one column, {@code day}. */
    void createTable(String name) {
        createTable(table(name).build());
    }

    void createTable(TableInput table) {
        client.createTable(request -> request.databaseName(DATABASE).tableInput(table));
    }

    void update(String name, UnaryOperator<TableInput.Builder> change) {
        TableInput input = change.apply(table(name)).build();
        client.updateTable(request -> request.databaseName(DATABASE).tableInput(input));
    }

    Table get(String name) {
        return client.getTable(request -> request.databaseName(DATABASE).name(name))
                .table();
    }

    void createPartition(String table, String day) {
        client.createPartition(
                request -> request.databaseName(DATABASE).tableName(table).partitionInput(partition(day)));
    }

    static TableInput.Builder table(String name) {
        return TableInput.builder()
                .name(name)
                .tableType("EXTERNAL_TABLE")
                .partitionKeys(Column.builder().name("day").type("string").build())
                .storageDescriptor(storage());
    }

    static StorageDescriptor storage() {
        return StorageDescriptor.builder()
                .location("s3://lake/data/")
                .columns(Column.builder().name("id").type("bigint").build())
                .build();
    }

    static PartitionInput partition(String... values) {
        return PartitionInput.builder()
                .values(values)
                .storageDescriptor(storage())
                .build();
    }

    static PartitionValueList values(String... values) {
        return PartitionValueList.builder().values(List.of(values)).build();
    }

    @Override
    public void close() {
        client.close();
        endpoint.close();
    }
}
