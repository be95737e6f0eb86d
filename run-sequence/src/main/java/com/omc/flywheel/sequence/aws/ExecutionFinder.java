package com.omc.flywheel.sequence.aws;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the state machine of a sequence in an environment, and the execution that a person means. */
public final class ExecutionFinder {
    private static final String STATE_MACHINE = "etl-omc-flywheel-%s-%s";

    private final Executions executions;
    private final String environment;
    private final List<String> sequences;

    /**
     * A finder.
     *
     * @param environment for example {@code dev}
     * @param sequences all that there are
     */
    public ExecutionFinder(Executions executions, String environment, List<String> sequences) {
        this.executions = executions;
        this.environment = environment;
        this.sequences = List.copyOf(sequences);
    }

    /** An execution, and the sequence that it is one of. */
    public record Found(String sequence, Execution execution) {}

    /**
     * The ARN of the state machine of a sequence.
     *
     * @throws JobFailure MISSING_INPUT when there is none
     */
    public String stateMachine(String sequence) {
        String name = STATE_MACHINE.formatted(environment, sequence);
        return executions
                .stateMachine(name)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.MISSING_INPUT,
                        "there is no state machine %s at %s; check --env, --region and the credentials, or make it with terraform apply"
                                .formatted(name, executions.place())));
    }

    /**
     * The execution that is meant.
     *
     * @param word a sequence, for the one of it that runs, else the newest; or an execution by its name, by sequence and
     *     name as in {@code bucketed/2025-11-01-1}, or by its ARN
     * @throws JobFailure MISSING_INPUT when there is none, BAD_ARGUMENT naming all when several are meant
     */
    public Found find(String word) {
        if (sequences.contains(word)) {
            return ofSequence(word);
        }
        Optional<ExecutionArn> arn = ExecutionArn.read(word);
        if (arn.isPresent()) {
            return ofArn(arn.get());
        }
        int slash = word.indexOf('/');
        return slash > 0 && sequences.contains(word.substring(0, slash))
                ? ofName(List.of(word.substring(0, slash)), word.substring(slash + 1))
                : ofName(sequences, word);
    }

    private Found ofSequence(String sequence) {
        List<Execution> all = executions.list(stateMachine(sequence));
        List<Execution> running =
                all.stream().filter(one -> !one.state().hasEnded()).toList();
        if (running.size() > 1) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "%d executions of %s run: %s; name the one that is meant"
                            .formatted(
                                    running.size(),
                                    sequence,
                                    Names.list(running.stream()
                                            .map(Execution::name)
                                            .toList())));
        }
        return running.stream()
                .findFirst()
                .or(() -> all.stream().findFirst())
                .flatMap(one -> executions.find(one.arn()))
                .map(one -> new Found(sequence, one))
                .orElseThrow(() -> new JobFailure(
                        FailureKind.MISSING_INPUT,
                        "%s has no execution in %s; start one with run-sequence/run aws %s --env %s"
                                .formatted(sequence, environment, sequence, environment)));
    }

    private Found ofArn(ExecutionArn arn) {
        String sequence = sequences.stream()
                .filter(one -> STATE_MACHINE.formatted(environment, one).equals(arn.stateMachine()))
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_ARGUMENT,
                        "%s is not of a sequence in %s; the sequences are %s, check --env"
                                .formatted(arn, environment, Names.list(sequences))));
        return executions.find(arn).map(one -> new Found(sequence, one)).orElseThrow(() -> none(arn.toString()));
    }

    private Found ofName(List<String> candidates, String name) {
        if (!name.matches("[A-Za-z0-9_.-]{1,80}")) {
            throw none(name);
        }
        List<Found> found = new ArrayList<>();
        for (String sequence : candidates) {
            executions
                    .stateMachine(STATE_MACHINE.formatted(environment, sequence))
                    .flatMap(machine -> executions.find(ExecutionArn.of(machine, name)))
                    .ifPresent(one -> found.add(new Found(sequence, one)));
        }
        if (found.size() > 1) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "several sequences have an execution %s; name the one that is meant: %s"
                            .formatted(
                                    name,
                                    Names.list(found.stream()
                                            .map(one -> one.sequence() + "/" + name)
                                            .toList())));
        }
        return found.stream().findFirst().orElseThrow(() -> none(name));
    }

    private JobFailure none(String word) {
        return new JobFailure(
                FailureKind.MISSING_INPUT,
                "there is no execution %s in %s at %s; name a sequence (%s) for its newest, or an execution as the console lists it"
                        .formatted(word, environment, executions.place(), Names.list(sequences)));
    }
}
