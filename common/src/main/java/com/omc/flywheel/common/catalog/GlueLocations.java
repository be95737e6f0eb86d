package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/** Who of the whole catalog says that files lie at a folder; tables are asked by the names that Glue has for them. */
final class GlueLocations {
    private final GlueConnection glue;

    GlueLocations(GlueConnection glue) {
        this.glue = glue;
    }

    List<NamedLocation> at(S3Uri root) {
        List<String> databases = glue.call(
                "glue:GetDatabases", "the catalog", client -> client.getDatabasesPaginator(request -> {}).stream()
                        .flatMap(page -> page.databaseList().stream())
                        .map(Database::name)
                        .toList());
        List<NamedLocation> said = new ArrayList<>();
        for (String database : databases) {
            for (Table table : tables(database)) {
                StorageDescriptor storage = table.storageDescriptor();
                said.addAll(NamedLocation.of(
                        root,
                        database + "." + table.name(),
                        storage == null || storage.location() == null ? "" : storage.location(),
                        !table.partitionKeys().isEmpty(),
                        table.parameters(),
                        () -> partitions(database, table.name())));
            }
        }
        return said;
    }

    private List<Table> tables(String database) {
        return glue.call("glue:GetTables", database, client -> {
            List<Table> tables = new ArrayList<>();
            try {
                client.getTablesPaginator(request -> request.databaseName(database))
                        .forEach(page -> tables.addAll(page.tableList()));
            } catch (EntityNotFoundException gone) {
                // Deleted since it was listed: nobody comes by its tables.
                return List.of();
            }
            return tables;
        });
    }

    private List<StoredPartition> partitions(String database, String table) {
        return glue.call("glue:GetPartitions", database + "." + table, client -> {
            List<StoredPartition> partitions = new ArrayList<>();
            try {
                client.getPartitionsPaginator(request ->
                                request.databaseName(database).tableName(table).excludeColumnSchema(true))
                        .forEach(page ->
                                page.partitions().forEach(partition -> partitions.add(GlueTables.stored(partition))));
            } catch (EntityNotFoundException gone) {
                return List.of();
            }
            return partitions;
        });
    }
}
