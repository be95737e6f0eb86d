package com.omc.flywheel.sequence.faults;

/**
 * What became of one call.
 *
 * @param attempts how often the SDK tried it
 * @param struck true when a rule was applied to it
 */
public record RecordedCall(S3Call call, int attempts, boolean struck) {}
