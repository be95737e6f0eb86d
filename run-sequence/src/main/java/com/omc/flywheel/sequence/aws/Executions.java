package com.omc.flywheel.sequence.aws;

import com.omc.flywheel.common.failure.JobFailure;
import java.util.List;
import java.util.Optional;

/**
 * The port to state machines and their executions. Every call may throw a {@link JobFailure}: SERVICE when no answer
 * came, ACCESS_DENIED when it was refused. Lists are complete, however many pages they come in.
 */
public interface Executions extends AutoCloseable {
    /** What is asked, and in which region, for messages. */
    String place();

    /** The ARN of the state machine of that name. */
    Optional<String> stateMachine(String name);

    /** Those that are not forgotten yet, the newest first; one that began a moment ago may be left out. */
    List<Execution> list(String stateMachineArn);

    Optional<Execution> find(ExecutionArn arn);

    /**
     * Starts an execution, once: asked again with the same name and input while it runs, nothing happens.
     *
     * @return false when there is, or was, one of that name that has another input or has ended
     */
    boolean start(String stateMachineArn, String name, String input);

    /**
     * The events of its history after that one, in order.
     *
     * @throws JobFailure MISSING_INPUT when there is no such execution, as for a moment after it was started
     */
    List<RecordedEvent> history(ExecutionArn arn, long after);

    /**
     * Ends an execution, and the job runs that it waits for; nothing happens to one that has ended.
     *
     * @param cause is kept in its history
     */
    void stop(ExecutionArn arn, String cause);

    @Override
    void close();
}
