package com.omc.flywheel.sequence.aws;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.query.Pause;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the history of an execution until it has ended, however long that takes: the state machine has a deadline of its
 * own.
 */
public final class ExecutionFollower {
    // GetExecutionHistory is throttled at 20 requests a second for an account: AWS Step Functions developer guide,
    // "Service quotas".
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration WAIT_WITHOUT_ANSWER = Duration.ofMinutes(1);
    /** Some minutes; an execution that began just now may not be there to be read yet. */
    private static final int LONGEST_BIRTH = 20;
    /** Half an hour of waits; the SDK has repeated each of the requests in between. */
    private static final int LONGEST_SILENCE = 30;

    private final Executions executions;
    private final Pause pause;
    private final Consumer<String> warnings;

    public ExecutionFollower(Executions executions, Pause pause, Consumer<String> warnings) {
        this.executions = executions;
        this.pause = pause;
        this.warnings = warnings;
    }

    /**
     * Returns when the execution has ended. A service that is silent for a while is asked again, and so is one that does
     * not know the execution yet: what Step Functions tells of executions is consistent only after a while (AWS Step
     * Functions API reference, DescribeExecution).
     *
     * @throws JobFailure when it was silent for too long, or refused; the execution goes on
     */
    public ExecutionEnd follow(ExecutionArn arn, ExecutionTrace trace) {
        Duration wait = SHORTEST_WAIT;
        int unanswered = 0;
        while (true) {
            try {
                List<RecordedEvent> events = executions.history(arn, trace.last());
                unanswered = 0;
                trace.tell(events);
                if (trace.end().isPresent()) {
                    return trace.end().get();
                }
                wait = events.isEmpty() ? longer(wait) : SHORTEST_WAIT;
            } catch (JobFailure e) {
                unanswered++;
                if (e.kind() == FailureKind.MISSING_INPUT && trace.last() == 0 && unanswered < LONGEST_BIRTH) {
                    wait = longer(wait);
                } else if (e.kind() != FailureKind.SERVICE || unanswered == LONGEST_SILENCE) {
                    throw e;
                } else {
                    if (unanswered == 1) {
                        warnings.accept("%s; asking again every minute".formatted(e.getMessage()));
                    }
                    wait = WAIT_WITHOUT_ANSWER;
                }
            }
            pause(wait);
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    }

    private void pause(Duration wait) {
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(FailureKind.SERVICE, "the runner was interrupted while it followed an execution", e);
        }
    }
}
