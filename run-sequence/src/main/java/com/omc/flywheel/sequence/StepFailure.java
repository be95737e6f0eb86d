package com.omc.flywheel.sequence;

/** A job of a sequence ended badly; what went wrong is what the job itself has said. */
final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * A failed step.
     *
     * @param exitCode what its process ended with
     */
    StepFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the process of the step ended with. */
    int exitCode() {
        return exitCode;
    }
}
