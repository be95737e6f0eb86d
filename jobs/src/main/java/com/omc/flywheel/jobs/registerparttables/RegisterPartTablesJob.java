package com.omc.flywheel.jobs.registerparttables;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.registration.PartTables;
import com.omc.flywheel.common.registration.PartTables.Selection;
import com.omc.flywheel.common.registration.RegistrationOptions;

/**
 * Finds the data sets, holds them, reads the manifests of all their snapshots, and describes each of their tables in the
 * catalog with every column that a snapshot has; partitions are not touched.
 */
public final class RegisterPartTablesJob {
    private static final String NAME = "register-part-tables";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "registers the tables of partitioned data sets in the Glue catalog, over all their snapshots.",
            RegisterPartTablesArguments.class,
            RegisterPartTablesJob.class,
            RegisterPartTablesJob::run);

    private RegisterPartTablesJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(RegisterPartTablesArguments arguments, JobContext context) {
        RegistrationOptions options =
                arguments.registration().options(NAME, "--STAGED_DB", arguments.stagedDb(), arguments.tablePrefix());
        Selection selection =
                new Selection(arguments.snapshotDt(), arguments.allowMixedSnapshots(), arguments.allowDroppedColumns());
        return new PartTables(context, options, arguments.sourcePath(), selection).run();
    }
}
