package com.omc.flywheel.jobs.registerparttables;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.RegistrationArguments;
import java.util.Optional;

/** The arguments of register-part-tables. */
record RegisterPartTablesArguments(
        @Argument(
                        help =
                                "A snapshot that must be finished in every data set; the newest one when absent or `_NONE_`.",
                        example = "2025-11-01")
                Optional<SnapshotDate> snapshotDt,
        @Argument(help = "The folder that holds the data sets, or one of them.", example = "s3://lake/split_part/")
                S3Uri sourcePath,
        @Argument(help = "The Glue database of the tables; it must be there.", example = "flywheel_staging")
                CatalogName stagedDb,
        @Argument(help = "What the names of the tables begin with.", example = "part_", defaultValue = "part_")
                TablePrefix tablePrefix,
        @Argument(
                        help = "Go on when the newest snapshots of the data sets differ, instead of failing.",
                        example = "true",
                        defaultValue = "false")
                boolean allowMixedSnapshots,
        @Argument(
                        help =
                                "Keep columns of a table that no snapshot has any more, where they are NULL, instead of failing.",
                        example = "true",
                        defaultValue = "false")
                boolean allowDroppedColumns,
        RegistrationArguments registration)
        implements EncryptedOutput {
    @Override
    public Optional<String> kmsKeyId() {
        return registration.kmsKeyId();
    }
}
