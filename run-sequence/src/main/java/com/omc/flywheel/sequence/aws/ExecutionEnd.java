package com.omc.flywheel.sequence.aws;

import java.util.List;

/**
 * How an execution ended.
 *
 * @param reason what it said of that; empty when it said nothing
 * @param failedSteps in the order of the sequence
 */
public record ExecutionEnd(ExecutionState state, String reason, List<FailedStep> failedSteps) {
    public ExecutionEnd {
        failedSteps = List.copyOf(failedSteps);
    }
}
