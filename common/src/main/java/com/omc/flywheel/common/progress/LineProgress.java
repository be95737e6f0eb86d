package com.omc.flywheel.common.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log line for each step, with a counter and the time since the phase began: {@code [3/27] IBE_02: ... (12 s)}. */
public final class LineProgress implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(LineProgress.class);

    private final Clock clock;
    private Instant began;
    private int steps;
    private int finished;

    public LineProgress(Clock clock) {
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public synchronized void phase(String name, int phaseSteps) {
        began = clock.instant();
        steps = phaseSteps;
        finished = 0;
        LOG.info("{}", name);
    }

    @Override
    public synchronized void step(String text) {
        finished++;
        LOG.info(
                "[{}/{}] {} ({} s)",
                finished,
                steps,
                text,
                Duration.between(began, clock.instant()).toSeconds());
    }

    @Override
    public void done() {}
}
