package com.omc.flywheel.jobs.addressablebucket;

import com.omc.flywheel.jobs.SplitArguments;
import com.omc.flywheel.jobs.SplitJobArguments;

/** The arguments of addressable-bucket: those of every split. */
record AddressableBucketArguments(SplitArguments split) implements SplitJobArguments {}
