package com.omc.flywheel.sequence.awsjson;

import java.util.Map;
import java.util.TreeMap;

/** Counts requests by target, and how many were in the works at once. */
final class RequestLog {
    private final Map<String, Integer> requests = new TreeMap<>();
    private int running;
    private int peak;

    synchronized void began(String target) {
        requests.merge(target, 1, Integer::sum);
        running++;
        peak = Math.max(peak, running);
    }

    synchronized void ended() {
        running--;
    }

    synchronized Map<String, Integer> byTarget() {
        return Map.copyOf(requests);
    }

    synchronized int peak() {
        return peak;
    }

    synchronized void reset() {
        requests.clear();
        peak = running;
    }
}
