package com.omc.flywheel.common.query;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;

/**
 * Makes a new external table of Parquet files, compressed with snappy, out of the rows of another table: all of
 * them, or those of one snapshot.
 *
 * @param table the new table; there must be none of that name
 * @param location where its files are written; there must be none
 * @param source the table that is read
 * @param columns the columns of the new table, in their order
 * @param buckets how rows are placed, if they are
 * @param snapshot the snapshot whose partitions alone are read, of a source with the partition key {@code snapshot_dt} of
 *     the type date; all rows when empty
 */
public record CreateTableAs(
        TableId table,
        S3Uri location,
        TableId source,
        List<SelectedColumn> columns,
        Optional<Buckets> buckets,
        Optional<SnapshotDate> snapshot)
        implements Statement {
    public CreateTableAs {
        location = location.asFolder();
        columns = List.copyOf(columns);
    }

    /** Out of all rows. */
    public CreateTableAs(
            TableId table, S3Uri location, TableId source, List<SelectedColumn> columns, Optional<Buckets> buckets) {
        this(table, location, source, columns, buckets, Optional.empty());
    }
}
