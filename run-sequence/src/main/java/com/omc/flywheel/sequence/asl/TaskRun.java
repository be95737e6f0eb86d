package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.asl.ExecutionEvent.Kind;
import java.time.Duration;
import java.util.Optional;

/** One visit of a Task state: its attempts, the waits between them, and what is done with the error of the last one. */
final class TaskRun {
    private static final double MILLIS_OF_A_SECOND = 1000;

    private final Execution execution;
    private final State.Task task;
    private final Scope scope;
    /** How often each entry of Retry has been used. */
    private final int[] retries;

    TaskRun(Execution execution, State.Task task, Scope scope) {
        this.execution = execution;
        this.task = task;
        this.scope = scope;
        this.retries = new int[task.retriers().size()];
    }

    Execution.Step run() {
        while (true) {
            try {
                return new Execution.Step(task.resultPath().put(scope.data(), attempt()), task.next());
            } catch (StateError e) {
                // A branch that was stopped fails in its own way; that is no reason to try again.
                execution.checkGoingOn();
                Optional<Duration> delay = delayOfRetry(e);
                if (delay.isEmpty()) {
                    return caught(e);
                }
                execution.pause(delay.get());
            }
        }
    }

    private JsonNode attempt() {
        JsonNode parameters = Execution.parameters(task.parameters(), scope);
        execution.tell(Kind.TASK_STARTED, task, Optional.empty(), parameters);
        JsonNode result;
        try {
            result = DataLimit.check(
                    execution
                            .interpreter()
                            .tasks()
                            .call(new TaskCall(task.name(), task.resource(), parameters, execution.timeout(task))),
                    "result of the state '%s'".formatted(task.name()));
        } catch (StateError e) {
            execution.tell(Kind.TASK_FAILED, task, Optional.of(e), NullNode.getInstance());
            throw e;
        }
        execution.tell(Kind.TASK_SUCCEEDED, task, Optional.empty(), result);
        return task.resultSelector()
                .map(selector -> selector.evaluate(scope.withData(result)))
                .orElse(result);
    }

    /** The wait before the next attempt; empty when there is none. The first entry that is for the error decides alone. */
    private Optional<Duration> delayOfRetry(StateError error) {
        for (int i = 0; i < retries.length; i++) {
            Retrier retrier = task.retriers().get(i);
            if (retrier.isFor(error.error())) {
                if (retries[i] == retrier.mostRetries()) {
                    return Optional.empty();
                }
                retries[i]++;
                Duration delay =
                        retrier.delay(retries[i], execution.interpreter().random());
                execution.tell(Kind.RETRIED, task, Optional.of(error), retry(retries[i], delay));
                return Optional.of(delay);
            }
        }
        return Optional.empty();
    }

    private static JsonNode retry(int number, Duration delay) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("retry", number)
                .put("seconds", delay.toMillis() / MILLIS_OF_A_SECOND);
    }

    private Execution.Step caught(StateError error) {
        Catcher catcher = task.catchers().stream()
                .filter(entry -> entry.isFor(error.error()))
                .findFirst()
                .orElseThrow(() -> error);
        ObjectNode value = JsonNodeFactory.instance
                .objectNode()
                .put("Error", error.error())
                .put("Cause", error.cause());
        JsonNode output = catcher.resultPath().put(scope.data(), value);
        execution.tell(Kind.CAUGHT, task, Optional.of(error), output);
        return new Execution.Step(output, Optional.of(catcher.next()));
    }
}
