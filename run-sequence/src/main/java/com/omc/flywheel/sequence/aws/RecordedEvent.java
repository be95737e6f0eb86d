package com.omc.flywheel.sequence.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * An event of the history of an execution: AWS Step Functions API reference, HistoryEvent.
 *
 * @param id from 1, in the order of the history
 * @param previousId the event that led to this one, in the same branch; 0 for the first
 * @param type for example {@code TaskSubmitted}
 * @param state the name of the state that was entered or left; empty for other events
 * @param data what a state was entered with, what a state or a task gave, or the parameters that a task was scheduled
 *     with
 */
public record RecordedEvent(
        long id,
        long previousId,
        Instant at,
        String type,
        Optional<String> state,
        Optional<String> data,
        Optional<String> error,
        Optional<String> cause) {}
