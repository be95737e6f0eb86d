package com.omc.flywheel.common.query;

import com.omc.flywheel.common.columns.ColumnName;

/**
 * A column of a new table.
 *
 * @param source the column that it is read from
 * @param name what it is called
 */
public record SelectedColumn(ColumnName source, ColumnName name) {

    /** A column under its own name. */
    public static SelectedColumn of(ColumnName name) {
        return new SelectedColumn(name, name);
    }
}
