package com.omc.flywheel.sequence.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * A run of a state machine.
 *
 * @param input the JSON that it was started with; empty in lists, which leave it out
 * @param notRedrivable why Step Functions would not redrive it; empty when it would, or does not say
 */
public record Execution(
        ExecutionArn arn,
        ExecutionState state,
        Instant started,
        Optional<String> input,
        Optional<String> notRedrivable) {
    public String name() {
        return arn.name();
    }
}
