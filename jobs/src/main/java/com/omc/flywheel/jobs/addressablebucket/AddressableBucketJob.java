package com.omc.flywheel.jobs.addressablebucket;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.jobs.AddressableSplit;

/**
 * Finds the snapshot of the addressable ids and rewrites it as one table with all its columns, the key first, rows of
 * one bucket together.
 */
public final class AddressableBucketJob {
    private static final String NAME = "addressable-bucket";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "rewrites one snapshot of the addressable ids as a table, rows clustered by the bucket of their key.",
            AddressableBucketArguments.class,
            AddressableBucketJob.class,
            AddressableBucketJob::run);

    private AddressableBucketJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(AddressableBucketArguments arguments, JobContext context) {
        return AddressableSplit.clustered(NAME, arguments.split(), context);
    }
}
