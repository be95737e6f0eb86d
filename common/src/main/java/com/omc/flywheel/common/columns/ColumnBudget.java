package com.omc.flywheel.common.columns;

import com.omc.flywheel.common.failure.Names;
import java.util.List;
import java.util.Optional;

/**
 * How many columns of a table AWS Clean Rooms lets a query see.
 *
 * <p>Its quota counts the columns on a configured table's allowlist, partition columns among them, and can be raised
 * ("Quotas for AWS Clean Rooms": 100 columns per configured table). So a table with more of them loses none: what does not
 * fit is left off the allowlist.
 *
 * @param most how many columns the allowlist takes
 */
public record ColumnBudget(int most) {

    /**
     * What to leave off; empty when all of them fit.
     *
     * @param columns the data columns, the key first
     * @param partitionKeys the partition columns, which a time series is selected by
     */
    public Optional<String> exceededBy(String table, List<String> columns, List<String> partitionKeys) {
        int count = columns.size() + partitionKeys.size();
        if (count <= most) {
            return Optional.empty();
        }
        int over = Math.min(count - most, columns.size());
        List<String> last = columns.subList(columns.size() - over, columns.size());
        return Optional.of(
                "table %s has %d columns and %d partition columns (%s), %d more than the %d that --MAX_COLS allows for the Clean Rooms allowlist; leave as many off it, for example %s, or have the quota raised"
                        .formatted(
                                table,
                                columns.size(),
                                partitionKeys.size(),
                                String.join(", ", partitionKeys),
                                count - most,
                                most,
                                Names.list(last)));
    }
}
