package com.omc.flywheel.jobs.createathenabucketedtables;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.VersionArguments;
import com.omc.flywheel.jobs.VersionJobArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of create-athena-bucketed-tables. */
record CreateAthenaBucketedTablesArguments(
        @Argument(
                        help =
                                "How many buckets rows are hashed into; what joins these tables with others must have as many.",
                        example = "256",
                        defaultValue = "256",
                        min = 1)
                int bucketCount,
        @Argument(
                        help = "The key: the column whose Hive hash is the bucket; every table has it, of one type.",
                        example = "customer_user_id",
                        defaultValue = "customer_user_id")
                ColumnName bucketCol,
        @Argument(help = "The database of the tables that are read.", example = "flywheel_staged") CatalogName stagedDb,
        @Argument(help = "The database of the tables that are made; it is there already.", example = "flywheel_final")
                CatalogName finalDb,
        @Argument(
                        help =
                                "The folder of the files; each table is a folder in it, and in that each version of the table.",
                        example = "s3://lake/bucketed/")
                S3Uri bucketedBase,
        @Argument(
                        help =
                                "Make only these tables, separated by commas, in any case, with or without a catalog prefix; the others stay.",
                        example = "ibe_01,ibe_02")
                Optional<TablesFilter> tablesFilter,
        @Argument(
                        help = "What the names of the tables that are made begin with.",
                        example = "bucketed_",
                        defaultValue = "bucketed_")
                TablePrefix tablePrefix,
        @Argument(
                        help = "What the names of the tables that are read begin with.",
                        example = "ext_",
                        defaultValue = "ext_")
                TablePrefix stagedPrefix,
        @Argument(help = "How many tables are built at a time.", example = "5", defaultValue = "5", min = 1)
                int maxConcurrency,
        @Argument(
                        help = "Let the tables be of several snapshots; each says which it holds.",
                        example = "true",
                        defaultValue = "false")
                boolean allowMixedSnapshots,
        VersionArguments versions)
        implements VersionJobArguments {

    CreateAthenaBucketedTablesArguments {
        List<String> problems = new ArrayList<>();
        if (stagedDb.equals(finalDb) && stagedPrefix.equals(tablePrefix)) {
            problems.add(
                    "--STAGED_PREFIX and --TABLE_PREFIX are both %s in one database; each table would replace the one it is read from"
                            .formatted(tablePrefix));
        }
        versions.requireConsistent(problems);
    }
}
