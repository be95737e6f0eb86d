package com.omc.flywheel.common.publish;

import java.time.Duration;

/**
 * Who asks for a data set.
 *
 * @param run the run
 * @param job its job
 * @param process where it runs, for the person who looks for it
 * @param timeToLive how long it may give no sign of life before another run takes its place
 */
public record Holder(RunId run, String job, String process, Duration timeToLive) {}
