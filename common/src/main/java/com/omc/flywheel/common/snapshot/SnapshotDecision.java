package com.omc.flywheel.common.snapshot;

import com.omc.flywheel.common.storage.S3Uri;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The snapshot that every step of one execution reads.
 *
 * @param date the snapshot
 * @param execution the execution that it was decided for
 * @param decidedAt when, by the clock of the machine that decided it
 * @param sources every source, in the order in which they were named; each has the snapshot
 */
public record SnapshotDecision(
        SnapshotDate date, ExecutionName execution, Instant decidedAt, List<SourceSnapshot> sources) {
    public SnapshotDecision {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a decision for no source");
        }
        for (SourceSnapshot source : sources) {
            if (date.compareTo(source.newest()) > 0) {
                throw new IllegalArgumentException(
                        "%s is newer than the newest snapshot of %s".formatted(date, source.source()));
            }
        }
    }

    /** The folders that it was decided for; their order says nothing. */
    public Set<S3Uri> folders() {
        return sources.stream().map(SourceSnapshot::source).collect(Collectors.toUnmodifiableSet());
    }
}
