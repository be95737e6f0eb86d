package com.omc.flywheel.testdata;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes files side by side. */
final class FileWriters {
    /** Writes one file. */
    interface Task {
        void write() throws IOException;
    }

    private FileWriters() {}

    /** Returns when all are written; the first failure ends the others and is thrown. */
    static void run(List<Task> tasks, int threads) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> written = new ArrayList<>();
            for (Task task : tasks) {
                written.add(pool.submit(asCallable(task)));
            }
            for (Future<Void> file : written) {
                file.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(
                    "cannot write a file: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while files were written", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Callable<Void> asCallable(Task task) {
        return () -> {
            task.write();
            return null;
        };
    }
}
