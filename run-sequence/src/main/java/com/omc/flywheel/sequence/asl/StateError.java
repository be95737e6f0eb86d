package com.omc.flywheel.sequence.asl;

/** An error that a state ends with: a name that Retry and Catch look at, and a text for people. */
public final class StateError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final String cause;

    /** An error such as States.TaskFailed or Glue.ThrottlingException. */
    public StateError(String error, String cause) {
        super(error + ": " + cause, null, true, false);
        this.error = error;
        this.cause = cause;
    }

    /** Its name. */
    public String error() {
        return error;
    }

    /** What a person wants to know of it. */
    public String cause() {
        return cause;
    }
}
