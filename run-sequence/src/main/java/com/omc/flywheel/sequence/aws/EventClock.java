package com.omc.flywheel.sequence.aws;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Tells the time of the event that is being told of, which may be long past when it is read. */
public final class EventClock extends Clock {
    private volatile Instant instant = Instant.EPOCH;

    void set(Instant eventTime) {
        instant = eventTime;
    }

    @Override
    public Instant instant() {
        return instant;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
