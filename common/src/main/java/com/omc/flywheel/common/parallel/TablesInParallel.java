package com.omc.flywheel.common.parallel;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same for many tables, a few at a time: every table is tried, and every failed one is named. */
public final class TablesInParallel {
    private final int atATime;
    private final String fate;

    /**
     * A way to do so.
     *
     * @param atATime how many at a time
     * @param fate what becomes of the tables when some fail, for the message: {@code none is published}
     */
    public TablesInParallel(int atATime, String fate) {
        this.atATime = atATime;
        this.fate = fate;
    }

    /**
     * The results, in the order of the tables.
     *
     * @throws JobFailure of the first failure's kind, naming every table that failed and why
     */
    public <T, R> List<R> run(List<T> tables, Function<T, String> name, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(atATime, tables.size())));
        try {
            List<Future<R>> running = tables.stream()
                    .map(table -> pool.submit(() -> work.apply(table)))
                    .toList();
            List<R> results = new ArrayList<>();
            Map<String, JobFailure> failures = new LinkedHashMap<>();
            Map<String, Throwable> defects = new LinkedHashMap<>();
            for (int i = 0; i < tables.size(); i++) {
                try {
                    results.add(running.get(i).get());
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof JobFailure failure) {
                        failures.put(name.apply(tables.get(i)), failure);
                    } else {
                        defects.put(name.apply(tables.get(i)), e.getCause());
                    }
                }
            }
            // Thrown when every table has ended: what is cleaned up after it must not be written to any more.
            if (!defects.isEmpty()) {
                IllegalStateException defect = new IllegalStateException(
                        "%s failed by a defect of the program".formatted(String.join(", ", defects.keySet())),
                        defects.values().iterator().next());
                defects.values().stream().skip(1).forEach(defect::addSuppressed);
                failures.values().forEach(defect::addSuppressed);
                throw defect;
            }
            if (!failures.isEmpty()) {
                throw all(failures, tables.size());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(FailureKind.SERVICE, "the job was interrupted; start it again", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private JobFailure all(Map<String, JobFailure> failures, int tables) {
        JobFailure first = failures.values().iterator().next();
        // Tables that failed for one reason are named together with it.
        Map<String, List<String>> tablesByReason = new LinkedHashMap<>();
        failures.forEach((table, failure) -> tablesByReason
                .computeIfAbsent(failure.getMessage(), reason -> new ArrayList<>())
                .add(table));
        List<String> problems = new ArrayList<>();
        tablesByReason.forEach((reason, names) -> problems.add("%s: %s".formatted(String.join(", ", names), reason)));
        JobFailure all = new JobFailure(
                first.kind(),
                "%d of %d tables failed, %s:%n  - %s"
                        .formatted(failures.size(), tables, fate, String.join("\n  - ", problems)),
                first.getCause());
        failures.values().stream().skip(1).forEach(all::addSuppressed);
        return all;
    }
}
