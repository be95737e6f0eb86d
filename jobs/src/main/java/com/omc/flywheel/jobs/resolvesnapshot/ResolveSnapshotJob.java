package com.omc.flywheel.jobs.resolvesnapshot;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.snapshot.ExecutionSnapshot;
import com.omc.flywheel.common.snapshot.SnapshotChoice;
import com.omc.flywheel.common.snapshot.SnapshotLocator;

/**
 * Looks which snapshot every source has complete, and writes down that one for all later steps of an execution; one that
 * is written down already stands.
 */
public final class ResolveSnapshotJob {
    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            "resolve-snapshot",
            "decides which snapshot all steps of a run read, and writes it down for them.",
            ResolveSnapshotArguments.class,
            ResolveSnapshotJob.class,
            ResolveSnapshotJob::run);

    private ResolveSnapshotJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(ResolveSnapshotArguments arguments, JobContext context) {
        SnapshotChoice choice = new SnapshotChoice(
                new SnapshotLocator(context.store(), context.clock(), "--SOURCE_PATHS"),
                arguments.requireSuccess(),
                arguments.allowMixedSnapshots());
        ExecutionSnapshot snapshot =
                new ExecutionSnapshot(context.store(), context.clock(), arguments.runsPath(), arguments.execution());
        return new ResolveSnapshotSummary(snapshot.resolve(
                arguments.sources(),
                arguments.snapshotDt(),
                () -> choice.choose(arguments.sources(), arguments.snapshotDt())));
    }
}
