package com.omc.flywheel.sequence.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import com.omc.flywheel.sequence.awsjson.AwsRestService;
import com.omc.flywheel.sequence.awsjson.RestRoute;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AWS Clean Rooms or AWS Entity Resolution, answering from recorded files.
 *
 * <p>It serves operations that read; what would change anything is no operation of it, and what was not recorded is not
 * found. Every list comes in small pages, whatever its length. The layout of a recording is told in
 * {@code test-data/recorded/README.md}.
 */
public final class RecordedService implements AwsRestService {
    /** AWS Clean Rooms API reference, maxResults of every list. */
    private static final int CLEAN_ROOMS_MOST_RESULTS = 100;
    /** AWS Entity Resolution API reference, maxResults of ListIdNamespaces and ListSchemaMappings. */
    private static final int ENTITY_RESOLUTION_MOST_RESULTS = 25;
    /** AWS Clean Rooms API reference, BatchGetSchema, names. */
    private static final int MOST_SCHEMAS = 25;

    private static final int CLEAN_ROOMS_PAGE = 2;
    private static final int ENTITY_RESOLUTION_PAGE = 1;

    private final String targetPrefix;
    private final Map<String, RecordedOperation> operations;
    private final Recording recording;
    private final ListPages pages;

    private RecordedService(
            String targetPrefix, Map<String, RecordedOperation> operations, Recording recording, ListPages pages) {
        this.targetPrefix = targetPrefix;
        this.operations = operations;
        this.recording = recording;
        this.pages = pages;
    }

    /** AWS Clean Rooms, {@code CleanRooms.<operation>} for faults and counts, with two entries on a page. */
    public static RecordedService cleanRooms(Path folder) {
        return read(
                "CleanRooms",
                folder,
                RecordedOperations.CLEAN_ROOMS,
                new ListPages(CLEAN_ROOMS_PAGE, CLEAN_ROOMS_MOST_RESULTS));
    }

    /** AWS Entity Resolution, {@code EntityResolution.<operation>} for faults and counts, with one entry on a page. */
    public static RecordedService entityResolution(Path folder) {
        return read(
                "EntityResolution",
                folder,
                RecordedOperations.ENTITY_RESOLUTION,
                new ListPages(ENTITY_RESOLUTION_PAGE, ENTITY_RESOLUTION_MOST_RESULTS));
    }

    /** The same answers with that many entries on a page, at most; a request may ask for fewer. */
    public RecordedService withPageSize(int entries) {
        return new RecordedService(targetPrefix, operations, recording, new ListPages(entries, pages.mostResults()));
    }

    @Override
    public String targetPrefix() {
        return targetPrefix;
    }

    @Override
    public List<RestRoute> routes() {
        return operations.values().stream().map(RecordedOperation::route).toList();
    }

    @Override
    public ObjectNode call(String name, JsonNode request) throws AwsJsonError {
        RecordedOperation operation = operations.get(name);
        if (operation == null) {
            throw AwsJsonError.unknownOperation(name);
        }
        return switch (operation.kind()) {
            case GET -> find(operation, request);
            case LIST -> pages.page(operation, request, find(operation, request));
            case BATCH -> schemas(request);
        };
    }

    private static RecordedService read(
            String targetPrefix, Path folder, List<RecordedOperation> operations, ListPages pages) {
        Map<String, RecordedOperation> byName = new LinkedHashMap<>();
        operations.forEach(operation -> byName.put(operation.name(), operation));
        return new RecordedService(targetPrefix, byName, Recording.read(folder, operations), pages);
    }

    private ObjectNode find(RecordedOperation operation, JsonNode request) throws AwsJsonError {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : operation.route().labelNames()) {
            labels.put(label, request.path(label).asText());
        }
        Labels.check(labels);
        String address = operation.route().filled(labels);
        Optional<ObjectNode> answer = recording.answer(address);
        if (answer.isEmpty()) {
            throw RecordedErrors.notFound(address);
        }
        return answer.get();
    }

    /** Those that are there, and an error for each that is not. */
    private ObjectNode schemas(JsonNode request) throws AwsJsonError {
        JsonNode names = request.path("names");
        if (!names.isArray() || names.isEmpty() || names.size() > MOST_SCHEMAS) {
            throw RecordedErrors.invalid(
                    "names has %d members; it must have 1 to %d".formatted(names.size(), MOST_SCHEMAS));
        }
        find(operations.get(RecordedOperations.GET_COLLABORATION), request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode schemas = answer.putArray("schemas");
        ArrayNode errors = answer.putArray("errors");
        for (JsonNode name : names) {
            ObjectNode one = request.deepCopy();
            one.set("name", name);
            try {
                schemas.add(
                        find(operations.get(RecordedOperations.GET_SCHEMA), one).path("schema"));
            } catch (AwsJsonError e) {
                errors.addObject()
                        .put("name", name.asText())
                        .put("code", e.type())
                        .put("message", e.getMessage());
            }
        }
        return answer;
    }
}
