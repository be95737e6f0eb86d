package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.SourceColumn;
import java.util.List;

/**
 * One table that a snapshot is cut into.
 *
 * @param folder the name of its folder
 * @param columns the key first, then the others in the order of the table
 */
public record TablePlan(String folder, List<SourceColumn> columns) {
    public TablePlan {
        columns = List.copyOf(columns);
    }

    /** The compressed bytes of exactly these columns in the source. */
    public long bytes() {
        return columns.stream().mapToLong(SourceColumn::compressedBytes).sum();
    }
}
