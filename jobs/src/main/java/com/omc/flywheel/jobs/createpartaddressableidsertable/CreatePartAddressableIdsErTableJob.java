package com.omc.flywheel.jobs.createpartaddressableidsertable;

import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.versions.IdTable;
import com.omc.flywheel.jobs.VersionArguments;

/**
 * Copies the key of the newest snapshot of the addressable ids, as the unique id of the row and under its own name, into the
 * table that AWS Entity Resolution reads, and sends readers from one version of it to the next in one step.
 */
public final class CreatePartAddressableIdsErTableJob {
    private static final String NAME = "create-part-addressable-ids-er-table";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "keeps the table of unique ids that AWS Entity Resolution reads at the newest snapshot.",
            CreatePartAddressableIdsErTableArguments.class,
            CreatePartAddressableIdsErTableJob.class,
            CreatePartAddressableIdsErTableJob::run);

    private CreatePartAddressableIdsErTableJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(CreatePartAddressableIdsErTableArguments arguments, JobContext context) {
        VersionArguments versions = arguments.versions();
        IdTable table = new IdTable(context, versions.connect(context.queries()), options(arguments));
        return versions.recoverOnly() ? table.recover() : table.run();
    }

    private static IdTable.Options options(CreatePartAddressableIdsErTableArguments arguments) {
        return new IdTable.Options(
                new TableId(arguments.database(), arguments.sourceTable()),
                new TableId(arguments.database(), arguments.targetTable()),
                arguments.key(),
                arguments.snapshotDt(),
                arguments.versions().timeToLive(),
                arguments.versions().options(NAME, arguments.location(), 1));
    }
}
