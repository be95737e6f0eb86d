package com.omc.flywheel.jobs.addressablesplitandpart;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.jobs.AddressableSplit;

/**
 * Reads the mapping, finds the snapshot of the addressable ids, checks one against the other and against the snapshots
 * beside it, and rewrites it as a partition of one table.
 */
public final class AddressableSplitAndPartJob {
    private static final String NAME = "addressable-split-and-part";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "rewrites one snapshot of the addressable ids as a partition of a table, beside those of other snapshots.",
            AddressableSplitAndPartArguments.class,
            AddressableSplitAndPartJob.class,
            AddressableSplitAndPartJob::run);

    private AddressableSplitAndPartJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(AddressableSplitAndPartArguments arguments, JobContext context) {
        return AddressableSplit.partitioned(
                NAME,
                arguments.split(),
                arguments.partitions(),
                arguments.csvFile(),
                arguments.allowDroppedColumns(),
                context);
    }
}
