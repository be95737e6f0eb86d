package com.omc.flywheel.jobs.infobasesplitandbucket;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.mapping.MappingCsv;
import com.omc.flywheel.common.mapping.TableMapping;
import com.omc.flywheel.common.parquet.SourceTable;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.snapshot.SnapshotLocator;
import com.omc.flywheel.common.split.ClusteredSplit;
import com.omc.flywheel.common.split.SplitOptions;
import com.omc.flywheel.common.split.SplitPlan;
import com.omc.flywheel.jobs.SplitArguments;
import java.util.Optional;

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
        SplitArguments split = arguments.split();
        MappingCsv csv = MappingCsv.read(context.store(), arguments.csvFile());
        SnapshotFolder snapshot = new SnapshotLocator(context.store(), context.clock())
                .locate(split.sourcePath(), split.snapshotDt(), split.requireSuccess());
        SourceTable source = context.footers().describe(snapshot);
        TableMapping whole =
                csv.check(split.bucketCol(), split.maxCols(), source.columns(), arguments.allowDroppedColumns());
        TableMapping mapping = arguments
                .tablesFilter()
                .map(filter -> whole.only(filter.select(whole.names())))
                .orElse(whole);

        SplitPlan plan =
                SplitPlan.ofTables(source, split.bucketCol(), split.bucketCount(), split.targetFileMb(), mapping);
        SplitOptions options = new SplitOptions(
                NAME,
                new DataSet(split.targetPath()),
                split.publish(),
                split.kmsKeyId(),
                arguments.tablesFilter().isPresent(),
                arguments.allowMixedSnapshots(),
                arguments.parallelism(),
                split.maxNullKeys(),
                split.maxDuplicateKeys(),
                Optional.of(mapping.sha256()),
                MappingCsv.droppedColumns(whole, source.columns()),
                split.dryRun());
        return new ClusteredSplit(context, plan, options).run();
    }
}
