package com.omc.flywheel.common.query;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that grow: each is about twice as long as the one before, and none is longer than a limit. */
final class AthenaBackOff {
    // A random part keeps the looks of jobs that began together apart.
    private static final double JITTER = 0.25;

    private final RandomGenerator random;
    private final long longest;
    private long base;

    /**
     * Begins with the shortest wait.
     *
     * @param shortest one that is longer than the limit is the limit
     */
    AthenaBackOff(Duration shortest, Duration limit, RandomGenerator random) {
        this.random = random;
        this.base = Math.max(1, shortest.toMillis());
        this.longest = Math.max(base, limit.toMillis());
    }

    Duration next() {
        long wait = base + (long) (base * JITTER * random.nextDouble());
        base = Math.max(base, Math.min(2 * base, (long) (longest / (1 + JITTER))));
        return Duration.ofMillis(Math.min(wait, longest));
    }
}
