package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A database with its tables.
 *
 * @param database as GetDatabase gives it
 * @param tables by their names
 */
record StoredDatabase(ObjectNode database, NavigableMap<String, StoredTable> tables) {
    static StoredDatabase created(ObjectNode database) {
        return new StoredDatabase(database, new TreeMap<>());
    }

    String name() {
        return database.path("Name").textValue();
    }
}
