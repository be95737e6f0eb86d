package com.omc.flywheel.sequence.athena;

/** The states of a query: Amazon Athena API reference, QueryExecutionStatus. A running query may be queued again. */
public enum QueryState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** True when no other state follows. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
