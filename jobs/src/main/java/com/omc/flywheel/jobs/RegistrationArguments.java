package com.omc.flywheel.jobs;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.registration.RegistrationOptions;
import java.time.Duration;
import java.util.Optional;

/** The arguments of a job that describes tables in the catalog. */
public record RegistrationArguments(
        @Argument(
                        help =
                                "How many columns of a table Clean Rooms lets a query see, partition columns counted; a table with more is reported and loses none.",
                        example = "100",
                        defaultValue = "100",
                        min = 1)
                int maxCols,
        @Argument(
                        help =
                                "Fail when a table has more columns than MAX_COLS, instead of saying what to leave off the Clean Rooms allowlist.",
                        example = "true",
                        defaultValue = "false")
                boolean strictColumnBudget,
        @Argument(
                        help =
                                "Change tables of these names that this program did not make, or that describe another data set; without it they are an error.",
                        example = "true",
                        defaultValue = "false")
                boolean takeOver,
        @Argument(
                        help =
                                "How many seconds a run may give no sign of life before another one takes its place; it gives five in that time.",
                        example = "300",
                        defaultValue = "300",
                        min = 1)
                int leaseSeconds,
        @Argument(help = "How many tables are registered at a time.", example = "8", defaultValue = "8", min = 1)
                int parallelism,
        @Argument(
                        help = "The KMS key to encrypt every written object with; the bucket's default when absent.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId) {

    /**
     * The same for the library.
     *
     * @param databaseArgument the argument that names the database
     */
    public RegistrationOptions options(String job, String databaseArgument, CatalogName database, TablePrefix prefix) {
        return new RegistrationOptions(
                job,
                database,
                databaseArgument,
                prefix,
                takeOver,
                new ColumnBudget(maxCols),
                strictColumnBudget,
                Duration.ofSeconds(leaseSeconds),
                parallelism);
    }
}
