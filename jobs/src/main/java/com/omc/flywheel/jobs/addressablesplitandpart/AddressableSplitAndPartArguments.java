package com.omc.flywheel.jobs.addressablesplitandpart;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.PartitionArguments;
import com.omc.flywheel.jobs.SplitArguments;
import com.omc.flywheel.jobs.SplitJobArguments;

/** The arguments of addressable-split-and-part: those of every split, and what partitions bring. */
record AddressableSplitAndPartArguments(
        SplitArguments split,
        @Argument(
                        help =
                                "The mapping: which columns the table has, in their order; its only table is ADDRESSABLE_IDS.",
                        example = "s3://lake/mapping/omc_flywheel_addressable_ids_table_split_part.csv")
                S3Uri csvFile,
        @Argument(
                        help =
                                "Leave out source columns that the mapping does not have, and columns that the snapshot before has, naming them, instead of failing.",
                        example = "true",
                        defaultValue = "false")
                boolean allowDroppedColumns,
        PartitionArguments partitions)
        implements SplitJobArguments {}
