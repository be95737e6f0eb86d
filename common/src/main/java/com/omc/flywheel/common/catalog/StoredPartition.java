package com.omc.flywheel.common.catalog;

import java.util.List;

/**
 * A partition as the catalog has it, without its columns.
 *
 * @param values one for each partition key, as they are written
 * @param location as it is written
 * @param format the classes that read it; parts are empty where the catalog says nothing
 */
public record StoredPartition(List<String> values, String location, StorageFormat format) {
    public StoredPartition {
        values = List.copyOf(values);
    }
}
