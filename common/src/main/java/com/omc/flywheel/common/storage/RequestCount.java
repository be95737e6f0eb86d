package com.omc.flywheel.common.storage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests a run has sent to the store, from all its processes; every attempt of a repeated one counts, since
 * the store counts and bills it. Executors of a cluster tell until the last file that they wrote, so there may be more.
 */
public final class RequestCount {
    private final Map<String, Long> sentByProcess = new ConcurrentHashMap<>();

    /**
     * A process tells how many requests it has sent until now.
     *
     * @param process the same name at every call
     */
    public void told(String process, long sentUntilNow) {
        sentByProcess.merge(process, sentUntilNow, Math::max);
    }

    /** The requests of all processes, as far as they have told. */
    public long total() {
        return sentByProcess.values().stream().mapToLong(Long::longValue).sum();
    }
}
