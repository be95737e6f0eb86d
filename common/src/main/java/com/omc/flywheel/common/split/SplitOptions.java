package com.omc.flywheel.common.split;

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
 * @param parallelism how many tables are written at a time
 * @param maxNullKeys how many rows may have no key
 * @param maxDuplicateKeys how many rows may repeat a key
 * @param mappingSha256 the checksum of the mapping, for the manifest
 * @param droppedColumns the source columns that no table has, for the manifest
 * @param dryRun whether to stop after the plan
 */
public record SplitOptions(
        String job,
        DataSet target,
        PublishArguments publish,
        Optional<String> kmsKeyId,
        boolean onlySomeTables,
        boolean allowMixedSnapshots,
        int parallelism,
        long maxNullKeys,
        long maxDuplicateKeys,
        Optional<String> mappingSha256,
        List<String> droppedColumns,
        boolean dryRun) {
    public SplitOptions {
        droppedColumns = List.copyOf(droppedColumns);
    }
}
