package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.asl.ExecutionEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One execution of a state machine: goes from state to state. */
final class Execution {
    /** The longest wait of a Wait state (specification: the bound of a number of seconds). */
    private static final int MOST_SECONDS = 99_999_999;

    private final StateMachine machine;
    private final ExecutionContext context;
    private final Interpreter interpreter;
    private final Optional<Instant> deadline;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Object oneAtATime = new Object();

    Execution(StateMachine machine, ExecutionContext context, Interpreter interpreter) {
        this.machine = machine;
        this.context = context;
        this.interpreter = interpreter;
        this.deadline =
                machine.timeout().map(timeout -> interpreter.clock().instant().plus(timeout));
    }

    Ended run() {
        try {
            JsonNode output = run(machine.graph(), DataLimit.check(context.input(), "input of the execution"));
            tellOfExecution(Kind.EXECUTION_SUCCEEDED, Optional.empty(), output);
            return new Ended(true, output, Optional.empty(), Optional.empty());
        } catch (StateError e) {
            return failed(e);
        } catch (TimeIsOver e) {
            return failed(new StateError(ErrorName.TIMEOUT, e.getMessage()));
        }
    }

    private Ended failed(StateError error) {
        tellOfExecution(Kind.EXECUTION_FAILED, Optional.of(error), NullNode.getInstance());
        return new Ended(false, NullNode.getInstance(), Optional.of(error.error()), Optional.of(error.cause()));
    }

    /** Goes through the states of the machine or of a branch, and returns what the last one gave. */
    JsonNode run(Graph graph, JsonNode input) {
        JsonNode data = input;
        Optional<String> next = Optional.of(graph.startAt());
        while (next.isPresent()) {
            State state = graph.states().get(next.get());
            checkGoingOn();
            tell(Kind.STATE_ENTERED, state, Optional.empty(), data);
            Step step = enter(state, data);
            data = DataLimit.check(step.output(), "output of the state '%s'".formatted(state.name()));
            tell(Kind.STATE_EXITED, state, Optional.empty(), data);
            next = step.next();
        }
        return data;
    }

    /** What a state led to. */
    record Step(JsonNode output, Optional<String> next) {}

    private Step enter(State state, JsonNode input) {
        Scope scope = new Scope(input, ContextObject.of(context, state.name()));
        if (state instanceof State.Task task) {
            return new TaskRun(this, task, scope).run();
        }
        if (state instanceof State.Parallel parallel) {
            return parallel(parallel, scope);
        }
        if (state instanceof State.Choice choice) {
            return choose(choice, scope);
        }
        if (state instanceof State.Pass pass) {
            return pass(pass, scope);
        }
        if (state instanceof State.Wait wait) {
            return await(wait, scope);
        }
        if (state instanceof State.Fail fail) {
            throw new StateError(fail.error(), fail.cause());
        }
        return new Step(input, Optional.empty());
    }

    private Step parallel(State.Parallel state, Scope scope) {
        JsonNode branchInput = parameters(state.parameters(), scope);
        JsonNode outputs = new Branches(this, state, interpreter.branchesAtATime()).run(branchInput);
        return new Step(state.resultPath().put(scope.data(), outputs), state.next());
    }

    private static Step choose(State.Choice state, Scope scope) {
        for (State.Choice.Alternative alternative : state.alternatives()) {
            if (alternative.rule().holds(scope)) {
                return new Step(scope.data(), Optional.of(alternative.next()));
            }
        }
        if (state.otherwise().isEmpty()) {
            throw new StateError(
                    ErrorName.NO_CHOICE_MATCHED,
                    "No alternative of the state '%s' holds, and it has no Default".formatted(state.name()));
        }
        return new Step(scope.data(), state.otherwise());
    }

    private static Step pass(State.Pass state, Scope scope) {
        JsonNode result = state.result().orElseGet(() -> parameters(state.parameters(), scope));
        return new Step(state.resultPath().put(scope.data(), result), state.next());
    }

    private Step await(State.Wait state, Scope scope) {
        JsonNode seconds = state.seconds().evaluate(scope);
        if (!seconds.isInt() || seconds.intValue() < 0 || seconds.intValue() > MOST_SECONDS) {
            throw new StateError(
                    ErrorName.RUNTIME,
                    "The path '%s' of the state '%s' is no number of seconds"
                            .formatted(state.seconds().text(), state.name()));
        }
        pause(Duration.ofSeconds(seconds.intValue()));
        return new Step(scope.data(), state.next());
    }

    /** What a state with these Parameters works on. */
    static JsonNode parameters(Optional<PayloadTemplate> template, Scope scope) {
        return template.map(parameters -> DataLimit.check(parameters.evaluate(scope), "value of Parameters"))
                .orElse(scope.data());
    }

    Interpreter interpreter() {
        return interpreter;
    }

    /** How long a task may take: as its state says, and no longer than the execution. */
    Optional<Duration> timeout(State.Task task) {
        Optional<Duration> left =
                deadline.map(end -> Duration.between(interpreter.clock().instant(), end));
        return left.filter(duration -> task.timeout()
                        .filter(own -> own.compareTo(duration) <= 0)
                        .isEmpty())
                .or(task::timeout);
    }

    /** Lets time pass, at most until the time of the execution is over. */
    void pause(Duration duration) {
        checkGoingOn();
        Duration left = deadline.map(end -> Duration.between(interpreter.clock().instant(), end))
                .filter(rest -> rest.compareTo(duration) < 0)
                .orElse(duration);
        try {
            interpreter.pause().pause(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
        checkGoingOn();
    }

    /** Throws when nothing more may begin: the time is over, a branch failed or the thread was interrupted. */
    void checkGoingOn() {
        if (stopped.get() || Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
        if (deadline.filter(end -> !interpreter.clock().instant().isBefore(end)).isPresent()) {
            throw new TimeIsOver("The execution took longer than the %d s of the state machine"
                    .formatted(machine.timeout().orElseThrow().toSeconds()));
        }
    }

    /** Lets no branch begin anything more. */
    void stop() {
        stopped.set(true);
    }

    JobFailure interrupted() {
        return new JobFailure(
                FailureKind.SERVICE,
                "the execution %s of %s was interrupted; start it again"
                        .formatted(context.executionName(), machine.name()));
    }

    void tell(Kind kind, State state, Optional<StateError> error, JsonNode data) {
        tell(kind, state.name(), state.type(), error, data);
    }

    private void tellOfExecution(Kind kind, Optional<StateError> error, JsonNode data) {
        tell(kind, machine.name(), "Execution", error, data);
    }

    private void tell(Kind kind, String state, String type, Optional<StateError> error, JsonNode data) {
        synchronized (oneAtATime) {
            interpreter
                    .listener()
                    .on(new ExecutionEvent(
                            kind,
                            state,
                            type,
                            interpreter.clock().instant(),
                            error.map(StateError::error),
                            error.map(StateError::cause),
                            data));
        }
    }

    /** The end of an execution whose time is over: no Catch of a state gets hold of it. */
    private static final class TimeIsOver extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TimeIsOver(String message) {
            super(message, null, true, false);
        }
    }
}
