package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Completes uploads a batch at a time, asking for the lease before each batch. */
final class UploadsInParallel {
    /** So many requests are under way at a time; the lease is asked for as often. */
    private static final int BATCH = 32;

    private final ObjectStore store;
    private final Lease lease;

    UploadsInParallel(ObjectStore store, Lease lease) {
        this.store = store;
        this.lease = lease;
    }

    /**
     * Makes the files visible.
     *
     * @throws JobFailure the first that failed, when every request that was begun has ended; or that the thread was
     *     interrupted, when some may be under way
     */
    void complete(List<PreparedFile> files) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(BATCH, files.size())));
        try {
            for (int from = 0; from < files.size(); from += BATCH) {
                lease.require();
                completeBatch(pool, files.subList(from, Math.min(from + BATCH, files.size())));
            }
        } finally {
            pool.shutdown();
        }
    }

    private void completeBatch(ExecutorService pool, List<PreparedFile> files) {
        List<Future<?>> running = new ArrayList<>();
        for (PreparedFile file : files) {
            running.add(pool.submit(() -> store.complete(file.upload(), file.partEtags())));
        }
        RuntimeException first = null;
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                RuntimeException failure = e.getCause() instanceof RuntimeException known
                        ? known
                        : new IllegalStateException("an upload was not completed", e.getCause());
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobFailure(FailureKind.SERVICE, "the job was interrupted; start it again", e);
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
