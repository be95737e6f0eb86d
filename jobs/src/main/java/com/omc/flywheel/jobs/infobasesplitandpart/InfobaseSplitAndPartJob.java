package com.omc.flywheel.jobs.infobasesplitandpart;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.jobs.InfobaseSplit;

/**
 * Reads the mapping, finds the snapshot, checks one against the other and against the snapshots beside it, and cuts it into
 * the mapping's tables, as a partition of each; nothing is published unless all of it is right.
 */
public final class InfobaseSplitAndPartJob {
    private static final String NAME = "infobase-split-and-part";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "cuts one snapshot of the wide table into the tables of a mapping, as a partition of each beside those of other snapshots.",
            InfobaseSplitAndPartArguments.class,
            InfobaseSplitAndPartJob.class,
            InfobaseSplitAndPartJob::run);

    private InfobaseSplitAndPartJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(InfobaseSplitAndPartArguments arguments, JobContext context) {
        Placement placement = Placement.partitioned(
                Layout.PARTITIONED,
                arguments.split().bucketCount(),
                arguments.partitions().idBuckets());
        return InfobaseSplit.run(
                NAME, arguments.mapped(), placement, arguments.partitions().strictColumnBudget(), context);
    }
}
