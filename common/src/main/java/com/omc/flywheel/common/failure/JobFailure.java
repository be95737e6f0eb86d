package com.omc.flywheel.common.failure;

import java.util.List;

/**
 * The one exception that a job ends with when its input or its surroundings are at fault.
 *
 * <p>The message says what failed, on which argument, path, table or column, and what to do next; it never holds a
 * cell or a key value. Defects of the program stay {@link IllegalStateException} and are not turned into this.
 */
public final class JobFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /** A failure that no other exception caused. It carries no stack trace: the message is for the operator. */
    public JobFailure(FailureKind kind, String message) {
        super(kind + ": " + message, null, true, false);
        this.kind = kind;
    }

    /** A failure that another exception caused; the cause keeps its stack trace. */
    public JobFailure(FailureKind kind, String message, Throwable cause) {
        super(kind + ": " + message, cause, true, false);
        this.kind = kind;
    }

    /** One failure for all problems of one input: the headline, then each problem on a line of its own. */
    public static JobFailure ofAll(FailureKind kind, String headline, List<String> problems) {
        return new JobFailure(kind, headline + "\n  - " + String.join("\n  - ", problems));
    }

    /** Who can mend this failure. */
    public FailureKind kind() {
        return kind;
    }
}
