package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.TableDefinition;
import java.util.List;

/**
 * What a table is to be.
 *
 * @param definition for the catalog
 * @param rows how many it has
 * @param warnings what somebody should look at, a sentence each
 */
record PlannedTable(TableDefinition definition, long rows, List<String> warnings) {
    PlannedTable {
        warnings = List.copyOf(warnings);
    }
}
