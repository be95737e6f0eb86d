package com.omc.flywheel.jobs;

import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.mapping.MappedTable;
import com.omc.flywheel.common.mapping.MappingCsv;
import com.omc.flywheel.common.mapping.TableMapping;
import com.omc.flywheel.common.mapping.TableName;
import com.omc.flywheel.common.parquet.SourceTable;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.snapshot.SnapshotLocator;
import com.omc.flywheel.common.split.ClusteredSplit;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.common.split.SplitOptions;
import com.omc.flywheel.common.split.SplitPlan;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;

/** What the jobs on the addressable ids have in common. */
public final class AddressableSplit {
    /** The table, and its folder where it has one; lower case, as readers know it. */
    public static final String TABLE = "addressable_ids";

    private AddressableSplit() {}

    /** Finds the snapshot and rewrites it as one table with all its columns, the key first, in the place of what is there. */
    public static JobSummary clustered(String job, SplitArguments split, JobContext context) {
        SourceTable source = source(split, context);
        requireColumns(source, split.maxCols());
        SplitPlan plan = SplitPlan.ofWholeSource(
                source, split.bucketCol(), Placement.clustered(split.bucketCount()), split.targetFileMb(), TABLE);
        return run(job, split, context, plan, false, false, Optional.empty(), List.of());
    }

    /**
     * Reads the mapping, finds the snapshot, checks one against the other and against the snapshots beside it, and rewrites
     * it as a partition of one table with the mapping's columns.
     */
    public static JobSummary partitioned(
            String job,
            SplitArguments split,
            PartitionArguments partitions,
            S3Uri csvFile,
            boolean allowDroppedColumns,
            JobContext context) {
        MappingCsv csv = MappingCsv.read(context.store(), csvFile);
        SourceTable source = source(split, context);
        TableMapping mapping = csv.check(split.bucketCol(), split.maxCols(), source.columns(), allowDroppedColumns);
        SplitPlan plan = SplitPlan.ofTable(
                source,
                split.bucketCol(),
                Placement.partitioned(Layout.PARTITIONED_ROOT, split.bucketCount(), partitions.idBuckets()),
                split.targetFileMb(),
                TABLE,
                onlyTable(mapping, csvFile));
        return run(
                job,
                split,
                context,
                plan,
                partitions.strictColumnBudget(),
                allowDroppedColumns,
                Optional.of(mapping.sha256()),
                MappingCsv.droppedColumns(mapping, source.columns()));
    }

    private static SourceTable source(SplitArguments split, JobContext context) {
        SnapshotFolder snapshot = new SnapshotLocator(context.store(), context.clock())
                .locate(split.sourcePath(), split.snapshotDt(), split.requireSuccess());
        return context.footers().describe(snapshot);
    }

    private static MappedTable onlyTable(TableMapping mapping, S3Uri csvFile) {
        if (!mapping.names().equals(List.of(TableName.parse(TABLE)))) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "mapping %s has the tables %s; the addressable ids are one table, %s"
                            .formatted(
                                    csvFile,
                                    Names.list(mapping.names().stream()
                                            .map(TableName::value)
                                            .toList()),
                                    TableName.parse(TABLE)));
        }
        return mapping.tables().get(0);
    }

    private static JobSummary run(
            String job,
            SplitArguments split,
            JobContext context,
            SplitPlan plan,
            boolean strictBudget,
            boolean allowDroppedColumns,
            Optional<String> mappingSha256,
            List<String> droppedColumns) {
        SplitOptions options = new SplitOptions(
                job,
                new DataSet(split.targetPath()),
                split.publish(),
                split.kmsKeyId(),
                false,
                false,
                allowDroppedColumns,
                new ColumnBudget(split.maxCols()),
                strictBudget,
                1,
                split.maxNullKeys(),
                split.maxDuplicateKeys(),
                mappingSha256,
                droppedColumns,
                plan.placement().layout().isPartitioned() ? Optional.of(plan.schema()) : Optional.empty(),
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
