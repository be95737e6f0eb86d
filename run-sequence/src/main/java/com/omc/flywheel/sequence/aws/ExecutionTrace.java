package com.omc.flywheel.sequence.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.deployment.StepListener;
import com.omc.flywheel.sequence.runs.RunRecord.StepRecord;
import com.omc.flywheel.sequence.runs.StepOutputs;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the history of an execution into what a {@link StepListener} is told, and keeps what is known of its end. */
public final class ExecutionTrace {
    private static final String DECISION = "One snapshot";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventClock clock;
    private final Map<String, StepTrace> steps = new LinkedHashMap<>();
    /** An event names its state only when that is entered or left; the others are known by the event before them. */
    private final Map<Long, String> states = new HashMap<>();

    private Optional<Instant> began = Optional.empty();
    private long last;
    private Optional<String> snapshot = Optional.empty();
    private String failureOfNoStep = "";
    private Optional<ExecutionEnd> end = Optional.empty();

    /**
     * A trace of which nothing is known yet.
     *
     * @param clock tells the listener the time of the event that it is told of
     */
    public ExecutionTrace(ExecutionArn execution, SequenceSteps sequence, StepListener listener, EventClock clock) {
        this.clock = clock;
        sequence.names().forEach(step -> steps.put(step, new StepTrace(step, listener, execution)));
    }

    /** When it was started; empty before the first event was told. */
    public Optional<Instant> began() {
        return began;
    }

    /**
     * The steps that came to an end, in the order of the sequence.
     *
     * @param known what is known of job runs; it throws nothing
     */
    public List<StepRecord> records(StepOutputs known) {
        return steps.values().stream()
                .flatMap(step -> step.record(known).stream())
                .toList();
    }

    /** The id of the last event that was told; 0 before the first. */
    public long last() {
        return last;
    }

    /** How the execution ended; empty while it goes on, also while it goes on again. */
    public Optional<ExecutionEnd> end() {
        return end;
    }

    /** The snapshot that it decided on; empty before that. */
    public Optional<String> snapshot() {
        return snapshot;
    }

    /** The steps that have failed, in the order of the sequence. */
    public List<FailedStep> failedSteps() {
        return steps.values().stream().flatMap(step -> step.failure().stream()).toList();
    }

    /** Takes in the events after the {@link #last} one, as many as there are. */
    public void tell(List<RecordedEvent> events) {
        events.forEach(this::tell);
        steps.values().forEach(StepTrace::settle);
    }

    private void tell(RecordedEvent event) {
        last = event.id();
        began = began.or(() -> Optional.of(event.at()));
        clock.set(event.at());
        String state = event.state().orElseGet(() -> states.getOrDefault(event.previousId(), ""));
        states.put(event.id(), state);
        if (event.type().startsWith("Execution")) {
            execution(event);
            return;
        }
        int colon = state.indexOf(": ");
        StepTrace step = steps.get(colon < 0 ? state : state.substring(0, colon));
        if (step != null) {
            step.tell(colon < 0 ? "" : state.substring(colon + 2), event);
        } else if (event.type().equals("TaskFailed") || event.type().equals("TaskTimedOut")) {
            failureOfNoStep = "%s: %s".formatted(state, reason(event));
        } else if (event.type().endsWith("StateExited") && state.equals(DECISION)) {
            snapshot = event.data().flatMap(ExecutionTrace::snapshot);
        }
    }

    private void execution(RecordedEvent event) {
        switch (event.type()) {
            case "ExecutionSucceeded" -> ended(ExecutionState.SUCCEEDED, event);
            case "ExecutionFailed" -> ended(ExecutionState.FAILED, event);
            case "ExecutionTimedOut" -> ended(ExecutionState.TIMED_OUT, event);
            case "ExecutionAborted" -> ended(ExecutionState.ABORTED, event);
            case "ExecutionRedriven" -> {
                end = Optional.empty();
                steps.values().forEach(StepTrace::executionRedriven);
            }
            default -> {
                // It was started.
            }
        }
    }

    private void ended(ExecutionState state, RecordedEvent event) {
        Instant at = event.at();
        steps.values().forEach(step -> step.executionEnded(at));
        String reason = state == ExecutionState.FAILED && failedSteps().isEmpty() && !failureOfNoStep.isEmpty()
                ? "%s; %s".formatted(reason(event), failureOfNoStep)
                : reason(event);
        end = Optional.of(new ExecutionEnd(state, reason, failedSteps()));
    }

    private static String reason(RecordedEvent event) {
        String error = event.error().orElse("");
        String cause = event.cause()
                .filter(text -> !text.isBlank())
                .map(text -> JobRunReport.read(text).message())
                .orElse("");
        return error.isEmpty() || cause.isEmpty() ? error + cause : "%s: %s".formatted(error, cause);
    }

    private static Optional<String> snapshot(String output) {
        try {
            return Optional.ofNullable(
                    JSON.readTree(output).path("snapshot").path("snapshot_dt").textValue());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
