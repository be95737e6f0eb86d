package com.omc.flywheel.sequence;

/** A job of a sequence ended badly; what went wrong is what the job itself has said. */
final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailure(String message) {
        super(message);
    }
}
