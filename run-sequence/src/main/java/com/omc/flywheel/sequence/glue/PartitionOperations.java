package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What Glue can be asked about one partition, or about all of a table. */
record PartitionOperations(CatalogStore store, GlueCatalogOptions options, Pages pages) {
    ObjectNode create(GlueRequest request) throws AwsJsonError {
        String database = request.name("DatabaseName");
        ObjectNode input = request.structure("PartitionInput", InputShapes.PARTITION_INPUT);
        PartitionChange change = new PartitionChange(options, store.table(database, request.name("TableName")));
        change.create(input);
        store.replacePartitions(database, change.result());
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode get(GlueRequest request) throws AwsJsonError {
        StoredTable table = store.table(request.name("DatabaseName"), request.name("TableName"));
        ObjectNode partition = table.partitions().get(PartitionKey.of(request.values("PartitionValues")));
        if (partition == null) {
            throw GlueErrors.notFound("Cannot find partition.");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("Partition", partition);
        return answer;
    }

    ObjectNode list(GlueRequest request) throws AwsJsonError {
        Optional<JsonNode> segment = request.optionalStructure("Segment", InputShapes.SEGMENT);
        boolean withoutColumns = request.flag("ExcludeColumnSchema");
        StoredTable table = store.table(request.name("DatabaseName"), request.name("TableName"));
        if (!request.body().path("Expression").asText("").isEmpty()) {
            throw GlueErrors.invalid("Expression is not supported by the embedded catalog; list all partitions");
        }
        int segments = segment.map(it -> it.path("TotalSegments").intValue()).orElse(1);
        int number = segment.map(it -> it.path("SegmentNumber").intValue()).orElse(0);
        if (number >= segments) {
            throw GlueErrors.invalid("SegmentNumber %d is not below TotalSegments %d".formatted(number, segments));
        }
        NavigableMap<String, ObjectNode> listed = new TreeMap<>();
        table.partitions().forEach((key, partition) -> {
            if (Math.floorMod(key.hashCode(), segments) == number) {
                listed.put(key, withoutColumns ? withoutColumns(partition) : partition);
            }
        });
        return pages.of(request, "Partitions", GlueLimit.PARTITIONS_PAGE, listed);
    }

    private static ObjectNode withoutColumns(ObjectNode partition) {
        ObjectNode copy = partition.deepCopy();
        if (copy.path("StorageDescriptor") instanceof ObjectNode storage) {
            storage.remove("Columns");
        }
        return copy;
    }
}
