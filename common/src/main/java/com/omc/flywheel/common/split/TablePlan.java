package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One table that a snapshot is cut into.
 *
 * @param folder its name, and that of its folder where it has one
 * @param columns the key first, then the others in the order of the table
 * @param comments what the mapping says of columns; not of all
 */
public record TablePlan(String folder, List<SourceColumn> columns, Map<ColumnName, String> comments) {
    public TablePlan {
        columns = List.copyOf(columns);
        comments = Map.copyOf(comments);
    }

    /** The columns as a manifest has them. */
    List<ColumnEntry> columnEntries() {
        return columns.stream()
                .map(column ->
                        new ColumnEntry(column.name().value(), column.type(), comments.getOrDefault(column.name(), "")))
                .toList();
    }

    /** What to leave off the allowlist; empty when every column fits. */
    Optional<String> over(ColumnBudget budget, Placement placement) {
        return budget.exceededBy(
                folder,
                columns.stream().map(column -> column.name().value()).toList(),
                placement.partitionKeys().stream().map(ColumnEntry::name).toList());
    }

    /** The compressed bytes of exactly these columns in the source. */
    public long bytes() {
        return columns.stream().mapToLong(SourceColumn::compressedBytes).sum();
    }
}
