package com.omc.flywheel.common.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every test of a {@link JobFailure} asks first. */
public final class FailureAssertions {
    private FailureAssertions() {}

    /** Asserts that the call ends in a failure of this kind; the caller goes on with its message. */
    public static AbstractThrowableAssert<?, ? extends Throwable> assertFails(FailureKind kind, ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.kind())
                .isEqualTo(kind));
    }
}
