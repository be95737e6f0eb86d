package com.omc.flywheel.sequence.aws;

/**
 * A step that failed.
 *
 * @param cause what its job run said of that, beginning with the kind of failure if it named one
 */
public record FailedStep(String step, String cause) {}
