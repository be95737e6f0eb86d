package com.omc.flywheel.jobs.registerstagedtables;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.RegistrationArguments;
import java.util.Optional;

/** The arguments of register-staged-tables. */
record RegisterStagedTablesArguments(
        @Argument(help = "The Glue database of the tables; it must be there.", example = "flywheel_staging")
                CatalogName database,
        @Argument(
                        help = "The folder of one data set that a split job has written.",
                        example = "s3://lake/split_cluster/infobase_attributes/")
                S3Uri s3Root,
        @Argument(help = "What the names of the tables begin with.", example = "ext_", defaultValue = "ext_")
                TablePrefix tablePrefix,
        @Argument(
                        help =
                                "Register only these tables, separated by commas, in any case, with or without a catalog prefix; the others stay.",
                        example = "IBE_01,ext_ibe_02")
                Optional<TablesFilter> tablesFilter,
        RegistrationArguments registration)
        implements EncryptedOutput {
    @Override
    public Optional<String> kmsKeyId() {
        return registration.kmsKeyId();
    }
}
