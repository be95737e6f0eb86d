package com.omc.flywheel.sequence.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What an execution of a sequence is started with; every value is text, as the definitions of the sequences take it.
 *
 * @param snapshot empty for the newest, which the first step finds
 * @param tables names separated by commas; empty for all
 * @param skip the steps to leave out
 */
public record SequenceInput(
        Optional<SnapshotDate> snapshot,
        Optional<String> tables,
        boolean force,
        boolean allowMixedSnapshots,
        boolean allowDroppedColumns,
        List<String> skip) {
    public SequenceInput {
        skip = List.copyOf(skip);
    }

    /**
     * What the names of its executions begin with, before a hyphen and a number.
     *
     * <p>Step Functions forgets a name after 90 days (AWS Step Functions API reference, StartExecution), while the
     * decision of its execution stays and would stand for the next one of that name. One of a named snapshot says the
     * same then; one of the newest has the day of its start in its name, so that none is like it.
     *
     * @param today the day of the start
     */
    String name(LocalDate today) {
        return snapshot.map(SnapshotDate::toString).orElseGet(() -> "newest-" + today);
    }

    /** The snapshot as the input has it. */
    String snapshotText() {
        return snapshot.map(SnapshotDate::toString).orElse(ArgumentRecord.ABSENT);
    }

    /** The same text for the same input: Step Functions compares it. */
    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("snapshot_dt", snapshotText())
                .put("tables", tables.orElse(ArgumentRecord.ABSENT))
                .put("force", Boolean.toString(force))
                .put("allow_mixed_snapshots", Boolean.toString(allowMixedSnapshots))
                .put("allow_dropped_columns", Boolean.toString(allowDroppedColumns))
                .put("skip", skip.isEmpty() ? ArgumentRecord.ABSENT : String.join(",", skip))
                .toString();
    }
}
