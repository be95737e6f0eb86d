package com.omc.flywheel.sequence.aws;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** State machines whose executions do what a test says; also what {@link ScriptedStepFunctions} answers from. */
public final class FakeExecutions implements Executions {
    public static final String PREFIX = "arn:aws:states:eu-west-1:111122223333:stateMachine:";
    private static final Instant BEGINNING = Instant.parse("2025-11-02T03:00:00Z");

    private final Set<String> stateMachines = new LinkedHashSet<>();
    private final Map<String, Execution> executions = new LinkedHashMap<>();
    private final Map<String, List<RecordedEvent>> histories = new LinkedHashMap<>();
    private final Set<String> unlisted = new LinkedHashSet<>();
    private final List<String> starts = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private final Deque<JobFailure> silences = new ArrayDeque<>();
    private Optional<JobFailure> startFault = Optional.empty();
    private List<RecordedEvent> historyOfNew = List.of();
    private boolean lostAnswer;
    private boolean closed;

    /** Adds a state machine, and gives its ARN. */
    public String addStateMachine(String name) {
        stateMachines.add(PREFIX + name);
        return PREFIX + name;
    }

    /** Adds an execution, later than those that there are. */
    public ExecutionArn add(String stateMachineArn, String name, ExecutionState state, String input) {
        ExecutionArn arn = ExecutionArn.of(stateMachineArn, name);
        Instant started = BEGINNING.plusSeconds(60L * executions.size());
        executions.put(arn.toString(), new Execution(arn, state, started, Optional.of(input), Optional.empty()));
        return arn;
    }

    /** Lists leave it out, as they do for a moment after it began. */
    public void leaveOut(ExecutionArn arn) {
        unlisted.add(arn.toString());
    }

    /** Changes an execution. */
    public void become(ExecutionArn arn, ExecutionState state, Optional<String> notRedrivable) {
        Execution before = executions.get(arn.toString());
        executions.put(arn.toString(), new Execution(arn, state, before.started(), before.input(), notRedrivable));
    }

    public void setHistory(ExecutionArn arn, List<RecordedEvent> events) {
        histories.put(arn.toString(), List.copyOf(events));
    }

    /** What becomes of executions that are started from now on. */
    public void setHistoryOfNew(List<RecordedEvent> events) {
        historyOfNew = List.copyOf(events);
    }

    /** The next start does what it is asked to, and is not answered. */
    public void loseTheAnswerOfStart() {
        lostAnswer = true;
    }

    /** Starts are not done, and fail. */
    public void refuseStarts(JobFailure failure) {
        startFault = Optional.of(failure);
    }

    /** The next request for a history fails. */
    public void failHistory(JobFailure failure) {
        silences.add(failure);
    }

    /** Names and inputs of what was started, in that order. */
    public List<String> starts() {
        return List.copyOf(starts);
    }

    /** Names and causes of what was stopped. */
    public List<String> stops() {
        return List.copyOf(stops);
    }

    public boolean isClosed() {
        return closed;
    }

    Set<String> stateMachines() {
        return Set.copyOf(stateMachines);
    }

    @Override
    public String place() {
        return "AWS Step Functions in eu-west-1";
    }

    @Override
    public Optional<String> stateMachine(String name) {
        return Optional.of(PREFIX + name).filter(stateMachines::contains);
    }

    @Override
    public List<Execution> list(String stateMachineArn) {
        return executions.values().stream()
                .filter(one -> stateMachineArn.endsWith(":" + one.arn().stateMachine()))
                .filter(one -> !unlisted.contains(one.arn().toString()))
                .map(one -> new Execution(one.arn(), one.state(), one.started(), Optional.empty(), Optional.empty()))
                .sorted(Comparator.comparing(Execution::started).reversed())
                .toList();
    }

    @Override
    public Optional<Execution> find(ExecutionArn arn) {
        return Optional.ofNullable(executions.get(arn.toString()));
    }

    @Override
    public boolean start(String stateMachineArn, String name, String input) {
        ExecutionArn arn = ExecutionArn.of(stateMachineArn, name);
        if (startFault.isPresent()) {
            throw startFault.get();
        }
        Execution known = executions.get(arn.toString());
        if (known != null) {
            // AWS Step Functions API reference, StartExecution: idempotent while it runs.
            return !known.state().hasEnded() && known.input().equals(Optional.of(input));
        }
        starts.add(name + " " + input);
        add(stateMachineArn, name, ExecutionState.RUNNING, input);
        setHistory(arn, historyOfNew);
        if (lostAnswer) {
            lostAnswer = false;
            throw new JobFailure(FailureKind.SERVICE, "no answer");
        }
        return true;
    }

    @Override
    public List<RecordedEvent> history(ExecutionArn arn, long after) {
        if (!silences.isEmpty()) {
            throw silences.remove();
        }
        return histories.getOrDefault(arn.toString(), List.of()).stream()
                .filter(event -> event.id() > after)
                .toList();
    }

    @Override
    public void stop(ExecutionArn arn, String cause) {
        stops.add(arn.name() + " " + cause);
        become(arn, ExecutionState.ABORTED, Optional.empty());
    }

    @Override
    public void close() {
        closed = true;
    }
}
