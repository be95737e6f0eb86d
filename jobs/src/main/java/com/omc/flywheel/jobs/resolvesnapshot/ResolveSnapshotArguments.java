package com.omc.flywheel.jobs.resolvesnapshot;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.snapshot.ExecutionName;
import com.omc.flywheel.common.snapshot.RequireSuccess;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.Roots;
import java.util.List;
import java.util.Optional;

/** The arguments of resolve-snapshot. */
record ResolveSnapshotArguments(
        @Argument(
                        help =
                                "The snapshot that all steps read; the newest one of all sources when absent or `_NONE_`.",
                        example = "2025-11-01")
                Optional<SnapshotDate> snapshotDt,
        @Argument(
                        help =
                                "The folders that hold the `snapshot_dt=YYYY-MM-DD` folders of the sources, separated by commas.",
                        example =
                                "s3://lake/opus/infobase_attributes/raw_input/,s3://lake/opus/addressable_ids/raw_input/")
                Roots sourcePaths,
        @Argument(
                        help = "The folder that holds a folder for each execution of a run sequence.",
                        example = "s3://lake/runs/")
                S3Uri runsPath,
        @Argument(
                        help =
                                "The name of the execution, the same whenever the step is repeated: 1 to 80 letters, digits, hyphens and underscores.",
                        example = "2025-11-01-1")
                ExecutionName execution,
        @Argument(
                        help =
                                "Let the newest snapshots of the sources differ: then it is the newest that every source has.",
                        example = "true",
                        defaultValue = "false")
                boolean allowMixedSnapshots,
        @Argument(
                        help =
                                "Whether the snapshot must hold `_SUCCESS`: `true`, `false`, or `auto` for yes if any snapshot beside it does.",
                        example = "true",
                        defaultValue = "auto")
                RequireSuccess requireSuccess,
        @Argument(
                        help = "The KMS key to encrypt every written object with; the bucket's default when absent.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId)
        implements EncryptedOutput {

    ResolveSnapshotArguments {
        runsPath = runsPath.asFolder();
        for (S3Uri source : sourcePaths.folders()) {
            if (source.contains(runsPath) || runsPath.contains(source)) {
                throw new IllegalArgumentException(
                        "--RUNS_PATH %s and %s of --SOURCE_PATHS overlap; a run may not write where it reads"
                                .formatted(runsPath, source));
            }
        }
    }

    List<S3Uri> sources() {
        return sourcePaths.folders();
    }
}
