package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** An outsider at work in a Glue catalog, or in one that speaks its protocol and lets everyone in. */
public final class GlueOutsider implements CatalogOutsider, AutoCloseable {
    private final GlueClient client;

    private GlueOutsider(GlueClient client) {
        this.client = client;
    }

    /**
     * An outsider at an endpoint that takes any credentials. They are sent all the same: servers of several services see
     * by the signature which one is meant.
     */
    public static GlueOutsider at(ServiceEndpoint endpoint) {
        URI uri = endpoint.endpoint().orElseThrow();
        return new GlueOutsider(GlueClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("outsider", "outsider")))
                .region(Region.of(endpoint.region().orElseThrow()))
                .endpointOverride(uri)
                .build());
    }

    @Override
    public void setParameter(TableId table, String name, String value) {
        change(table, (present, input) -> {
            Map<String, String> parameters = new TreeMap<>(present.parameters());
            parameters.put(name, value);
            return input.parameters(parameters);
        });
    }

    @Override
    public void setOwner(TableId table, String owner) {
        change(table, (present, input) -> input.owner(owner));
    }

    @Override
    public String owner(TableId table) {
        String owner = get(table).owner();
        return owner == null ? "" : owner;
    }

    @Override
    public void createTable(CatalogName database, String name, String location) {
        client.createTable(request -> request.databaseName(database.value()).tableInput(input -> input.name(name)
                .tableType(StoredTable.EXTERNAL)
                .storageDescriptor(storage -> storage.location(location))));
    }

    @Override
    public void createView(TableId view) {
        client.createTable(request -> request.databaseName(view.database().value())
                .tableInput(input -> input.name(view.table().value())
                        .tableType("VIRTUAL_VIEW")
                        .viewOriginalText("select 1")
                        .viewExpandedText("select 1")));
    }

    @Override
    public void close() {
        client.close();
    }

    private interface Change {
        TableInput.Builder apply(Table present, TableInput.Builder input);
    }

    private void change(TableId table, Change change) {
        Table present = get(table);
        TableInput input = change.apply(
                        present,
                        TableInput.builder()
                                .name(present.name())
                                .description(present.description())
                                .owner(present.owner())
                                .tableType(present.tableType())
                                .storageDescriptor(present.storageDescriptor())
                                .partitionKeys(present.partitionKeys())
                                .parameters(present.parameters()))
                .build();
        client.updateTable(
                request -> request.databaseName(table.database().value()).tableInput(input));
    }

    private Table get(TableId table) {
        return client.getTable(request -> request.databaseName(table.database().value())
                        .name(table.table().value()))
                .table();
    }
}
