package com.omc.flywheel.common.mapping;

import com.omc.flywheel.common.columns.ColumnName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns go into which table. Every table has the key as its first column, no column twice, and at most as many
 * columns as were allowed.
 *
 * @param tables in the order of the mapping
 * @param sha256 the checksum of the file that it was read from
 */
public record TableMapping(List<MappedTable> tables, String sha256) {
    public TableMapping {
        tables = List.copyOf(tables);
    }

    public List<TableName> names() {
        return tables.stream().map(MappedTable::name).toList();
    }

    /** Every column of any table. */
    public Set<ColumnName> columnNames() {
        Set<ColumnName> names = new HashSet<>();
        tables.forEach(table -> names.addAll(table.columnNames()));
        return names;
    }

    /** The same mapping with these tables only. */
    public TableMapping only(Collection<TableName> names) {
        return new TableMapping(
                tables.stream().filter(table -> names.contains(table.name())).toList(), sha256);
    }
}
