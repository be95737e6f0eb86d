package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A table with everything that belongs to it; a change makes another one. The trees in it are never changed.
 *
 * @param table as GetTable gives it
 * @param archived earlier ones, the oldest first
 * @param partitions as GetPartition gives them, by {@link PartitionKey}
 */
record StoredTable(ObjectNode table, List<ObjectNode> archived, NavigableMap<String, ObjectNode> partitions) {
    private static final String VERSION = "VersionId";

    StoredTable {
        archived = List.copyOf(archived);
        partitions = Collections.unmodifiableNavigableMap(new TreeMap<>(partitions));
    }

    static StoredTable created(ObjectNode table) {
        return new StoredTable(table.put(VERSION, "0"), List.of(), Collections.emptyNavigableMap());
    }

    String name() {
        return table.path("Name").textValue();
    }

    String version() {
        return table.path(VERSION).textValue();
    }

    int partitionKeys() {
        return table.path("PartitionKeys").size();
    }

    /** This table after an update, which gives it the next version. */
    StoredTable updated(ObjectNode next, boolean archive) {
        List<ObjectNode> versions = new ArrayList<>(archived);
        if (archive) {
            versions.add(table);
        }
        next.put(VERSION, Long.toString(Long.parseLong(version()) + 1));
        return new StoredTable(next, versions, partitions);
    }

    StoredTable with(NavigableMap<String, ObjectNode> otherPartitions) {
        return new StoredTable(table, archived, otherPartitions);
    }
}
