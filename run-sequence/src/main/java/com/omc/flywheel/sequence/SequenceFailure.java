package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import java.util.List;

/** A run of a sequence ended badly; what went wrong has been said where it happened. */
final class SequenceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is added to the number of the step that failed, to leave the codes below it to other failures. */
    private static final int FIRST_OF_STEPS = 10;

    private final int exitCode;

    private SequenceFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A failure that is no step's. */
    static SequenceFailure ofNoStep(String message) {
        return new SequenceFailure(message, 1);
    }

    /**
     * A failure of steps.
     *
     * @param number the place of the first of them in the sequence, from 1
     * @param causes the messages of all of them: when each says that another run is at work, to come back later is all
     *     there is to do
     */
    static SequenceFailure of(int number, List<String> causes, String message) {
        boolean busy =
                !causes.isEmpty() && causes.stream().allMatch(cause -> cause.startsWith(FailureKind.BUSY + ": "));
        return new SequenceFailure(message, busy ? FailureKind.BUSY.exitCode() : FIRST_OF_STEPS + number);
    }

    /** 10 and the number of the step that failed; 75 when the data set was held by another run; 1 for the rest. */
    int exitCode() {
        return exitCode;
    }
}
