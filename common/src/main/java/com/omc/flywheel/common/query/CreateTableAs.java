package com.omc.flywheel.common.query;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;

/**
 * Makes a new external table of Parquet files, compressed with snappy, out of all rows of another table.
 *
 * @param table the new table; there must be none of that name
 * @param location where its files are written; there must be none
 * @param source the table that is read
 * @param columns the columns of the new table, in their order
 * @param buckets how rows are placed, if they are
 */
public record CreateTableAs(
        TableId table, S3Uri location, TableId source, List<SelectedColumn> columns, Optional<Buckets> buckets)
        implements Statement {
    public CreateTableAs {
        location = location.asFolder();
        columns = List.copyOf(columns);
    }
}
