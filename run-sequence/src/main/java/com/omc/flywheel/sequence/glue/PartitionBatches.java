package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.List;

/** What Glue can be asked about many partitions at once: what fails for one is told of that one, the others are done. */
record PartitionBatches(CatalogStore store, GlueCatalogOptions options) {
    private static final String VALUES = "PartitionValues";

    ObjectNode create(GlueRequest request) throws AwsJsonError {
        List<ObjectNode> inputs =
                request.structures("PartitionInputList", GlueLimit.BATCH_CREATE_PARTITION, InputShapes.PARTITION_INPUT);
        return each(request, inputs, VALUES, new Step() {
            @Override
            public List<String> values(ObjectNode item) {
                return PartitionKey.values(item.path("Values"));
            }

            @Override
            public void apply(PartitionChange change, ObjectNode item) throws AwsJsonError {
                change.create(item);
            }
        });
    }

    ObjectNode update(GlueRequest request) throws AwsJsonError {
        List<ObjectNode> entries =
                request.structures("Entries", GlueLimit.BATCH_UPDATE_PARTITION, InputShapes.UPDATE_ENTRY);
        return each(request, entries, "PartitionValueList", new Step() {
            @Override
            public List<String> values(ObjectNode item) {
                return PartitionKey.values(item.path("PartitionValueList"));
            }

            @Override
            public void apply(PartitionChange change, ObjectNode item) throws AwsJsonError {
                change.update(values(item), (ObjectNode) item.path("PartitionInput"));
            }
        });
    }

    ObjectNode delete(GlueRequest request) throws AwsJsonError {
        List<ObjectNode> lists =
                request.structures("PartitionsToDelete", GlueLimit.BATCH_DELETE_PARTITION, InputShapes.VALUE_LIST);
        return each(request, lists, VALUES, new Step() {
            @Override
            public List<String> values(ObjectNode item) {
                return PartitionKey.values(item.path("Values"));
            }

            @Override
            public void apply(PartitionChange change, ObjectNode item) throws AwsJsonError {
                change.delete(values(item));
            }
        });
    }

    /** Those that are there; of one that is not, nothing is said. */
    ObjectNode get(GlueRequest request) throws AwsJsonError {
        List<ObjectNode> keys =
                request.structures("PartitionsToGet", GlueLimit.BATCH_GET_PARTITION, InputShapes.VALUE_LIST);
        StoredTable table = store.table(request.name("DatabaseName"), request.name("TableName"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode found = answer.putArray("Partitions");
        ArrayNode unprocessed = answer.putArray("UnprocessedKeys");
        for (int i = 0; i < keys.size(); i++) {
            if (i >= options.keysPerGet()) {
                unprocessed.add(keys.get(i));
                continue;
            }
            ObjectNode partition =
                    table.partitions().get(keys.get(i).path("Values").toString());
            if (partition != null) {
                found.add(partition);
            }
        }
        return answer;
    }

    private ObjectNode each(GlueRequest request, List<ObjectNode> items, String field, Step step) throws AwsJsonError {
        String database = request.name("DatabaseName");
        PartitionChange change = new PartitionChange(options, store.table(database, request.name("TableName")));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode errors = answer.putArray("Errors");
        for (ObjectNode item : items) {
            try {
                step.apply(change, item);
            } catch (AwsJsonError e) {
                ObjectNode error = errors.addObject();
                error.set(field, PartitionKey.json(step.values(item)));
                error.putObject("ErrorDetail").put("ErrorCode", e.type()).put("ErrorMessage", e.getMessage());
            }
        }
        store.replacePartitions(database, change.result());
        return answer;
    }

    /** What is done with each item of a batch. */
    private interface Step {
        List<String> values(ObjectNode item);

        void apply(PartitionChange change, ObjectNode item) throws AwsJsonError;
    }
}
