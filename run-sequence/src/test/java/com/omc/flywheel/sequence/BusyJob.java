package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;

/** A job that another run is always in the way of. */
public final class BusyJob {
    /** What it fails with. */
    static final String MESSAGE = "BUSY: another run holds the data set";

    static final JobDefinition<Nothing> DEFINITION =
            new JobDefinition<>("busy", "Waits for nobody.", Nothing.class, BusyJob.class, (arguments, context) -> {
                throw new JobFailure(FailureKind.BUSY, "another run holds the data set");
            });

    private BusyJob() {}

    /** It takes no arguments. */
    record Nothing() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }
}
