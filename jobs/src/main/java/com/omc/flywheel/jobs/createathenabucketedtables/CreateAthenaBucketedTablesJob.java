package com.omc.flywheel.jobs.createathenabucketedtables;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.versions.BucketedTables;
import com.omc.flywheel.jobs.VersionArguments;

/**
 * Copies the staged tables into tables that are bucketed by the key, and sends readers from one version of each to the next
 * in one step.
 */
public final class CreateAthenaBucketedTablesJob {
    private static final String NAME = "create-athena-bucketed-tables";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "copies the staged tables into bucketed ones, each of which readers are switched to in one step.",
            CreateAthenaBucketedTablesArguments.class,
            CreateAthenaBucketedTablesJob.class,
            CreateAthenaBucketedTablesJob::run);

    private CreateAthenaBucketedTablesJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(CreateAthenaBucketedTablesArguments arguments, JobContext context) {
        VersionArguments versions = arguments.versions();
        BucketedTables tables = new BucketedTables(context, versions.connect(context.queries()), options(arguments));
        return versions.recoverOnly() ? tables.recover() : tables.run();
    }

    private static BucketedTables.Options options(CreateAthenaBucketedTablesArguments arguments) {
        return new BucketedTables.Options(
                arguments.stagedDb(),
                arguments.stagedPrefix(),
                arguments.tablesFilter(),
                arguments.finalDb(),
                arguments.tablePrefix(),
                new Buckets(arguments.bucketCol().value(), arguments.bucketCount()),
                arguments.allowMixedSnapshots(),
                arguments.versions().timeToLive(),
                arguments.versions().options(NAME, arguments.bucketedBase(), arguments.maxConcurrency()));
    }
}
