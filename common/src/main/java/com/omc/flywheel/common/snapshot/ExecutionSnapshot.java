package com.omc.flywheel.common.snapshot;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The one snapshot of an execution of a run sequence: decided once, written to {@code <runs>/<execution>/snapshot.json},
 * and from then on read from there.
 *
 * <p>Of several that decide at a time one is written, and all tell that one. The file is never changed.
 */
public final class ExecutionSnapshot {
    private static final String NAME = "snapshot.json";

    private final ObjectStore store;
    private final Clock clock;
    private final ExecutionName execution;
    private final S3Uri file;

    /**
     * The snapshot of one execution, whether it is decided or not.
     *
     * @param runs the folder that holds a folder for each execution
     */
    public ExecutionSnapshot(ObjectStore store, Clock clock, S3Uri runs, ExecutionName execution) {
        this.store = store;
        this.clock = clock;
        this.execution = execution;
        this.file = runs.folder(execution.value()).file(NAME);
    }

    /**
     * The decision, and how it came about.
     *
     * @param file where it lies
     * @param stood true when it was there before; then nothing was written
     */
    public record Resolved(S3Uri file, SnapshotDecision decision, boolean stood) {}

    /**
     * The decision that is there, or else one for what is chosen now.
     *
     * @param sources every source, none twice
     * @param asked the snapshot that was asked for
     * @param choice chooses; is not asked when there is a decision
     * @throws JobFailure CONFLICT when the decision is for other sources or another snapshot than the one asked for, or
     *     cannot be read; what the choice throws. Nothing is written then
     */
    public Resolved resolve(List<S3Uri> sources, Optional<SnapshotDate> asked, Supplier<SnapshotChoice.Chosen> choice) {
        Optional<Resolved> before = standing(sources, asked);
        if (before.isPresent()) {
            return before.get();
        }
        SnapshotChoice.Chosen chosen = choice.get();
        SnapshotDecision decision = new SnapshotDecision(
                chosen.date(), execution, clock.instant().truncatedTo(ChronoUnit.SECONDS), chosen.sources());
        if (store.create(file, SnapshotDecisionJson.write(decision), SnapshotDecisionJson.CONTENT_TYPE)) {
            return new Resolved(file, decision, false);
        }
        return standing(sources, asked)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.CONFLICT,
                        "%s was written by another run and has gone again; nobody may delete there while an execution is at work: start the job again"
                                .formatted(file)));
    }

    private Optional<Resolved> standing(List<S3Uri> sources, Optional<SnapshotDate> asked) {
        return store.read(file).map(content -> {
            SnapshotDecision decision = SnapshotDecisionJson.read(content, file);
            requireMeant(decision, sources, asked);
            return new Resolved(file, decision, true);
        });
    }

    private void requireMeant(SnapshotDecision decision, List<S3Uri> sources, Optional<SnapshotDate> asked) {
        List<String> problems = new ArrayList<>();
        if (!decision.execution().equals(execution)) {
            problems.add("--EXECUTION is %s, it says %s".formatted(execution, decision.execution()));
        }
        Set<S3Uri> folders = Set.copyOf(sources.stream().map(S3Uri::asFolder).toList());
        if (!decision.folders().equals(folders)) {
            problems.add("--SOURCE_PATHS are %s, it was decided for %s"
                    .formatted(names(folders), names(decision.folders())));
        }
        asked.filter(date -> !date.equals(decision.date()))
                .ifPresent(
                        date -> problems.add("--SNAPSHOT_DT is %s, %s was decided".formatted(date, decision.date())));
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.CONFLICT,
                    "%s does not say what is asked for now, and an execution reads one snapshot from its first step to its last; give the arguments that it was started with, or start a new execution:"
                            .formatted(file),
                    problems);
        }
    }

    private static String names(Collection<S3Uri> folders) {
        return Names.list(folders.stream().map(S3Uri::toString).sorted().toList());
    }
}
