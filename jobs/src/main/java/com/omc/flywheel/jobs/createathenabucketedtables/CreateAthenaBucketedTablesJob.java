package com.omc.flywheel.jobs.createathenabucketedtables;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.query.AthenaSettings;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.versions.BucketedTables;
import com.omc.flywheel.common.versions.VersionOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * Copies the staged tables into tables that are bucketed by the key, and sends readers from one version of each to the next
 * in one step.
 */
public final class CreateAthenaBucketedTablesJob {
    private static final String NAME = "create-athena-bucketed-tables";
    private static final Duration SHORTEST_POLL = Duration.ofMillis(500);

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
        QueryEngine engine = arguments.engine().connect(context.queries(), athena(arguments));
        BucketedTables tables = new BucketedTables(context, engine, options(arguments));
        return arguments.recoverOnly() ? tables.recover() : tables.run();
    }

    static Optional<AthenaSettings> athena(CreateAthenaBucketedTablesArguments arguments) {
        Duration deadline = Duration.ofMinutes(arguments.queryDeadlineMin());
        return arguments.athenaWorkgroup().flatMap(workgroup -> arguments
                .athenaResultsS3()
                .map(results -> new AthenaSettings(workgroup, results, SHORTEST_POLL, deadline)));
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
                Duration.ofSeconds(arguments.leaseSeconds()),
                new VersionOptions(
                        NAME,
                        arguments.bucketedBase(),
                        arguments.engine(),
                        arguments.maxConcurrency(),
                        arguments.keepVersions(),
                        arguments.force(),
                        arguments.takeOver()));
    }
}
