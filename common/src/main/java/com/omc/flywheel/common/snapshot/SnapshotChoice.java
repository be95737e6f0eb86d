package com.omc.flywheel.common.snapshot;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the one snapshot that several sources have: the one that was asked for, or else the newest of them all.
 *
 * <p>It is complete in every source, as {@link SnapshotLocator} says. Sources whose newest snapshots differ are an error
 * unless that is allowed; then it is the newest date that every source has. Every source is looked at, and the problems
 * of all are reported at once.
 */
public final class SnapshotChoice {
    private final SnapshotLocator locator;
    private final RequireSuccess requireSuccess;
    private final boolean allowMixed;

    /**
     * A way to choose.
     *
     * @param allowMixed whether the newest snapshots of the sources may differ
     */
    public SnapshotChoice(SnapshotLocator locator, RequireSuccess requireSuccess, boolean allowMixed) {
        this.locator = locator;
        this.requireSuccess = requireSuccess;
        this.allowMixed = allowMixed;
    }

    /**
     * The snapshot that was chosen.
     *
     * @param date the snapshot
     * @param sources what each source has of it, in the order in which they were given
     */
    public record Chosen(SnapshotDate date, List<SourceSnapshot> sources) {
        public Chosen {
            sources = List.copyOf(sources);
        }
    }

    /**
     * Chooses among what the sources have now.
     *
     * @param sources at least one, none twice
     * @throws JobFailure MISSING_INPUT or BAD_DATA as {@link SnapshotLocator#locate}; BAD_DATA when the newest snapshots
     *     differ and may not; MISSING_INPUT when they may and no date is in every source
     */
    public Chosen choose(List<S3Uri> sources, Optional<SnapshotDate> asked) {
        if (asked.isPresent()) {
            return new Chosen(
                    asked.get(), ofEach(sources, source -> find(source, asked.get(), locator.dates(source, asked))));
        }
        Map<S3Uri, List<SnapshotDate>> dates = new LinkedHashMap<>();
        ofEach(sources, source -> dates.put(source, locator.dates(source, asked)));
        SnapshotDate date = agreed(dates);
        return new Chosen(date, ofEach(sources, source -> find(source, date, dates.get(source))));
    }

    private SourceSnapshot find(S3Uri source, SnapshotDate date, List<SnapshotDate> newestFirst) {
        SnapshotFolder found = locator.locate(source, Optional.of(date), requireSuccess);
        return new SourceSnapshot(source, newestFirst.get(0), found.dataFiles().size(), found.bytes());
    }

    private SnapshotDate agreed(Map<S3Uri, List<SnapshotDate>> newestFirst) {
        List<SnapshotDate> newest = newestFirst.values().stream()
                .map(dates -> dates.get(0))
                .distinct()
                .toList();
        if (newest.size() == 1) {
            return newest.get(0);
        }
        Optional<SnapshotDate> common = newestInAll(newestFirst);
        if (!allowMixed) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "the newest snapshots of the sources differ, and all steps of a run read one; wait until the producer has written the missing ones, or name one that all have by --SNAPSHOT_DT, or pass --ALLOW_MIXED_SNAPSHOTS true for the newest that all have (%s):"
                            .formatted(common.map(date -> "now " + date).orElse("now there is none")),
                    lines(newestFirst, dates -> "newest " + dates.get(0)));
        }
        return common.orElseThrow(() -> JobFailure.ofAll(
                FailureKind.MISSING_INPUT,
                "no snapshot is in every source; wait until the producer has written the missing ones, or check --SOURCE_PATHS:",
                lines(
                        newestFirst,
                        dates -> "has "
                                + Names.list(dates.stream()
                                        .map(SnapshotDate::toString)
                                        .toList()))));
    }

    private static Optional<SnapshotDate> newestInAll(Map<S3Uri, List<SnapshotDate>> newestFirst) {
        List<List<SnapshotDate>> all = List.copyOf(newestFirst.values());
        Set<SnapshotDate> common = new LinkedHashSet<>(all.get(0));
        all.forEach(common::retainAll);
        return common.stream().findFirst();
    }

    private static List<String> lines(
            Map<S3Uri, List<SnapshotDate>> newestFirst, Function<List<SnapshotDate>, String> what) {
        return newestFirst.entrySet().stream()
                .map(source -> "%s: %s".formatted(source.getKey(), what.apply(source.getValue())))
                .toList();
    }

    private static <R> List<R> ofEach(List<S3Uri> sources, Function<S3Uri, R> look) {
        List<R> results = new ArrayList<>();
        List<JobFailure> failures = new ArrayList<>();
        for (S3Uri source : sources) {
            try {
                results.add(look.apply(source));
            } catch (JobFailure failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.size() == 1 ? failures.get(0) : all(failures, sources.size());
        }
        return results;
    }

    /** Of the kind of one that starting again does not mend, if there is one: then starting again is of no use. */
    private static JobFailure all(List<JobFailure> failures, int sources) {
        FailureKind kind = failures.stream()
                .map(JobFailure::kind)
                .filter(each -> !each.worthRetrying())
                .findFirst()
                .orElse(failures.get(0).kind());
        JobFailure all = JobFailure.ofAll(
                kind,
                "%d of %d sources have no snapshot that can be read:".formatted(failures.size(), sources),
                failures.stream().map(JobFailure::getMessage).toList());
        failures.forEach(all::addSuppressed);
        return all;
    }
}
