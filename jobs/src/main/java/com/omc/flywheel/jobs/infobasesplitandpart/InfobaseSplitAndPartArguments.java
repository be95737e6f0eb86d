package com.omc.flywheel.jobs.infobasesplitandpart;

import com.omc.flywheel.jobs.MappedSplitArguments;
import com.omc.flywheel.jobs.PartitionArguments;
import com.omc.flywheel.jobs.SplitArguments;
import com.omc.flywheel.jobs.SplitJobArguments;

/** The arguments of infobase-split-and-part: those of every split by a mapping, and what partitions bring. */
record InfobaseSplitAndPartArguments(MappedSplitArguments mapped, PartitionArguments partitions)
        implements SplitJobArguments {
    @Override
    public SplitArguments split() {
        return mapped.split();
    }
}
