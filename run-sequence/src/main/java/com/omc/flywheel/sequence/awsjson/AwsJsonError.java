package com.omc.flywheel.sequence.awsjson;

/** An error that a service answers with: its name, and what it says. */
public final class AwsJsonError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    /**
     * An error.
     *
     * @param type for example {@code EntityNotFoundException}
     * @param status of HTTP: 400 when the caller is at fault
     */
    public AwsJsonError(String type, int status, String message) {
        super(message);
        this.type = type;
        this.status = status;
    }

    public static AwsJsonError ofCaller(String type, String message) {
        return new AwsJsonError(type, 400, message);
    }

    public String type() {
        return type;
    }

    public int status() {
        return status;
    }
}
