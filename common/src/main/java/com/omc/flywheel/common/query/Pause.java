package com.omc.flywheel.common.query;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The port through which an engine waits; tests let time pass without waiting. */
@FunctionalInterface
public interface Pause {
    /** Returns when the time has passed. */
    void pause(Duration duration) throws InterruptedException;

    /** Lets the calling thread sleep. */
    static Pause sleeping() {
        return duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
}
