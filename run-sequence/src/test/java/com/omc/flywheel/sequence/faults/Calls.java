package com.omc.flywheel.sequence.faults;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Which calls of a run are meant. */
@FunctionalInterface
public interface Calls {
    /**
     * Asked once for each call.
     *
     * @param call the call that is about to be sent
     * @param write how many writes there were with this one, from 1; it means nothing for a read
     */
    boolean include(S3Call call, int write);

    /** One write, counted from 1 over both clients; a call counts once, however many attempts it takes. */
    static Calls write(int number) {
        return (call, write) -> call.writes() && write == number;
    }

    /** This write and every later one: a caller that repeats a failed call fails again. */
    static Calls writesFrom(int number) {
        return (call, write) -> call.writes() && write >= number;
    }

    /** Every call that is like this. */
    static Calls like(Predicate<S3Call> predicate) {
        return (call, write) -> predicate.test(call);
    }

    /** The first of these, reads too; for one installation. */
    static Calls first(Calls calls) {
        AtomicBoolean met = new AtomicBoolean();
        return (call, write) -> calls.include(call, write) && met.compareAndSet(false, true);
    }

    /** Every call of one kind, see {@link S3Call#kind}. */
    static Calls ofKind(String kind) {
        return (call, write) -> call.kind().equals(kind);
    }

    /** The n-th of these, from 1, reads too; for one installation. */
    static Calls nth(int number, Calls calls) {
        AtomicInteger met = new AtomicInteger();
        return (call, write) -> calls.include(call, write) && met.incrementAndGet() == number;
    }

    /** One write, and every later one of the same client that asks for the same; for one installation. */
    static Calls writeAndItsRepetitions(int number) {
        AtomicReference<S3Call> met = new AtomicReference<>();
        return (call, write) -> {
            if (call.writes() && write == number) {
                met.set(call);
            }
            return call.equals(met.get());
        };
    }
}
