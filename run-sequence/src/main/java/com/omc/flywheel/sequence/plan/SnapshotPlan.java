package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.PlanningJobs;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.snapshot.RequireSuccess;
import com.omc.flywheel.common.snapshot.SnapshotChoice;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.snapshot.SnapshotLocator;
import com.omc.flywheel.common.snapshot.SourceSnapshot;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.jobs.Roots;
import java.util.Locale;
import java.util.Optional;

/** Plans resolve-snapshot: decides as the job does, and keeps the decision to itself. */
final class SnapshotPlan implements StepPlanner {
    private final PlanningJobs jobs;
    private Optional<SnapshotDate> decided = Optional.empty();

    SnapshotPlan(PlanningJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void plan(PlannedJob job, PlanText text) {
        SnapshotChoice choice = new SnapshotChoice(
                new SnapshotLocator(jobs.store(), jobs.clock(), "--SOURCE_PATHS"),
                RequireSuccess.valueOf(job.text("REQUIRE_SUCCESS").toUpperCase(Locale.ROOT)),
                job.isTrue("ALLOW_MIXED_SNAPSHOTS"));
        SnapshotChoice.Chosen chosen = choice.choose(
                Roots.parse(job.text("SOURCE_PATHS")).folders(),
                job.optional("SNAPSHOT_DT").map(SnapshotDate::parse));
        decided = Optional.of(chosen.date());
        TextTable table = new TextTable("source", "newest", "files", "bytes");
        for (SourceSnapshot source : chosen.sources()) {
            table.row(source.source(), source.newest(), source.files(), DataSize.format(source.bytes()));
        }
        text.line("all steps would read snapshot %s".formatted(chosen.date())).table(table);
        text.line("writes %s<execution>/snapshot.json".formatted(job.text("RUNS_PATH")));
    }

    /** The decision, which the sequence reads when the job has run. */
    SnapshotDate decided() {
        return decided.orElseThrow(() -> new JobFailure(
                FailureKind.MISSING_INPUT,
                "no snapshot is decided, and every step reads one; mend what resolve-snapshot names"));
    }
}
