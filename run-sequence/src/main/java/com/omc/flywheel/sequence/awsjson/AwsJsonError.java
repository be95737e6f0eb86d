package com.omc.flywheel.sequence.awsjson;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error that a service answers with: its name, and what it says. */
public final class AwsJsonError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;
    private final transient Map<String, String> details;

    /**
     * An error.
     *
     * @param type for example {@code EntityNotFoundException}
     * @param status of HTTP: 400 when the caller is at fault
     */
    public AwsJsonError(String type, int status, String message) {
        this(type, status, message, Map.of());
    }

    private AwsJsonError(String type, int status, String message, Map<String, String> details) {
        super(message);
        this.type = type;
        this.status = status;
        this.details = details;
    }

    public static AwsJsonError ofCaller(String type, String message) {
        return new AwsJsonError(type, 400, message);
    }

    /** What every service answers to an operation that it does not have. */
    public static AwsJsonError unknownOperation(String operation) {
        return ofCaller("UnknownOperationException", "%s is not an operation of this service".formatted(operation));
    }

    /** This error with one more field in its body, for example {@code Reason}. */
    public AwsJsonError with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(field, value);
        return new AwsJsonError(type, status, getMessage(), more);
    }

    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    /** The fields of the body besides type and message. */
    public Map<String, String> details() {
        return Map.copyOf(details);
    }
}
