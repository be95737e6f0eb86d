package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a table of ours is to be: an external table over Parquet files.
 *
 * @param description for a person; Glue takes 2,048 bytes (Glue API reference, TableInput)
 * @param columns the data columns, in the order in which tools show them
 * @param partitionKeys the columns that partitions are named by; empty for a table without partitions
 * @param location the folder of its files, or of its partitions
 * @param buckets how rows are placed, where readers may rely on it
 * @param parameters those that we set; a table keeps every other one that it has
 */
public record TableDefinition(
        String description,
        List<CatalogColumn> columns,
        List<CatalogColumn> partitionKeys,
        S3Uri location,
        Optional<Buckets> buckets,
        Map<String, String> parameters) {
    public TableDefinition {
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
        parameters = Map.copyOf(parameters);
    }
}
