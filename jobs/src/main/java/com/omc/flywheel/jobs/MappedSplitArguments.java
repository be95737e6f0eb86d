package com.omc.flywheel.jobs;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Optional;

/** The arguments of a job that cuts the wide table by a mapping: those of every split, and what a mapping brings. */
public record MappedSplitArguments(
        SplitArguments split,
        @Argument(
                        help = "The mapping: which columns go into which table.",
                        example = "s3://lake/mapping/omc_flywheel_infobase_table_split_lowercase.csv")
                S3Uri csvFile,
        @Argument(
                        help =
                                "Write only these tables, separated by commas, in any case, with or without a catalog prefix; the others stay.",
                        example = "IBE_01,ext_ibe_02")
                Optional<TablesFilter> tablesFilter,
        @Argument(
                        help =
                                "Leave out source columns that no table has, and in a time series those that the snapshot before has, naming them, instead of failing.",
                        example = "true",
                        defaultValue = "false")
                boolean allowDroppedColumns,
        @Argument(
                        help =
                                "Let a run with TABLES_FILTER leave the other tables at another snapshot; the manifest says which has which.",
                        example = "true",
                        defaultValue = "false")
                boolean allowMixedSnapshots,
        @Argument(help = "How many tables are written at a time.", example = "4", defaultValue = "4", min = 1)
                int parallelism) {

    public MappedSplitArguments {
        if (csvFile.key().isEmpty() || csvFile.key().endsWith("/")) {
            throw new IllegalArgumentException("--CSV_FILE: %s names a folder and not a file".formatted(csvFile));
        }
    }
}
