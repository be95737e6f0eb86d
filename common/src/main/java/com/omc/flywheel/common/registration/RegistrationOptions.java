package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnBudget;
import java.time.Duration;

/**
 * How a job registers tables.
 *
 * @param job its name, which marks the tables as its own
 * @param database where they are described
 * @param databaseArgument the argument that names it, for messages
 * @param prefix what their names begin with
 * @param takeOver whether tables of these names that this program did not make, or of another data set, are changed
 * @param budget how many columns of a table readers can see
 * @param strictBudget whether more than that are an error
 * @param timeToLive of the leases
 * @param parallelism how many tables at a time
 */
public record RegistrationOptions(
        String job,
        CatalogName database,
        String databaseArgument,
        TablePrefix prefix,
        boolean takeOver,
        ColumnBudget budget,
        boolean strictBudget,
        Duration timeToLive,
        int parallelism) {}
