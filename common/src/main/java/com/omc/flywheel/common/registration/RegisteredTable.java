package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.OwnTables.Change;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;

/**
 * A table that is in the catalog as it is to be.
 *
 * @param change what had to be done
 * @param columns how many it has, partition columns not counted
 * @param rows how many it has
 * @param location the folder of its files
 * @param warnings what somebody should look at, a sentence each
 */
public record RegisteredTable(
        TableId id, Change change, int columns, long rows, S3Uri location, List<String> warnings) {
    public RegisteredTable {
        warnings = List.copyOf(warnings);
    }
}
