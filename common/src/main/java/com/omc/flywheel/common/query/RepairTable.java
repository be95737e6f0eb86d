package com.omc.flywheel.common.query;

import com.omc.flywheel.common.catalog.TableId;

/**
 * Adds the partitions to a table whose folders lie under its location and which the catalog does not have; changes and
 * removes none ("MSCK REPAIR TABLE", Amazon Athena user guide).
 */
public record RepairTable(TableId table) implements Statement {}
