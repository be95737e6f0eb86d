package com.omc.flywheel.jobs.infobasesplitandbucket;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.jobs.InfobaseSplit;

/**
 * Reads the mapping, finds the snapshot, checks one against the other, and cuts the snapshot into the mapping's tables,
 * rows of one bucket together; nothing is published unless all of it is right.
 */
public final class InfobaseSplitAndBucketJob {
    private static final String NAME = "infobase-split-and-bucket";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "cuts one snapshot of the wide table into the tables of a mapping, rows clustered by the bucket of their key.",
            InfobaseSplitAndBucketArguments.class,
            InfobaseSplitAndBucketJob.class,
            InfobaseSplitAndBucketJob::run);

    private InfobaseSplitAndBucketJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(InfobaseSplitAndBucketArguments arguments, JobContext context) {
        Placement placement = Placement.clustered(arguments.split().bucketCount());
        return InfobaseSplit.run(NAME, arguments.mapped(), placement, false, context);
    }
}
