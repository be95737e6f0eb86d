package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The partitions of one table while they are changed; nobody sees them before they are stored. */
final class PartitionChange {
    private final GlueCatalogOptions options;
    private final StoredTable table;
    private final NavigableMap<String, ObjectNode> partitions;

    PartitionChange(GlueCatalogOptions options, StoredTable table) {
        this.options = options;
        this.table = table;
        this.partitions = new TreeMap<>(table.partitions());
    }

    StoredTable result() {
        return table.with(partitions);
    }

    void create(ObjectNode input) throws AwsJsonError {
        String key = key(PartitionKey.values(input.path("Values")));
        if (partitions.containsKey(key)) {
            throw GlueErrors.alreadyExists("Partition already exists.");
        }
        input.put("CreationTime", options.now());
        partitions.put(key, stored(input));
    }

    /** Replaces everything that a PartitionInput can say. */
    void update(List<String> values, ObjectNode input) throws AwsJsonError {
        ObjectNode before = partitions.get(key(values));
        if (before == null) {
            throw GlueErrors.notFound("Cannot find partition.");
        }
        if (input.hasNonNull("Values")
                && !PartitionKey.values(input.path("Values")).equals(values)) {
            // "The Values property can't be changed": AWS Glue API reference, UpdatePartition, PartitionInput.
            throw GlueErrors.invalid("The Values property of a partition can't be changed");
        }
        input.set("Values", PartitionKey.json(values));
        input.set("CreationTime", before.path("CreationTime"));
        partitions.put(key(values), stored(input));
    }

    void delete(List<String> values) throws AwsJsonError {
        if (partitions.remove(key(values)) == null) {
            throw GlueErrors.notFound("Cannot find partition.");
        }
    }

    private ObjectNode stored(ObjectNode input) {
        input.set("DatabaseName", table.table().path("DatabaseName"));
        input.put("TableName", table.name());
        input.put("CatalogId", options.account());
        return input;
    }

    private String key(List<String> values) throws AwsJsonError {
        if (values.size() != table.partitionKeys()) {
            throw GlueErrors.invalid(
                    "The number of partition keys do not match the number of partition values: %d and %d"
                            .formatted(table.partitionKeys(), values.size()));
        }
        return PartitionKey.of(values);
    }
}
