package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.failure.Names;
import java.util.List;

/** Whether all columns of a table fit on the allowlist of a Clean Rooms configured table. */
final class ColumnCheck {
    private final int most;

    ColumnCheck(int most) {
        this.most = most;
    }

    /** What was found. Partition columns count too: "Quotas for AWS Clean Rooms", 100 columns on an allowlist. */
    record ColumnCount(int data, int partition, boolean fit) {}

    ColumnCount check(ObservedTable table, Alerts alerts) {
        List<String> columns =
                table.stored().columns().stream().map(CatalogColumn::name).toList();
        int partition = table.stored().partitionKeys().size();
        int over = columns.size() + partition - most;
        if (over > 0) {
            List<String> last = columns.subList(Math.max(0, columns.size() - over), columns.size());
            alerts.warning(
                    MonitorCheck.COLUMNS,
                    "it has %d columns and %d partition columns, %d more than the %d of a Clean Rooms allowlist"
                            .formatted(columns.size(), partition, over, most),
                    "leave %d off the allowlist, for example %s, or have the quota raised"
                            .formatted(over, Names.list(last)));
        }
        return new ColumnCount(columns.size(), partition, over <= 0);
    }
}
