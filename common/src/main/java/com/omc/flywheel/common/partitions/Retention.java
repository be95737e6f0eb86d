package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which snapshots of a data set stay and which go; the newest always stays.
 *
 * @param kept the newest ones, the newest last
 * @param leaving those before them, the oldest first
 */
public record Retention(List<Manifest> kept, List<Manifest> leaving) {
    public Retention {
        kept = List.copyOf(kept);
        leaving = List.copyOf(leaving);
    }

    /**
     * Keeps so many snapshots.
     *
     * @param newest how many, at least one; all when empty
     */
    public static Retention of(List<Manifest> manifests, Optional<Integer> newest) {
        if (newest.isPresent() && newest.get() < 1) {
            throw new IllegalArgumentException("expected to keep at least 1 snapshot, got " + newest.get());
        }
        List<Manifest> sorted = manifests.stream()
                .sorted(Comparator.comparing(Manifest::snapshotDt))
                .toList();
        int first = newest.map(count -> Math.max(0, sorted.size() - count)).orElse(0);
        return new Retention(sorted.subList(first, sorted.size()), sorted.subList(0, first));
    }

    /** The days that go. */
    public Set<SnapshotDate> leavingDates() {
        return leaving.stream().map(Manifest::snapshotDt).collect(Collectors.toSet());
    }
}
