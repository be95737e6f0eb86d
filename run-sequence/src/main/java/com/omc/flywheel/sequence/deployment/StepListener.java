package com.omc.flywheel.sequence.deployment;

import java.time.Duration;
import java.util.Optional;

/** Is told how the steps of a run get on; steps of one stage run at the same time, and so may its calls. */
public interface StepListener {
    /**
     * A job run of the step began, for the first time or again.
     *
     * @param detail what runs it, for example the id of the job run
     */
    void stepStarted(String step, String detail);

    /**
     * The step is going to be tried again.
     *
     * @param error what went wrong, in a few words
     * @param wait how long before that; empty when it is not known
     */
    void stepRetried(String step, String error, Optional<Duration> wait);

    /** What the failed job run left half done is being finished or undone. */
    void stepRecovering(String step);

    /**
     * The step ended.
     *
     * @param seconds from its first start
     * @param detail what else there is to say, on as many lines as it takes; empty for nothing
     */
    void stepEnded(String step, StepOutcome outcome, long seconds, String detail);
}
