package com.omc.flywheel.sequence.awsjson;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Admits only so many requests within any second; those that it does not admit do not count. */
final class RateLimit {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Deque<Long> admitted = new ArrayDeque<>();

    RateLimit(int perSecond, LongSupplier nanoTime) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("%d requests a second: at least 1".formatted(perSecond));
        }
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    synchronized boolean admits() {
        long now = nanoTime.getAsLong();
        while (!admitted.isEmpty() && now - admitted.getFirst() >= SECOND) {
            admitted.removeFirst();
        }
        if (admitted.size() == perSecond) {
            return false;
        }
        admitted.addLast(now);
        return true;
    }
}
