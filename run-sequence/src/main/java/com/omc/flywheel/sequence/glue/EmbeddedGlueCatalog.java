package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import com.omc.flywheel.sequence.awsjson.AwsJsonService;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Glue Data Catalog: databases, tables with their versions, partitions.
 *
 * <p>It refuses what the real one refuses, by the limits of {@link GlueLimit}: sizes of batches and pages, lengths, a
 * {@code VersionId} that is no longer current, unknown fields. What was put in comes out as it was put in. A request is
 * done as a whole before the next one begins, from however many threads they come. Not there are the partition
 * expressions of GetPartitions, which it refuses, permissions, and everything that is not a database, a table or a
 * partition.
 */
public final class EmbeddedGlueCatalog implements AwsJsonService {
    private final Map<String, Operation> operations;

    private EmbeddedGlueCatalog(CatalogStore store, GlueCatalogOptions options) {
        Pages pages = new Pages(options.pageSize());
        DatabaseOperations databases = new DatabaseOperations(store, options, pages);
        TableOperations tables = new TableOperations(store, options, pages);
        PartitionOperations partitions = new PartitionOperations(store, options, pages);
        PartitionBatches batches = new PartitionBatches(store, options);
        this.operations = Map.ofEntries(
                Map.entry("CreateDatabase", databases::create),
                Map.entry("GetDatabase", databases::get),
                Map.entry("GetDatabases", databases::list),
                Map.entry("CreateTable", tables::create),
                Map.entry("UpdateTable", tables::update),
                Map.entry("GetTable", tables::get),
                Map.entry("GetTables", tables::list),
                Map.entry("DeleteTable", tables::delete),
                Map.entry("BatchDeleteTable", tables::batchDelete),
                Map.entry("GetTableVersions", tables::versions),
                Map.entry("CreatePartition", partitions::create),
                Map.entry("GetPartition", partitions::get),
                Map.entry("GetPartitions", partitions::list),
                Map.entry("BatchCreatePartition", batches::create),
                Map.entry("BatchUpdatePartition", batches::update),
                Map.entry("BatchDeletePartition", batches::delete),
                Map.entry("BatchGetPartition", batches::get));
    }

    /** An empty catalog that is gone with this object. */
    public static EmbeddedGlueCatalog inMemory() {
        return inMemory(GlueCatalogOptions.standard());
    }

    /** An empty catalog that is gone with this object. */
    public static EmbeddedGlueCatalog inMemory(GlueCatalogOptions options) {
        return new EmbeddedGlueCatalog(new CatalogStore(CatalogFiles.none()), options);
    }

    /** The catalog that a folder holds: an empty one when it is new. */
    public static EmbeddedGlueCatalog keptIn(Path folder) {
        return keptIn(folder, GlueCatalogOptions.standard());
    }

    /**
     * The catalog that a folder holds. A change is in the folder before it is answered. One catalog at a time may be kept
     * in a folder.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure ENVIRONMENT when the folder cannot be read
     */
    public static EmbeddedGlueCatalog keptIn(Path folder, GlueCatalogOptions options) {
        return new EmbeddedGlueCatalog(
                new CatalogStore(new CatalogFolder(folder.toAbsolutePath().normalize())), options);
    }

    @Override
    public String targetPrefix() {
        return "AWSGlue";
    }

    @Override
    public ObjectNode call(String operation, JsonNode request) throws AwsJsonError {
        Operation called = operations.get(operation);
        if (called == null) {
            throw AwsJsonError.unknownOperation(operation);
        }
        // Copies on either side: nobody else holds a tree of the catalog.
        JsonNode own = request.deepCopy();
        synchronized (operations) {
            return called.call(new GlueRequest(operation, own)).deepCopy();
        }
    }

    /** One of Glue's operations. */
    @FunctionalInterface
    private interface Operation {
        ObjectNode call(GlueRequest request) throws AwsJsonError;
    }
}
