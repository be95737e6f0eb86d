package com.omc.flywheel.sequence.faults;

import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * What may go wrong with one call.
 *
 * <p>Network faults are thrown as the checked exceptions that the SDK's HTTP client throws at the same place, and refusals
 * as the exception that the SDK makes of the server's answer: the SDK's retries treat both as real ones.
 */
public enum Fault {
    /** No attempt reaches the server. */
    BEFORE_SENDING {
        @Override
        void beforeSending(S3Call call, int attempt) {
            throw Thrown.asIs(new SocketException("Broken pipe (injected)"));
        }
    },
    /** The server does what every attempt asks, and no answer comes back. */
    AFTER_THE_EFFECT {
        @Override
        void afterTheEffect(S3Call call, int attempt) {
            throw Thrown.asIs(new SocketException("Connection reset (injected)"));
        }
    },
    /** The first attempt has its effect and runs into the read timeout; the next one meets what the first one did. */
    TIMED_OUT_ONCE {
        @Override
        void afterTheEffect(S3Call call, int attempt) {
            if (attempt == 1) {
                throw Thrown.asIs(new SocketTimeoutException("Read timed out (injected)"));
            }
        }
    },
    /**
     * The first attempt has its effect and runs into the read timeout; the next ones hear that the upload is gone. S3 may
     * answer a repeated CompleteMultipartUpload so, and the embedded server never does: there it succeeds again.
     */
    TIMED_OUT_THEN_NO_SUCH_UPLOAD {
        @Override
        void beforeSending(S3Call call, int attempt) {
            if (attempt > 1) {
                throw Refusal.NO_SUCH_UPLOAD.exception();
            }
        }

        @Override
        void afterTheEffect(S3Call call, int attempt) {
            TIMED_OUT_ONCE.afterTheEffect(call, attempt);
        }
    },
    /** Every attempt is told to slow down, and has no effect. */
    THROTTLED {
        @Override
        void beforeSending(S3Call call, int attempt) {
            throw Refusal.SLOW_DOWN.exception();
        }
    },
    /** The first attempt is told to slow down. */
    THROTTLED_ONCE {
        @Override
        void beforeSending(S3Call call, int attempt) {
            if (attempt == 1) {
                throw Refusal.SLOW_DOWN.exception();
            }
        }
    },
    /** Every attempt is answered 412 and has no effect. */
    PRECONDITION_FAILED {
        @Override
        void beforeSending(S3Call call, int attempt) {
            throw Refusal.PRECONDITION_FAILED.exception();
        }
    },
    /** Every attempt is answered 409 and has no effect. */
    CONFLICT {
        @Override
        void beforeSending(S3Call call, int attempt) {
            throw Refusal.conflictOf(call).exception();
        }
    },
    /** The first attempt is answered 409 and has no effect; the SDK does not repeat it, its caller may. */
    CONFLICT_ONCE {
        @Override
        void beforeSending(S3Call call, int attempt) {
            if (attempt == 1) {
                throw Refusal.conflictOf(call).exception();
            }
        }
    };

    void beforeSending(S3Call call, int attempt) {}

    void afterTheEffect(S3Call call, int attempt) {}
}
