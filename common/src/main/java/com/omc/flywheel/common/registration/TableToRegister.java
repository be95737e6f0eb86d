package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Optional;
import java.util.function.Function;

/**
 * A table that is going to be described.
 *
 * @param folder what its data set calls it
 * @param id what the catalog calls it
 * @param dataSet the root of its data set
 * @param held the same, as this run holds it
 * @param plan what it is to be, by what it is
 */
record TableToRegister(
        String folder,
        TableId id,
        S3Uri dataSet,
        HeldDataSet held,
        Function<Optional<StoredTable>, PlannedTable> plan) {}
