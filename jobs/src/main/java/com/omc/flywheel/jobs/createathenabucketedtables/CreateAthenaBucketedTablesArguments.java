package com.omc.flywheel.jobs.createathenabucketedtables;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.job.RegionArgument;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.EngineChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of create-athena-bucketed-tables. */
record CreateAthenaBucketedTablesArguments(
        @Argument(help = "The workgroup that queries run in; needed with the engine `athena`.", example = "flywheel")
                Optional<String> athenaWorkgroup,
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
                                "The folder for results of queries; needed with the engine `athena`, whose workgroup may enforce its own.",
                        example = "s3://lake/athena-results/")
                Optional<S3Uri> athenaResultsS3,
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
        @Argument(
                        help = "What builds the tables: `athena`, or `spark` for this job's own Spark.",
                        example = "athena",
                        defaultValue = "athena")
                EngineChoice engine,
        @Argument(help = "How many tables are built at a time.", example = "5", defaultValue = "5", min = 1)
                int maxConcurrency,
        @Argument(
                        help =
                                "How many versions of a table stay, the one that readers see counted; the files of older ones are deleted.",
                        example = "2",
                        defaultValue = "2",
                        min = 1)
                int keepVersions,
        @Argument(
                        help =
                                "Tables of these names that this program did not make become its own; without it they are an error. Their files stay.",
                        example = "true",
                        defaultValue = "false")
                boolean takeOver,
        @Argument(
                        help = "Let the tables be of several snapshots; each says which it holds.",
                        example = "true",
                        defaultValue = "false")
                boolean allowMixedSnapshots,
        @Argument(
                        help = "Build again what holds the same rows, columns and buckets already.",
                        example = "true",
                        defaultValue = "false")
                boolean force,
        @Argument(
                        help =
                                "How many seconds a run may give no sign of life before another one takes its place; it gives five in that time.",
                        example = "300",
                        defaultValue = "300",
                        min = 1)
                int leaseSeconds,
        @Argument(
                        help =
                                "How many minutes a query may take in Athena, its time in the queue counted; then it is stopped and its table fails.",
                        example = "60",
                        defaultValue = "60",
                        min = 1)
                int queryDeadlineMin,
        @Argument(
                        help = "The region of the services that are called; the environment's when absent.",
                        example = "eu-west-1")
                Optional<String> awsRegion,
        @Argument(
                        help =
                                "The KMS key to encrypt every object with that this job writes, the bucket's default when absent; Athena encrypts the tables it builds as its workgroup or the bucket says.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId,
        @Argument(
                        help = "Only finish or undo what a run before left unfinished; no table is read or built.",
                        example = "false",
                        defaultValue = "false")
                boolean recoverOnly)
        implements EncryptedOutput, RegionArgument {

    CreateAthenaBucketedTablesArguments {
        List<String> problems = new ArrayList<>();
        if (engine == EngineChoice.ATHENA && athenaWorkgroup.isEmpty()) {
            problems.add("--ATHENA_WORKGROUP: is needed when --ENGINE is athena");
        }
        if (engine == EngineChoice.ATHENA && athenaResultsS3.isEmpty()) {
            problems.add("--ATHENA_RESULTS_S3: is needed when --ENGINE is athena");
        }
        if (stagedDb.equals(finalDb) && stagedPrefix.equals(tablePrefix)) {
            problems.add(
                    "--STAGED_PREFIX and --TABLE_PREFIX are both %s in one database; each table would replace the one it is read from"
                            .formatted(tablePrefix));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  - ", problems));
        }
    }
}
