package com.omc.flywheel.sequence.faults;

import com.omc.flywheel.common.storage.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A store whose run stands still at one call, with all its threads, and goes on much later: as a process does whose
 * machine is suspended.
 */
final class SuspendedStore {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final ObjectStore store;
    private final AtomicReference<Optional<String>> where = new AtomicReference<>(Optional.empty());
    private final Queue<String> since = new ConcurrentLinkedQueue<>();
    private final CountDownLatch standing = new CountDownLatch(1);
    private final CountDownLatch resumed = new CountDownLatch(1);

    SuspendedStore(ObjectStore store) {
        this.store = store;
    }

    /** The same store; at the next call of the method that is named then, everybody who uses it stands still. */
    ObjectStore store() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (where.get().filter(method.getName()::equals).isPresent()) {
                        standing.countDown();
                    }
                    if (standing.getCount() == 0) {
                        await(resumed, "be resumed");
                    }
                    if (resumed.getCount() == 0) {
                        since.add(method.getName());
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The methods that were called since it was resumed, or went on then. */
    List<String> calledSince() {
        return List.copyOf(since);
    }

    void suspendAt(String method) {
        where.set(Optional.of(method));
    }

    void awaitStandstill() {
        await(standing, "stand still");
    }

    void resume() {
        resumed.countDown();
    }

    private static void await(CountDownLatch event, String what) {
        try {
            if (!event.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the run did not %s within %s".formatted(what, DEADLINE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
