package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The databases of the catalog. A change is kept before it can be seen. Its caller lets one thread in at a time. */
final class CatalogStore {
    private final NavigableMap<String, StoredDatabase> databases = new TreeMap<>();
    private final CatalogFiles files;

    CatalogStore(CatalogFiles files) {
        this.files = files;
        files.load().forEach(database -> databases.put(database.name(), database));
    }

    NavigableMap<String, ObjectNode> databases() {
        NavigableMap<String, ObjectNode> all = new TreeMap<>();
        databases.forEach((name, database) -> all.put(name, database.database()));
        return all;
    }

    StoredDatabase database(String name) throws AwsJsonError {
        StoredDatabase database = databases.get(name);
        if (database == null) {
            throw GlueErrors.notFound("Database %s not found.".formatted(name));
        }
        return database;
    }

    StoredTable table(String database, String name) throws AwsJsonError {
        StoredTable table = database(database).tables().get(name);
        if (table == null) {
            throw GlueErrors.notFound("Table %s not found.".formatted(name));
        }
        return table;
    }

    void createDatabase(StoredDatabase database) throws AwsJsonError {
        if (databases.containsKey(database.name())) {
            throw GlueErrors.alreadyExists("Database already exists.");
        }
        files.keepDatabase(database);
        databases.put(database.name(), database);
    }

    void createTable(String database, StoredTable table) throws AwsJsonError {
        NavigableMap<String, StoredTable> tables = database(database).tables();
        if (tables.containsKey(table.name())) {
            throw GlueErrors.alreadyExists("Table already exists.");
        }
        files.keepNewTable(database, table);
        tables.put(table.name(), table);
    }

    void replaceTable(String database, StoredTable table) throws AwsJsonError {
        NavigableMap<String, StoredTable> tables = database(database).tables();
        files.keepTable(database, table);
        tables.put(table.name(), table);
    }

    void replacePartitions(String database, StoredTable table) throws AwsJsonError {
        NavigableMap<String, StoredTable> tables = database(database).tables();
        files.keepPartitions(database, table);
        tables.put(table.name(), table);
    }

    void deleteTable(String database, String name) throws AwsJsonError {
        StoredTable table = table(database, name);
        files.forgetTable(database, table.name());
        database(database).tables().remove(table.name());
    }
}
