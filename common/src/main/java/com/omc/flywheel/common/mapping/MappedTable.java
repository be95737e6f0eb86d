package com.omc.flywheel.common.mapping;

import com.omc.flywheel.common.columns.ColumnName;
import java.util.List;

/**
 * One table of a mapping.
 *
 * @param name its name
 * @param columns the key first, then the others in the order of the mapping
 */
public record MappedTable(TableName name, List<MappedColumn> columns) {
    public MappedTable {
        columns = List.copyOf(columns);
    }

    public List<ColumnName> columnNames() {
        return columns.stream().map(MappedColumn::name).toList();
    }
}
