package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened in an execution.
 *
 * @param kind what it is
 * @param state the name of the state, or of the state machine when it is about the execution
 * @param type the type of the state; {@code Execution} when it is about the execution
 * @param at when it happened
 * @param error the name of the error, if there was one
 * @param cause the text of the error, if there was one
 * @param data what the kind says
 */
public record ExecutionEvent(
        Kind kind,
        String state,
        String type,
        Instant at,
        Optional<String> error,
        Optional<String> cause,
        JsonNode data) {
    /** The kinds of events. */
    public enum Kind {
        /** Data: the state's input. */
        STATE_ENTERED,
        /** Data: the state's output. A state that ends the execution with an error is never left. */
        STATE_EXITED,
        /** Data: what the service is given. Once for every attempt. */
        TASK_STARTED,
        /** Data: what the service answered. */
        TASK_SUCCEEDED,
        /** Has an error; no data. Once for every attempt. */
        TASK_FAILED,
        /** Has the error. Data: which retry of its kind this is, from 1 ({@code retry}), and the wait before it ({@code seconds}). */
        RETRIED,
        /** Has the error. Data: the state's output. */
        CAUGHT,
        /** Data: the execution's output. */
        EXECUTION_SUCCEEDED,
        /** Has an error; no data. */
        EXECUTION_FAILED
    }
}
