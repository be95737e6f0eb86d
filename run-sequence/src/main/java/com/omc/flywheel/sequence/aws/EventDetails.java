package com.omc.flywheel.sequence.aws;

import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.ExecutionAbortedEventDetails;
import software.amazon.awssdk.services.sfn.model.ExecutionFailedEventDetails;
import software.amazon.awssdk.services.sfn.model.ExecutionTimedOutEventDetails;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateEnteredEventDetails;
import software.amazon.awssdk.services.sfn.model.StateExitedEventDetails;
import software.amazon.awssdk.services.sfn.model.TaskFailedEventDetails;
import software.amazon.awssdk.services.sfn.model.TaskScheduledEventDetails;
import software.amazon.awssdk.services.sfn.model.TaskStartFailedEventDetails;
import software.amazon.awssdk.services.sfn.model.TaskSubmitFailedEventDetails;
import software.amazon.awssdk.services.sfn.model.TaskSubmittedEventDetails;
import software.amazon.awssdk.services.sfn.model.TaskSucceededEventDetails;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutEventDetails;

/** What an event of the SDK has in a member of its own for each type of event. */
record EventDetails(Optional<String> state, Optional<String> data, Optional<String> error, Optional<String> cause) {
    private static final EventDetails NONE =
            new EventDetails(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private EventDetails(String state, String data, String error, String cause) {
        this(
                Optional.ofNullable(state),
                Optional.ofNullable(data),
                Optional.ofNullable(error),
                Optional.ofNullable(cause));
    }

    static EventDetails of(HistoryEvent event) {
        StateEnteredEventDetails entered = event.stateEnteredEventDetails();
        if (entered != null) {
            return new EventDetails(entered.name(), entered.input(), null, null);
        }
        StateExitedEventDetails exited = event.stateExitedEventDetails();
        if (exited != null) {
            return new EventDetails(exited.name(), exited.output(), null, null);
        }
        return switch (event.type()) {
            case TASK_SCHEDULED -> scheduled(event.taskScheduledEventDetails());
            case TASK_SUBMITTED -> submitted(event.taskSubmittedEventDetails());
            case TASK_SUCCEEDED -> succeeded(event.taskSucceededEventDetails());
            case TASK_FAILED -> failed(event.taskFailedEventDetails());
            case TASK_TIMED_OUT -> timedOut(event.taskTimedOutEventDetails());
            case TASK_START_FAILED -> startFailed(event.taskStartFailedEventDetails());
            case TASK_SUBMIT_FAILED -> submitFailed(event.taskSubmitFailedEventDetails());
            case EXECUTION_FAILED -> executionFailed(event.executionFailedEventDetails());
            case EXECUTION_ABORTED -> executionAborted(event.executionAbortedEventDetails());
            case EXECUTION_TIMED_OUT -> executionTimedOut(event.executionTimedOutEventDetails());
            default -> NONE;
        };
    }

    private static EventDetails scheduled(TaskScheduledEventDetails details) {
        return details == null ? NONE : new EventDetails(null, details.parameters(), null, null);
    }

    private static EventDetails submitted(TaskSubmittedEventDetails details) {
        return details == null ? NONE : new EventDetails(null, details.output(), null, null);
    }

    private static EventDetails succeeded(TaskSucceededEventDetails details) {
        return details == null ? NONE : new EventDetails(null, details.output(), null, null);
    }

    private static EventDetails failed(TaskFailedEventDetails details) {
        return details == null ? NONE : new EventDetails(null, null, details.error(), details.cause());
    }

    private static EventDetails timedOut(TaskTimedOutEventDetails details) {
        return details == null ? NONE : new EventDetails(null, null, details.error(), details.cause());
    }

    private static EventDetails startFailed(TaskStartFailedEventDetails details) {
        return details == null ? NONE : new EventDetails(null, null, details.error(), details.cause());
    }

    private static EventDetails submitFailed(TaskSubmitFailedEventDetails details) {
        return details == null ? NONE : new EventDetails(null, null, details.error(), details.cause());
    }

    private static EventDetails executionFailed(ExecutionFailedEventDetails details) {
        return details == null ? NONE : new EventDetails(null, null, details.error(), details.cause());
    }

    private static EventDetails executionAborted(ExecutionAbortedEventDetails details) {
        return details == null ? NONE : new EventDetails(null, null, details.error(), details.cause());
    }

    private static EventDetails executionTimedOut(ExecutionTimedOutEventDetails details) {
        return details == null ? NONE : new EventDetails(null, null, details.error(), details.cause());
    }
}
