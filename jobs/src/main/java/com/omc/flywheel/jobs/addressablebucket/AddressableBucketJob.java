package com.omc.flywheel.jobs.addressablebucket;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.parquet.SourceTable;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.snapshot.SnapshotLocator;
import com.omc.flywheel.common.split.ClusteredSplit;
import com.omc.flywheel.common.split.SplitOptions;
import com.omc.flywheel.common.split.SplitPlan;
import com.omc.flywheel.jobs.SplitArguments;
import java.util.List;
import java.util.Optional;

/**
 * Finds the snapshot of the addressable ids and rewrites it as one table with all its columns, the key first, rows of
 * one bucket together.
 */
public final class AddressableBucketJob {
    /** The table and its folder; lower case, as readers know it. */
    static final String TABLE = "addressable_ids";

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
        SplitArguments split = arguments.split();
        SnapshotFolder snapshot = new SnapshotLocator(context.store(), context.clock())
                .locate(split.sourcePath(), split.snapshotDt(), split.requireSuccess());
        SourceTable source = context.footers().describe(snapshot);
        requireColumns(source, split.maxCols());

        SplitPlan plan =
                SplitPlan.ofWholeSource(source, split.bucketCol(), split.bucketCount(), split.targetFileMb(), TABLE);
        SplitOptions options = new SplitOptions(
                NAME,
                new DataSet(split.targetPath()),
                split.publish(),
                split.kmsKeyId(),
                false,
                false,
                1,
                split.maxNullKeys(),
                split.maxDuplicateKeys(),
                Optional.empty(),
                List.of(),
                split.dryRun());
        return new ClusteredSplit(context, plan, options).run();
    }

    private static void requireColumns(SourceTable source, int maxCols) {
        int columns = source.columns().all().size();
        if (columns > maxCols) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "snapshot %s has %d columns, --MAX_COLS allows %d; leave columns out at the producer, or raise it"
                            .formatted(source.folder().uri(), columns, maxCols));
        }
    }
}
