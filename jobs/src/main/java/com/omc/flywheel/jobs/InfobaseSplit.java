package com.omc.flywheel.jobs;

import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.evolution.SnapshotSchema;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.mapping.MappingCsv;
import com.omc.flywheel.common.mapping.TableMapping;
import com.omc.flywheel.common.parquet.SourceTable;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.snapshot.SnapshotLocator;
import com.omc.flywheel.common.split.ClusteredSplit;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.common.split.SplitOptions;
import com.omc.flywheel.common.split.SplitPlan;
import java.util.Optional;

/** What the jobs on the wide table have in common. */
public final class InfobaseSplit {
    private InfobaseSplit() {}

    /**
     * Reads the mapping, finds the snapshot, checks one against the other, and cuts the snapshot into the mapping's tables;
     * nothing is published unless all of it is right.
     */
    public static JobSummary run(
            String job, MappedSplitArguments arguments, Placement placement, boolean strictBudget, JobContext context) {
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

        SplitPlan plan = SplitPlan.ofTables(source, split.bucketCol(), placement, split.targetFileMb(), mapping);
        Optional<SnapshotSchema> schema = placement.layout().isPartitioned()
                ? Optional.of(SplitPlan.ofTables(source, split.bucketCol(), placement, split.targetFileMb(), whole)
                        .schema())
                : Optional.empty();
        SplitOptions options = new SplitOptions(
                job,
                new DataSet(split.targetPath()),
                split.publish(),
                split.kmsKeyId(),
                arguments.tablesFilter().isPresent(),
                arguments.allowMixedSnapshots(),
                arguments.allowDroppedColumns(),
                new ColumnBudget(split.maxCols()),
                strictBudget,
                arguments.parallelism(),
                split.maxNullKeys(),
                split.maxDuplicateKeys(),
                Optional.of(mapping.sha256()),
                MappingCsv.droppedColumns(whole, source.columns()),
                schema,
                split.dryRun());
        return new ClusteredSplit(context, plan, options).run();
    }
}
