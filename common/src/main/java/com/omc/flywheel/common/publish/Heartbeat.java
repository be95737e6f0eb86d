package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.JobFailure;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prolongs a lease again and again, in a thread of its own, until it is closed. */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    /** Four may be missed before the lease is over. */
    private static final int BEATS_PER_LIFE = 5;

    private final Lease lease;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "lease-heartbeat");
        // A lease must not keep alive a process whose work has ended.
        created.setDaemon(true);
        return created;
    });

    private final ScheduledFuture<?> beats;
    private volatile JobFailure lost;

    private Heartbeat(Lease lease) {
        this.lease = lease;
        long millis = lease.timeToLive().toMillis() / BEATS_PER_LIFE;
        this.beats = thread.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    static Heartbeat start(Lease lease) {
        return new Heartbeat(lease);
    }

    private void beat() {
        try {
            lease.prolong();
        } catch (JobFailure e) {
            if (lease.isLost()) {
                lost = e;
                LOG.error("{}", e.getMessage());
                beats.cancel(false);
            } else {
                LOG.warn("the lease was not prolonged, trying again: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            // The executor would swallow it and never beat again.
            LOG.error("the lease was not prolonged, trying again", e);
        }
    }

    /**
     * Asks nobody: throws what the last beat learned.
     *
     * @throws JobFailure CONFLICT when another run has taken the lease over
     */
    void requireAlive() {
        JobFailure learned = lost;
        if (learned != null) {
            throw learned;
        }
    }

    /** Ends the thread. A beat that is under way is not interrupted: nobody would know what became of its request. */
    @Override
    public void close() {
        beats.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("the thread that prolongs the lease did not end within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
