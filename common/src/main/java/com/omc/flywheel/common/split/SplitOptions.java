package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.evolution.SnapshotSchema;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.PublishArguments;
import java.util.List;
import java.util.Optional;

/**
 * How a plan is carried out.
 *
 * @param job the job that writes the data set
 * @param target the data set that is written
 * @param publish how it is published
 * @param kmsKeyId the key that files are encrypted with
 * @param onlySomeTables whether the target's other tables stay as they are
 * @param allowMixedSnapshots whether those may be of another snapshot
 * @param allowDroppedColumns whether columns that the snapshot before has may be in no table
 * @param budget how many columns of a table readers can see
 * @param strictBudget whether more of them are an error
 * @param parallelism how many tables are written at a time
 * @param maxNullKeys how many rows may have no key
 * @param maxDuplicateKeys how many rows may repeat a key
 * @param mappingSha256 the checksum of the mapping, for the manifest
 * @param droppedColumns the source columns that no table has, for the manifest
 * @param schema the columns of all tables of the mapping, where they stand beside those of other snapshots
 * @param dryRun whether to stop after the plan
 */
public record SplitOptions(
        String job,
        DataSet target,
        PublishArguments publish,
        Optional<String> kmsKeyId,
        boolean onlySomeTables,
        boolean allowMixedSnapshots,
        boolean allowDroppedColumns,
        ColumnBudget budget,
        boolean strictBudget,
        int parallelism,
        long maxNullKeys,
        long maxDuplicateKeys,
        Optional<String> mappingSha256,
        List<String> droppedColumns,
        Optional<SnapshotSchema> schema,
        boolean dryRun) {
    public SplitOptions {
        droppedColumns = List.copyOf(droppedColumns);
    }
}
