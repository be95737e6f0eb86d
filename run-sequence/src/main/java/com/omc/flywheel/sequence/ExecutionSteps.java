package com.omc.flywheel.sequence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.asl.ExecutionEvent;
import com.omc.flywheel.sequence.asl.ExecutionListener;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.deployment.StepListener;
import com.omc.flywheel.sequence.deployment.StepOutcome;
import com.omc.flywheel.sequence.runs.RunRecord.StepRecord;
import com.omc.flywheel.sequence.runs.StepOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the events of an execution mean for its steps: each is told of as it happens, and kept for the record. The states
 * of a step are named after it, with a colon and what they are for.
 */
final class ExecutionSteps implements ExecutionListener {
    private static final String RECOVERY = "recover";

    private final SequenceSteps sequence;
    private final StepListener listener;
    private final UnaryOperator<String> detail;
    private final Function<Map<String, String>, Optional<StepOutput>> outputs;
    private final Map<String, Step> steps = new LinkedHashMap<>();

    /**
     * Follows one execution.
     *
     * @param detail what is said of a step when it starts
     * @param outputs what a job with these arguments has written
     */
    ExecutionSteps(
            SequenceSteps sequence,
            StepListener listener,
            UnaryOperator<String> detail,
            Function<Map<String, String>, Optional<StepOutput>> outputs) {
        this.sequence = sequence;
        this.listener = listener;
        this.detail = detail;
        this.outputs = outputs;
    }

    /** What is known of a step so far. */
    private static final class Step {
        private Optional<Instant> began = Optional.empty();
        private Optional<StepOutcome> outcome = Optional.empty();
        private Optional<String> jobRunId = Optional.empty();
        private Optional<String> cause = Optional.empty();
        private Optional<StepOutput> output = Optional.empty();
        private Map<String, String> arguments = Map.of();
        private long seconds;
        private int attempts;
    }

    @Override
    public synchronized void on(ExecutionEvent event) {
        String state = event.state();
        int colon = state.indexOf(": ");
        String name = colon < 0 ? state : state.substring(0, colon);
        if (!sequence.names().contains(name)) {
            return;
        }
        Step step = steps.computeIfAbsent(name, any -> new Step());
        String part = colon < 0 ? "" : state.substring(colon + 2);
        switch (event.kind()) {
            case TASK_STARTED -> started(name, step, part, event);
            case TASK_SUCCEEDED -> {
                if (part.isEmpty()) {
                    jobRun(step, event.data());
                }
            }
            case TASK_FAILED -> {
                if (part.isEmpty()) {
                    failed(step, event);
                }
            }
            case RETRIED -> {
                // That a notification is sent again is no news of the step.
                if (part.isEmpty() || part.equals(RECOVERY)) {
                    listener.stepRetried(name, event.error().orElse("unknown error"), wait(event.data()));
                }
            }
            case STATE_ENTERED -> {
                if (part.equals("wait")) {
                    listener.stepRetried(name, "another run holds the data set", seconds(event.data()));
                }
            }
            case STATE_EXITED -> {
                if (List.of("done", "failed", "skipped").contains(part)) {
                    ended(name, step, StepOutcome.valueOf(part.toUpperCase(Locale.ROOT)), event);
                }
            }
            default -> {
                // The other events are of states, not of steps.
            }
        }
    }

    /** As the interpreter tells of a retry. */
    private static Optional<Duration> wait(JsonNode retry) {
        JsonNode seconds = retry.path("seconds");
        return seconds.isNumber() ? Optional.of(Duration.ofSeconds(Math.round(seconds.asDouble()))) : Optional.empty();
    }

    private static Optional<Duration> seconds(JsonNode data) {
        JsonNode wait = data.path("input").path("busy_wait_seconds");
        return wait.isNumber() ? Optional.of(Duration.ofSeconds(wait.asLong())) : Optional.empty();
    }

    private void started(String name, Step step, String part, ExecutionEvent event) {
        if (part.isEmpty()) {
            step.attempts++;
            step.began = step.began.or(() -> Optional.of(event.at()));
            listener.stepStarted(name, detail.apply(name));
        } else if (part.equals(RECOVERY)) {
            listener.stepRecovering(name);
        }
    }

    private void failed(Step step, ExecutionEvent event) {
        String cause = event.cause().orElse("");
        step.cause = Optional.of(cause);
        try {
            JsonNode run = new ObjectMapper().readTree(cause);
            if (run != null && run.isObject()) {
                jobRun(step, run);
                step.cause = Optional.of(run.path("ErrorMessage").asText(cause));
            }
        } catch (JsonProcessingException notAJobRun) {
            // The text itself is the cause, as it is for errors of the service.
        }
    }

    private static void jobRun(Step step, JsonNode run) {
        step.jobRunId = Optional.ofNullable(run.path("Id").asText(null));
        Map<String, String> arguments = new TreeMap<>();
        run.path("Arguments")
                .fields()
                .forEachRemaining(argument ->
                        arguments.put(argument.getKey(), argument.getValue().asText()));
        step.arguments = arguments;
    }

    private void ended(String name, Step step, StepOutcome outcome, ExecutionEvent event) {
        step.outcome = Optional.of(outcome);
        step.seconds = step.began
                .map(began -> Duration.between(began, event.at()).toSeconds())
                .orElse(0L);
        if (outcome == StepOutcome.DONE) {
            step.cause = Optional.empty();
            step.output = outputs.apply(StepRecord.withoutHyphens(step.arguments));
        }
        String detail = outcome == StepOutcome.FAILED
                ? step.cause.orElse("")
                : step.output.map(StepOutput::describe).orElse("");
        listener.stepEnded(name, outcome, step.seconds, detail);
    }

    /** The steps that came to an end, in the order of the sequence. */
    synchronized List<StepRecord> records() {
        return sequence.names().stream()
                .filter(steps::containsKey)
                .filter(name -> steps.get(name).outcome.isPresent())
                .map(name -> {
                    Step step = steps.get(name);
                    return new StepRecord(
                            name,
                            step.outcome.orElseThrow(),
                            step.seconds,
                            step.attempts,
                            step.jobRunId,
                            step.arguments,
                            step.cause,
                            step.output);
                })
                .toList();
    }
}
