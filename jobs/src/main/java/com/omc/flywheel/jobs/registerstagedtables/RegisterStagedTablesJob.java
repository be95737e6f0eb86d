package com.omc.flywheel.jobs.registerstagedtables;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.registration.RegistrationOptions;
import com.omc.flywheel.common.registration.StagedTables;

/**
 * Holds a data set, reads its manifest, and describes each of its tables in the catalog as its files are; a table that is
 * described so already is not touched.
 */
public final class RegisterStagedTablesJob {
    private static final String NAME = "register-staged-tables";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "registers the tables of a clustered data set in the Glue catalog, by its manifest.",
            RegisterStagedTablesArguments.class,
            RegisterStagedTablesJob.class,
            RegisterStagedTablesJob::run);

    private RegisterStagedTablesJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(RegisterStagedTablesArguments arguments, JobContext context) {
        RegistrationOptions options =
                arguments.registration().options(NAME, "--DATABASE", arguments.database(), arguments.tablePrefix());
        return new StagedTables(context, options, arguments.s3Root(), arguments.tablesFilter()).run();
    }
}
