package com.omc.flywheel.jobs.resolvesnapshot;

import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.snapshot.ExecutionSnapshot.Resolved;
import com.omc.flywheel.common.snapshot.SnapshotDecision;
import com.omc.flywheel.common.snapshot.SourceSnapshot;
import com.omc.flywheel.common.storage.DataSize;

/** Which snapshot was decided, and what each source had then. */
record ResolveSnapshotSummary(Resolved resolved) implements JobSummary {
    @Override
    public String render() {
        SnapshotDecision decision = resolved.decision();
        TextTable text = new TextTable("source", "newest", "files", "bytes");
        for (SourceSnapshot source : decision.sources()) {
            text.row(source.source(), source.newest(), source.files(), DataSize.format(source.bytes()));
        }
        return "%s%n%s".formatted(headline(decision), text);
    }

    private String headline(SnapshotDecision decision) {
        return resolved.stood()
                ? "snapshot %s was decided for execution %s at %s already, in %s; that stands, and nothing is written"
                        .formatted(decision.date(), decision.execution(), decision.decidedAt(), resolved.file())
                : "decided snapshot %s for execution %s, in %s"
                        .formatted(decision.date(), decision.execution(), resolved.file());
    }
}
