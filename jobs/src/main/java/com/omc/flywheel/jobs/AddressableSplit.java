package com.omc.flywheel.jobs;

import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.mapping.MappingCsv;
import com.omc.flywheel.common.parquet.SourceTable;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.snapshot.SnapshotLocator;
import com.omc.flywheel.common.split.ClusteredSplit;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.common.split.SplitOptions;
import com.omc.flywheel.common.split.SplitPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the jobs on the addressable ids have in common. */
public final class AddressableSplit {
    /** The table, and its folder where it has one; lower case, as readers know it. */
    public static final String TABLE = "addressable_ids";

    private AddressableSplit() {}

    /**
     * How a job differs from the other one.
     *
     * @param placement where rows go
     * @param strictBudget whether more columns than readers can see are an error
     * @param allowDroppedColumns whether columns that the snapshot before has may be missing
     * @param mapping what columns are described by, if anything
     */
    public record Variant(
            Placement placement, boolean strictBudget, boolean allowDroppedColumns, Optional<MappingCsv> mapping) {}

    /** Finds the snapshot and rewrites it as one table with all its columns, the key first. */
    public static JobSummary run(String job, SplitArguments split, Variant variant, JobContext context) {
        SnapshotFolder snapshot = new SnapshotLocator(context.store(), context.clock())
                .locate(split.sourcePath(), split.snapshotDt(), split.requireSuccess());
        SourceTable source = context.footers().describe(snapshot);
        requireColumns(source, split.maxCols());

        Map<ColumnName, String> comments =
                variant.mapping().map(MappingCsv::descriptions).orElse(Map.of());
        SplitPlan plan = SplitPlan.ofWholeSource(
                source, split.bucketCol(), variant.placement(), split.targetFileMb(), TABLE, comments);
        SplitOptions options = new SplitOptions(
                job,
                new DataSet(split.targetPath()),
                split.publish(),
                split.kmsKeyId(),
                false,
                false,
                variant.allowDroppedColumns(),
                new ColumnBudget(split.maxCols()),
                variant.strictBudget(),
                1,
                split.maxNullKeys(),
                split.maxDuplicateKeys(),
                variant.mapping().map(MappingCsv::sha256),
                List.of(),
                variant.placement().layout().isPartitioned() ? Optional.of(plan.schema()) : Optional.empty(),
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
