package com.omc.flywheel.common.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as the catalog has it: ours or anybody's.
 *
 * @param id its name
 * @param version what compare-and-swap goes by; another one after every change
 * @param tableType for example {@code EXTERNAL_TABLE}; empty when somebody left it out
 * @param format the classes that read it; parts are empty where the catalog says nothing
 * @param description empty when there is none
 * @param columns the data columns
 * @param partitionKeys empty for a table without partitions
 * @param location as it is written, which need not be an address that we take; empty for a view
 * @param buckets how rows are placed, if it says so
 * @param parameters all of them
 */
public record StoredTable(
        TableId id,
        String version,
        String tableType,
        StorageFormat format,
        String description,
        List<CatalogColumn> columns,
        List<CatalogColumn> partitionKeys,
        String location,
        Optional<Buckets> buckets,
        Map<String, String> parameters) {
    /** What every table of ours is. */
    public static final String EXTERNAL = "EXTERNAL_TABLE";

    public StoredTable {
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
        parameters = Map.copyOf(parameters);
    }

    /** True when an update to this definition would change nothing. */
    public boolean isAsDefined(TableDefinition definition) {
        return tableType.equals(EXTERNAL)
                && format.equals(StorageFormat.PARQUET)
                && description.equals(definition.description())
                && columns.equals(definition.columns())
                && partitionKeys.equals(definition.partitionKeys())
                && location.equals(definition.location().toString())
                && buckets.equals(definition.buckets())
                && (buckets.isEmpty() || GlueTables.saysHiveBuckets(parameters))
                && parameters.entrySet().containsAll(definition.parameters().entrySet());
    }
}
