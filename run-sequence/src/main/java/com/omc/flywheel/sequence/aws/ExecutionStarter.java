package com.omc.flywheel.sequence.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts a sequence unless an execution of the same snapshot still runs, which is followed instead.
 *
 * <p>Executions are named {@code <snapshot>-<n>}, those of the newest snapshot {@code newest-<day>-<n>}. Who starts the same one at the same time gets the same execution, and a
 * start whose answer was lost is read back.
 */
public final class ExecutionStarter {
    /** Nobody starts so many at the same time. */
    private static final int ATTEMPTS = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Executions executions;
    private final Clock clock;

    public ExecutionStarter(Executions executions, Clock clock) {
        this.executions = executions;
        this.clock = clock;
    }

    /**
     * The execution to follow.
     *
     * @param how what is to be said of where it comes from
     */
    public record Begun(ExecutionArn arn, String how) {}

    /** Starts an execution, or finds the one that runs. */
    public Begun start(String stateMachineArn, SequenceInput input) {
        String name = input.name(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        List<Execution> known = executions.list(stateMachineArn);
        Optional<Execution> running = running(known, name, input);
        if (running.isPresent()) {
            return attached(running.get(), input);
        }
        int number = highest(known, name) + 1;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++, number++) {
            Optional<Begun> begun = start(stateMachineArn, input, "%s-%d".formatted(name, number));
            if (begun.isPresent()) {
                return begun.get();
            }
        }
        throw new JobFailure(
                FailureKind.BUSY,
                "the names %s-%d and %d before it are taken by executions of %s that began just now; try again later"
                        .formatted(name, number - 1, ATTEMPTS - 1, stateMachineArn));
    }

    /** Empty when the name was taken by another execution, which has ended. */
    private Optional<Begun> start(String stateMachineArn, SequenceInput input, String name) {
        ExecutionArn arn = ExecutionArn.of(stateMachineArn, name);
        boolean started;
        try {
            started = executions.start(stateMachineArn, name, input.json());
        } catch (JobFailure e) {
            // Whether it was started is not known: the answer may be all that is missing.
            if (e.kind() == FailureKind.SERVICE
                    && find(arn).filter(found -> sameInput(found, input)).isPresent()) {
                return Optional.of(new Begun(arn, "started; the answer to that was lost"));
            }
            throw e;
        }
        if (started) {
            return Optional.of(new Begun(arn, "started"));
        }
        return executions
                .find(arn)
                .filter(found -> sameInput(found, input) || !found.state().hasEnded())
                .map(found -> attached(found, input));
    }

    /** Reading back must not hide why it was needed. */
    private Optional<Execution> find(ExecutionArn arn) {
        try {
            return executions.find(arn);
        } catch (JobFailure e) {
            return Optional.empty();
        }
    }

    private static Begun attached(Execution execution, SequenceInput input) {
        String state = execution.state().hasEnded() ? "began just now, and has ended" : "already runs";
        String other = sameInput(execution, input)
                ? ""
                : "; its input is not what was asked for now: "
                        + execution.input().orElse("not known");
        return new Begun(execution.arn(), "attached: this execution of the snapshot %s%s".formatted(state, other));
    }

    /** By what they were started with: the schedule gives executions names of its own. */
    private Optional<Execution> running(List<Execution> known, String name, SequenceInput input) {
        return known.stream()
                .filter(execution -> !execution.state().hasEnded())
                .flatMap(execution -> executions.find(execution.arn()).stream())
                .filter(execution -> !execution.state().hasEnded())
                .filter(execution -> number(execution.name(), name).isPresent()
                        || fields(execution).path("snapshot_dt").asText().equals(input.snapshotText()))
                .findFirst();
    }

    private static boolean sameInput(Execution execution, SequenceInput input) {
        return fields(execution).equals(fields(input.json()));
    }

    private static JsonNode fields(Execution execution) {
        return fields(execution.input().orElse(""));
    }

    private static JsonNode fields(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static int highest(List<Execution> known, String name) {
        return known.stream()
                .flatMap(execution -> number(execution.name(), name).stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    private static Optional<Integer> number(String executionName, String name) {
        Matcher parts = Pattern.compile(Pattern.quote(name) + "-(\\d{1,9})").matcher(executionName);
        return parts.matches() ? Optional.of(Integer.valueOf(parts.group(1))) : Optional.empty();
    }
}
