package com.omc.flywheel.sequence.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process, another thread or the server's clock brings about. */
final class Polling {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Polling() {}

    static void until(Duration deadline, String event, BooleanSupplier happened) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within %s: %s".formatted(deadline, event));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
