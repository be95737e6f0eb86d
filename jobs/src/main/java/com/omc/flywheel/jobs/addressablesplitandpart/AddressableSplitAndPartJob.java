package com.omc.flywheel.jobs.addressablesplitandpart;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.mapping.MappingCsv;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.jobs.AddressableSplit;
import com.omc.flywheel.jobs.AddressableSplit.Variant;
import java.util.Optional;

/**
 * Finds the snapshot of the addressable ids, checks it against the snapshots beside it, and rewrites it as a partition of
 * one table with all its columns, the key first.
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
        Placement placement = Placement.partitioned(
                Layout.PARTITIONED_ROOT,
                arguments.split().bucketCount(),
                arguments.partitions().idBuckets());
        Variant variant = new Variant(
                placement,
                arguments.partitions().strictColumnBudget(),
                arguments.allowDroppedColumns(),
                Optional.of(MappingCsv.read(context.store(), arguments.csvFile())));
        return AddressableSplit.run(NAME, arguments.split(), variant, context);
    }
}
