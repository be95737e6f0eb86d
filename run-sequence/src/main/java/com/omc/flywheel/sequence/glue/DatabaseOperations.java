package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;

/** What Glue can be asked about databases. */
record DatabaseOperations(CatalogStore store, GlueCatalogOptions options, Pages pages) {
    ObjectNode create(GlueRequest request) throws AwsJsonError {
        ObjectNode database = request.structure("DatabaseInput", InputShapes.DATABASE_INPUT);
        database.put("Name", Names.folded(database.path("Name").textValue()));
        database.put("CreateTime", options.now());
        database.put("CatalogId", options.account());
        store.createDatabase(StoredDatabase.created(database));
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode get(GlueRequest request) throws AwsJsonError {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("Database", store.database(request.name("Name")).database());
        return answer;
    }

    ObjectNode list(GlueRequest request) throws AwsJsonError {
        return pages.of(request, "DatabaseList", GlueLimit.DATABASES_PAGE, store.databases());
    }
}
