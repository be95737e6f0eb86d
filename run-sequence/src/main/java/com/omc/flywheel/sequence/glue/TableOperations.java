package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What Glue can be asked about tables. */
record TableOperations(CatalogStore store, GlueCatalogOptions options, Pages pages) {
    private static final String DATABASE = "DatabaseName";
    /** What a table has besides the fields of its TableInput, and keeps when that is replaced. */
    private static final List<String> KEPT =
            List.of(DATABASE, "CatalogId", "CreateTime", "CreatedBy", "IsRegisteredWithLakeFormation", "VersionId");

    ObjectNode create(GlueRequest request) throws AwsJsonError {
        String database = request.name(DATABASE);
        ObjectNode table = input(request);
        table.put(DATABASE, database);
        table.put("CatalogId", options.account());
        table.put("CreateTime", options.now());
        table.put("UpdateTime", options.now());
        table.put("CreatedBy", "arn:aws:sts::%s:assumed-role/etl/x".formatted(options.account()));
        table.put("IsRegisteredWithLakeFormation", false);
        store.createTable(database, StoredTable.created(table));
        return JsonNodeFactory.instance.objectNode();
    }

    /** Replaces everything that a TableInput can say: what it leaves out is gone. */
    ObjectNode update(GlueRequest request) throws AwsJsonError {
        String database = request.name(DATABASE);
        ObjectNode table = input(request);
        boolean skipArchive = request.flag("SkipArchive");
        Optional<String> expected = request.text("VersionId", GlueLimit.VERSION_ID);
        StoredTable current = store.table(database, table.path("Name").textValue());
        if (expected.isPresent() && !expected.get().equals(current.version())) {
            throw GlueErrors.concurrentModification();
        }
        KEPT.forEach(field -> table.set(field, current.table().path(field)));
        table.put("UpdateTime", options.now());
        store.replaceTable(database, current.updated(table, !skipArchive));
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode get(GlueRequest request) throws AwsJsonError {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set(
                "Table",
                store.table(request.name(DATABASE), request.name("Name")).table());
        return answer;
    }

    /** The Expression is a regular expression that the whole name must match. */
    ObjectNode list(GlueRequest request) throws AwsJsonError {
        NavigableMap<String, StoredTable> tables =
                store.database(request.name(DATABASE)).tables();
        Pattern names = pattern(request.text("Expression", GlueLimit.TABLES_EXPRESSION));
        NavigableMap<String, ObjectNode> matching = new TreeMap<>();
        tables.forEach((name, table) -> {
            if (names.matcher(name).matches()) {
                matching.put(name, table.table());
            }
        });
        return pages.of(request, "TableList", GlueLimit.TABLES_PAGE, matching);
    }

    ObjectNode delete(GlueRequest request) throws AwsJsonError {
        store.deleteTable(request.name(DATABASE), request.name("Name"));
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode batchDelete(GlueRequest request) throws AwsJsonError {
        String database = request.name(DATABASE);
        List<String> names = request.names("TablesToDelete", GlueLimit.BATCH_DELETE_TABLE);
        store.database(database);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode errors = answer.putArray("Errors");
        for (String name : names) {
            try {
                store.deleteTable(database, Names.folded(name));
            } catch (AwsJsonError e) {
                ObjectNode error = errors.addObject().put("TableName", name);
                error.putObject("ErrorDetail").put("ErrorCode", e.type()).put("ErrorMessage", e.getMessage());
            }
        }
        return answer;
    }

    /** The current version and the archived ones, the newest first. */
    ObjectNode versions(GlueRequest request) throws AwsJsonError {
        StoredTable table = store.table(request.name(DATABASE), request.name("TableName"));
        NavigableMap<String, ObjectNode> versions = new TreeMap<>();
        table.archived().forEach(archived -> versions.putAll(version(archived)));
        versions.putAll(version(table.table()));
        return pages.of(request, "TableVersions", GlueLimit.TABLE_VERSIONS_PAGE, versions);
    }

    private static Map<String, ObjectNode> version(ObjectNode table) {
        String id = table.path("VersionId").textValue();
        ObjectNode version = JsonNodeFactory.instance.objectNode().put("VersionId", id);
        version.set("Table", table);
        // Digits enough for any long, counted down: the order of the text is that of the numbers, turned round.
        return Map.of("%019d".formatted(Long.MAX_VALUE - Long.parseLong(id)), version);
    }

    private static ObjectNode input(GlueRequest request) throws AwsJsonError {
        ObjectNode input = request.structure("TableInput", InputShapes.TABLE_INPUT);
        return input.put("Name", Names.folded(input.path("Name").textValue()));
    }

    private static Pattern pattern(Optional<String> expression) throws AwsJsonError {
        try {
            return Pattern.compile(expression.orElse(".*"), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw GlueErrors.invalid("Expression is not a regular expression: " + e.getDescription());
        }
    }
}
