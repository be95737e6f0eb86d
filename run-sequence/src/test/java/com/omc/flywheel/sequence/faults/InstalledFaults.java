package com.omc.flywheel.sequence.faults;

import com.omc.flywheel.sequence.faults.Faults.Failing;
import com.omc.flywheel.sequence.faults.Faults.Moment;
import com.omc.flywheel.sequence.faults.Faults.Stop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A plan at work: counts and records the calls of every S3 client of this JVM. Close it to let them be. */
public final class InstalledFaults implements AutoCloseable {
    private final Faults plan;
    private final List<RunningCall> calls = new ArrayList<>();
    private int writes;
    private boolean standing;

    InstalledFaults(Faults plan) {
        this.plan = plan;
    }

    /** Every call in the order of its first attempt. */
    public synchronized List<RecordedCall> recorded() {
        return calls.stream().map(RunningCall::recorded).toList();
    }

    /** The calls that a rule was applied to. */
    public List<RecordedCall> struck() {
        return recorded().stream().filter(RecordedCall::struck).toList();
    }

    /** Every write in its order. */
    public List<S3Call> writes() {
        return recorded().stream()
                .map(RecordedCall::call)
                .filter(S3Call::writes)
                .toList();
    }

    /** How many calls there were of each kind, reads included. */
    public Map<String, Integer> kinds() {
        Map<String, Integer> kinds = new TreeMap<>();
        recorded().forEach(recorded -> kinds.merge(recorded.call().kind(), 1, Integer::sum));
        return kinds;
    }

    /** The number of the first write of each kind, in their order: a fault at each of them covers every step of a run. */
    public Map<String, Integer> firstWrites() {
        Map<String, Integer> first = new LinkedHashMap<>();
        int number = 0;
        for (S3Call write : writes()) {
            number++;
            first.putIfAbsent(write.kind(), number);
        }
        return first;
    }

    @Override
    public void close() {
        FaultInterceptor.uninstall(this);
    }

    int pageSize() {
        return plan.pageSize();
    }

    synchronized RunningCall begin(S3Call call) {
        if (call.writes()) {
            writes++;
        }
        Optional<Fault> fault = plan.failing().stream()
                .filter(rule -> rule.calls().include(call, writes))
                .map(Failing::fault)
                .findFirst();
        Optional<Moment> stop = plan.stops().stream()
                .filter(rule -> rule.calls().include(call, writes))
                .map(Stop::moment)
                .findFirst();
        // Decided here, under the lock: no later call gets past a stop, from whatever thread it comes.
        RunningCall running = new RunningCall(call, fault, stop, standing);
        standing = standing || stop.isPresent();
        calls.add(running);
        return running;
    }

    private static void announce(S3Call call) {
        System.out.println("AT " + call.kind());
        System.out.flush();
    }

    private static void standStill(Object where) {
        while (true) {
            LockSupport.park(where);
            // An interrupted thread would spin: park returns at once.
            Thread.interrupted();
        }
    }

    /** One call over all its attempts. */
    static final class RunningCall {
        private final S3Call call;
        private final Optional<Fault> fault;
        private final Optional<Moment> stop;
        private final boolean late;
        private final AtomicInteger attempts = new AtomicInteger();

        private RunningCall(S3Call call, Optional<Fault> fault, Optional<Moment> stop, boolean late) {
            this.call = call;
            this.fault = fault;
            this.stop = stop;
            this.late = late;
        }

        void beforeSending() {
            int attempt = attempts.incrementAndGet();
            if (late) {
                standStill(this);
            }
            stopAt(Moment.BEFORE_SENDING);
            fault.ifPresent(met -> met.beforeSending(call, attempt));
        }

        void afterTheEffect() {
            stopAt(Moment.AFTER_THE_EFFECT);
            fault.ifPresent(met -> met.afterTheEffect(call, attempts.get()));
        }

        private void stopAt(Moment moment) {
            if (stop.filter(moment::equals).isPresent()) {
                announce(call);
                standStill(this);
            }
        }

        private RecordedCall recorded() {
            return new RecordedCall(call, attempts.get(), fault.isPresent() || stop.isPresent());
        }
    }
}
