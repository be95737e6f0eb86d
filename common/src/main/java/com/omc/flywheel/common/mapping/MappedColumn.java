package com.omc.flywheel.common.mapping;

import com.omc.flywheel.common.columns.ColumnName;

/**
 * A column's place in a table.
 *
 * @param name the column
 * @param description what the mapping says of it; may be empty
 * @param line the line of the file that says so; 0 for a key that the mapping does not name
 */
public record MappedColumn(ColumnName name, String description, int line) {}
