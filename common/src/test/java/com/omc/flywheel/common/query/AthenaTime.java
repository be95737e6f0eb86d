package com.omc.flywheel.common.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that goes on only while somebody pauses, which takes no time. */
final class AthenaTime extends Clock implements Pause {
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2025-11-02T03:15:00Z");
    private int interruptedPause = Integer.MAX_VALUE;

    /** The thread is interrupted in its n-th pause. */
    void interruptAt(int pause) {
        interruptedPause = pause;
    }

    List<Duration> pauses() {
        return pauses;
    }

    Duration paused() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        pauses.add(duration);
        if (pauses.size() == interruptedPause) {
            throw new InterruptedException("by the test");
        }
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
