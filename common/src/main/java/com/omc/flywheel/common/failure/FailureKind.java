package com.omc.flywheel.common.failure;

/** Who can mend a failure, and whether the same run may succeed when it is simply started again. */
public enum FailureKind {
    /** An argument is missing, malformed or contradicts another one: the caller mends it. */
    BAD_ARGUMENT(false),
    /** A bucket, folder or file that the run needs is not there: the caller or the producer mends it. */
    MISSING_INPUT(false),
    /** What was read breaks a promise of the input: the producer mends it. */
    BAD_DATA(false),
    /** What is stored at the target is not what the last finished run left there. */
    CONFLICT(false),
    /** Another run holds the data set: the same run may succeed when that one has ended. */
    BUSY(true, FailureKind.TRY_AGAIN_LATER),
    /** The identity that the job runs under lacks a permission. */
    ACCESS_DENIED(false),
    /** The job runs on a platform that it cannot work on. */
    ENVIRONMENT(false),
    /** A service did not answer, or answered with a fault of its own, until the retries were used up. */
    SERVICE(true);

    private static final int FAILED = 1;
    /** EX_TEMPFAIL of BSD's sysexits.h: a temporary failure, the caller is invited to try again later. */
    private static final int TRY_AGAIN_LATER = 75;

    private final boolean worthRetrying;
    private final int exitCode;

    FailureKind(boolean worthRetrying) {
        this(worthRetrying, FAILED);
    }

    FailureKind(boolean worthRetrying, int exitCode) {
        this.worthRetrying = worthRetrying;
        this.exitCode = exitCode;
    }

    /** True when the same run, started again with nothing changed, may succeed. */
    public boolean worthRetrying() {
        return worthRetrying;
    }

    /** What the process of the job ends with: 75 when a caller does best to wait and start it again, else 1. */
    public int exitCode() {
        return exitCode;
    }
}
