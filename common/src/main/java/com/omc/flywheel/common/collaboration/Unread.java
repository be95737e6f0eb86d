package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.failure.JobFailure;

/**
 * A question that got no answer.
 *
 * @param what what was to be read
 * @param failure why it could not be
 */
public record Unread(String what, JobFailure failure) {
    @Override
    public String toString() {
        return "%s: %s".formatted(what, failure.getMessage());
    }
}
