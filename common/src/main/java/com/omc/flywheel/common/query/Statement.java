package com.omc.flywheel.common.query;

import com.omc.flywheel.common.catalog.TableId;

/** What an engine can be asked to do; each engine renders it in its own way. */
public sealed interface Statement permits CreateTableAs, RepairTable {
    /** The table that it makes or changes. */
    TableId table();
}
