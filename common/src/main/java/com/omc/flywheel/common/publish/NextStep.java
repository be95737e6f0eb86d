package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.DataSetStatus.Damage;
import com.omc.flywheel.common.publish.DataSetStatus.Fate;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseHolder;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.DataSetStatus.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person does about the state of a data set: first what every job fails over, last what a job mends itself. */
final class NextStep {
    private final DataSetStatus status;

    NextStep(DataSetStatus status) {
        this.status = status;
    }

    String sentence() {
        if (status.lease().state() == LeaseState.HELD) {
            return waitFor(status.lease().holder().orElseThrow());
        }
        if (!status.isKnown()) {
            return unknown();
        }
        List<String> steps = new ArrayList<>();
        status.damages().stream()
                .map(Damage::mend)
                .flatMap(Optional::stream)
                .distinct()
                .forEach(steps::add);
        status.unfinished().stream()
                .filter(run -> run.fate() == Fate.STUCK)
                .map(this::unstick)
                .forEach(steps::add);
        recover().ifPresent(steps::add);
        int foreign = status.files().foreign().size();
        if (foreign > 0) {
            steps.add("move %s away, or start the job with --TAKE_OVER true, which replaces %s"
                    .formatted(
                            foreign == 1 ? "the foreign file" : "the %d foreign files".formatted(foreign),
                            foreign == 1 ? "it" : "them"));
        }
        if (!status.files().missing().isEmpty() || !status.files().changed().isEmpty()) {
            steps.add("start the job again: it writes anew the tables that somebody changed");
        }
        if (!status.holdsVersions()
                && status.published().isEmpty()
                && foreign == 0
                && status.unfinished().isEmpty()) {
            steps.add("start the job: nothing is published");
        }
        return steps.isEmpty() ? nothing() : String.join("; then ", steps);
    }

    /** What lies there may be anything; a path one folder too short must not get the advice to replace it. */
    private String unknown() {
        String right = status.files().foreign().isEmpty()
                ? "if it is right, start the job: nothing is published"
                : "if it is right and files of another tool lie in the tables' folders, start the job with --TAKE_OVER true, which replaces them";
        return "check the path, since no run of this program has written there; " + right;
    }

    private static String waitFor(LeaseHolder holder) {
        return "wait: %s is at work; if it was killed, another run can take its place in %d s"
                .formatted(holder, holder.left().toSeconds());
    }

    private String unstick(RunStatus run) {
        return "restore the old files of run %s or empty the tables' folders, delete %s, and start the job with --TAKE_OVER true"
                .formatted(
                        run.run(),
                        new DataSet(status.root()).journal().folder(run.run().value()));
    }

    private Optional<String> recover() {
        List<String> fates = status.unfinished().stream()
                .filter(run -> run.fate() != Fate.STUCK)
                .map(NextStep::fate)
                .toList();
        return fates.isEmpty()
                ? Optional.empty()
                : Optional.of("start the job again, or with --RECOVER_ONLY true: " + String.join(", ", fates));
    }

    private static String fate(RunStatus run) {
        int named = run.newFiles().named();
        if (run.fate() == Fate.FINISHED) {
            return "run %s will be finished, since all of its %d files are there".formatted(run.run(), named);
        }
        return named == 0
                ? "run %s will be undone; nothing of it was ever visible".formatted(run.run())
                : "run %s will be undone, since %d of its %d files are not there"
                        .formatted(run.run(), named - run.newFiles().there(), named);
    }

    private String nothing() {
        boolean mixed = status.published().stream().anyMatch(manifest -> manifest.tables().stream()
                .anyMatch(table -> !table.snapshotDt().equals(manifest.snapshotDt())));
        return mixed
                ? "nothing to do, if tables of several snapshots are meant; else start the job without --TABLES_FILTER"
                : "nothing to do";
    }
}
