package com.omc.flywheel.sequence.deployment;

import java.util.Locale;

/** How a step of a sequence ended. */
public enum StepOutcome {
    DONE,
    FAILED,
    SKIPPED,
    /** The execution was ended from outside while the step ran. */
    STOPPED;

    /** The word for it, as the definitions of the sequences and people write it: {@code done}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
