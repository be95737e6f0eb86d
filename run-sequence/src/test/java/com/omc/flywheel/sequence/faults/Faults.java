package com.omc.flywheel.sequence.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to go wrong, and where: a plan that changes nothing until it is installed.
 *
 * @param failing the first rule that includes a call is applied to it
 * @param stops where the process is to stand still for ever
 * @param pageSize how many entries a listing gives at a time; 0 leaves it to the caller
 */
public record Faults(List<Failing> failing, List<Stop> stops, int pageSize) {
    public Faults {
        failing = List.copyOf(failing);
        stops = List.copyOf(stops);
    }

    /** Where a process stands when it is to be killed. */
    public enum Moment {
        BEFORE_SENDING,
        AFTER_THE_EFFECT
    }

    /** One rule: these calls meet this fault. */
    public record Failing(Calls calls, Fault fault) {}

    /** One rule: the process stands still at the first of these calls. */
    public record Stop(Calls calls, Moment moment) {}

    /** Nothing goes wrong; calls are recorded. */
    public static Faults none() {
        return new Faults(List.of(), List.of(), 0);
    }

    /** Those and one more fault. */
    public Faults failing(Calls calls, Fault fault) {
        List<Failing> more = new ArrayList<>(failing);
        more.add(new Failing(calls, fault));
        return new Faults(more, stops, pageSize);
    }

    /**
     * Those and a place to stand still. The process prints {@code AT <kind>} there and waits to be killed. No later call
     * is sent, from whatever thread: a killed process has no heartbeat. Earlier ones of other threads may still end.
     */
    public Faults stoppingAt(Calls calls, Moment moment) {
        List<Stop> more = new ArrayList<>(stops);
        more.add(new Stop(calls, moment));
        return new Faults(failing, more, pageSize);
    }

    /** Those, with listings of objects and of uploads cut to this many entries a page. */
    public Faults withPagesOf(int entries) {
        return new Faults(failing, stops, entries);
    }

    /** Puts the plan under every S3 client of this JVM until the result is closed. */
    public InstalledFaults install() {
        InstalledFaults installed = new InstalledFaults(this);
        FaultInterceptor.install(installed);
        return installed;
    }
}
