package com.omc.flywheel.sequence.aws;

/** What becomes of an execution: AWS Step Functions API reference, DescribeExecution, status. */
public enum ExecutionState {
    RUNNING(false),
    /** It is about to be run again from where it ended. */
    PENDING_REDRIVE(false),
    SUCCEEDED(true),
    FAILED(true),
    /** It took longer than its state machine allows. */
    TIMED_OUT(true),
    /** Somebody stopped it. */
    ABORTED(true);

    private final boolean ended;

    ExecutionState(boolean ended) {
        this.ended = ended;
    }

    public boolean hasEnded() {
        return ended;
    }
}
