package com.omc.flywheel.jobs.createpartaddressableidsertable;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.IdTable;
import com.omc.flywheel.jobs.VersionArguments;
import com.omc.flywheel.jobs.VersionJobArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of create-part-addressable-ids-er-table. */
record CreatePartAddressableIdsErTableArguments(
        @Argument(help = "The database of both tables in the Glue catalog.", example = "flywheel_staging")
                CatalogName database,
        @Argument(
                        help = "The table that is read; `register-part-tables` has described it.",
                        example = "part_addressable_ids",
                        defaultValue = "part_addressable_ids")
                CatalogName sourceTable,
        @Argument(
                        help = "The table that is made, which AWS Entity Resolution reads.",
                        example = "part_addressable_ids_er",
                        defaultValue = "part_addressable_ids_er")
                CatalogName targetTable,
        @Argument(
                        help =
                                "The folder of the files; the table is a folder in it, and in that each version of the table.",
                        example = "s3://lake/identity/")
                S3Uri location,
        @Argument(
                        help = "The snapshot to read, which is published; the newest one when absent or `_NONE_`.",
                        example = "2025-11-01")
                Optional<SnapshotDate> snapshotDt,
        @Argument(
                        help = "The key of the table that is read, whose values become the unique ids.",
                        example = "customer_user_id",
                        defaultValue = "customer_user_id")
                ColumnName key,
        VersionArguments versions)
        implements VersionJobArguments {

    CreatePartAddressableIdsErTableArguments {
        List<String> problems = new ArrayList<>();
        if (sourceTable.equals(targetTable)) {
            problems.add(
                    "--SOURCE_TABLE and --TARGET_TABLE are both %s; the table would replace the one it is read from"
                            .formatted(targetTable));
        }
        if (key.equals(IdTable.ROW_ID)) {
            problems.add("--KEY: %s is what the column of unique ids is called, beside the key".formatted(key));
        }
        versions.requireConsistent(problems);
    }
}
