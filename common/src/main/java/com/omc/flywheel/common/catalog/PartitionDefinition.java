package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;

/**
 * What a partition of a table of ours is to be.
 *
 * @param values one for each partition key, in their order
 * @param location the folder of its files
 * @param columns the data columns that its files have
 */
public record PartitionDefinition(List<String> values, S3Uri location, List<CatalogColumn> columns) {
    public PartitionDefinition {
        values = List.copyOf(values);
        columns = List.copyOf(columns);
    }
}
