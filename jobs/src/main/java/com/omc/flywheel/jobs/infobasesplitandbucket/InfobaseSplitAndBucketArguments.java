package com.omc.flywheel.jobs.infobasesplitandbucket;

import com.omc.flywheel.jobs.MappedSplitArguments;
import com.omc.flywheel.jobs.SplitArguments;
import com.omc.flywheel.jobs.SplitJobArguments;

/** The arguments of infobase-split-and-bucket: those of every split by a mapping. */
record InfobaseSplitAndBucketArguments(MappedSplitArguments mapped) implements SplitJobArguments {
    @Override
    public SplitArguments split() {
        return mapped.split();
    }
}
