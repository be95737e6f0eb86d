package com.omc.flywheel.jobs.prepareparttables;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.job.RegionArgument;
import com.omc.flywheel.common.query.AthenaSettings;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of prepare-part-tables. */
record PreparePartTablesArguments(
        @Argument(
                        help = "The region of the services that the job calls; the environment's when absent.",
                        example = "eu-west-1")
                Optional<String> awsRegion,
        @Argument(help = "The database of the tables in the Glue catalog.", example = "omc_flywheel_prod")
                CatalogName database,
        @Argument(help = "The Athena workgroup that repairs tables; needed with REPAIR athena.", example = "primary")
                Optional<String> workgroup,
        @Argument(
                        name = "RESULTS_S3",
                        help = "The folder for results of queries; needed with REPAIR athena.",
                        example = "s3://lake/athena-results/")
                Optional<S3Uri> results,
        @Argument(help = "What the names of the tables begin with.", example = "part_", defaultValue = "part_")
                TablePrefix tablePrefix,
        @Argument(help = "How many tables are prepared at a time.", example = "5", defaultValue = "5", min = 1)
                int maxConcurrency,
        @Argument(
                        help = "The first wait between two looks at a query, in seconds; later ones are longer.",
                        example = "2",
                        defaultValue = "2",
                        min = 1)
                int pollIntervalSec,
        @Argument(
                        help =
                                "Who looks for new partitions: `athena` by `MSCK REPAIR TABLE`, or `catalog` by the manifests alone; these have the last word in either case.",
                        example = "catalog",
                        defaultValue = "athena")
                Repair repair,
        @Argument(
                        help =
                                "Take partitions out of the catalog that no manifest has, instead of naming them; their files stay.",
                        example = "true",
                        defaultValue = "false")
                boolean dropStale,
        @Argument(
                        help =
                                "How many snapshots of each data set are kept, the newest ones; all when absent. With RETAIN_DRY_RUN false the others are deleted, partitions and files.",
                        example = "12",
                        min = 1)
                Optional<Integer> retainSnapshots,
        @Argument(help = "Only name what RETAIN_SNAPSHOTS would delete.", example = "true", defaultValue = "true")
                boolean retainDryRun,
        @Argument(
                        help =
                                "How many seconds a run may give no sign of life before another one takes its place; it gives five in that time.",
                        example = "300",
                        defaultValue = "300",
                        min = 1)
                int leaseSeconds,
        @Argument(
                        help = "How many minutes a query may take, its waits in the queue counted; then it is stopped.",
                        example = "60",
                        defaultValue = "60",
                        min = 1)
                int queryDeadlineMin,
        @Argument(
                        help = "The KMS key to encrypt every written object with; the bucket's default when absent.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId)
        implements RegionArgument, EncryptedOutput {

    PreparePartTablesArguments {
        if (repair == Repair.ATHENA) {
            List<String> absent = new ArrayList<>();
            if (workgroup.isEmpty()) {
                absent.add("--WORKGROUP: is needed with --REPAIR athena");
            }
            if (results.isEmpty()) {
                absent.add("--RESULTS_S3: is needed with --REPAIR athena");
            }
            if (!absent.isEmpty()) {
                throw new IllegalArgumentException(
                        String.join("; ", absent) + "; --REPAIR catalog does without Athena");
            }
        }
    }

    /** How Athena is asked; empty when it is not. */
    Optional<AthenaSettings> athena() {
        return repair == Repair.CATALOG
                ? Optional.empty()
                : Optional.of(new AthenaSettings(
                        workgroup.orElseThrow(),
                        results.orElseThrow(),
                        Duration.ofSeconds(pollIntervalSec),
                        Duration.ofMinutes(queryDeadlineMin)));
    }

    Duration timeToLive() {
        return Duration.ofSeconds(leaseSeconds);
    }
}
