package com.omc.flywheel.sequence.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.omc.flywheel.common.snapshot.SnapshotDate;
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
    /** What stands for no value: an argument of a Glue job cannot be empty. */
    static final String NONE = "_NONE_";

    public SequenceInput {
        skip = List.copyOf(skip);
    }

    /** What the names of its executions begin with, before a hyphen and a number. */
    String name() {
        return snapshot.map(SnapshotDate::toString).orElse("newest");
    }

    /** The snapshot as the input has it. */
    String snapshotText() {
        return snapshot.map(SnapshotDate::toString).orElse(NONE);
    }

    /** The same text for the same input: Step Functions compares it. */
    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("snapshot_dt", snapshotText())
                .put("tables", tables.orElse(NONE))
                .put("force", Boolean.toString(force))
                .put("allow_mixed_snapshots", Boolean.toString(allowMixedSnapshots))
                .put("allow_dropped_columns", Boolean.toString(allowDroppedColumns))
                .put("skip", skip.isEmpty() ? NONE : String.join(",", skip))
                .toString();
    }
}
