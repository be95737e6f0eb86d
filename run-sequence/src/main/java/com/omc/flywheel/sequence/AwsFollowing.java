package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.sequence.aws.EventClock;
import com.omc.flywheel.sequence.aws.Execution;
import com.omc.flywheel.sequence.aws.ExecutionArn;
import com.omc.flywheel.sequence.aws.ExecutionEnd;
import com.omc.flywheel.sequence.aws.ExecutionFollower;
import com.omc.flywheel.sequence.aws.ExecutionState;
import com.omc.flywheel.sequence.aws.ExecutionTrace;
import com.omc.flywheel.sequence.aws.Executions;
import com.omc.flywheel.sequence.aws.FailedStep;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.runs.RunRecord;
import com.omc.flywheel.sequence.runs.StepOutput;
import com.omc.flywheel.sequence.runs.StepOutputs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows an execution on AWS until it ends; Ctrl-C only ends the showing. */
final class AwsFollowing {
    private final AwsSurroundings surroundings;
    private final AwsCommandLine lines;
    private final Executions executions;
    private final PrintStream output;

    AwsFollowing(AwsSurroundings surroundings, AwsCommandLine lines, Executions executions, PrintStream output) {
        this.surroundings = surroundings;
        this.lines = lines;
        this.executions = executions;
        this.output = output;
    }

    /**
     * Returns when it has succeeded.
     *
     * @throws SequenceFailure when it ended otherwise
     */
    void follow(SequenceSteps sequence, ExecutionArn arn) {
        EventClock clock = new EventClock();
        StepDisplay display = new StepDisplay(output, clock);
        ExecutionTrace trace = new ExecutionTrace(arn, sequence, display, clock);
        Thread hook = new Thread(() -> sayThatItGoesOn(sequence, arn), "detach-from-execution");
        ExecutionEnd end;
        surroundings.hooks().add(hook);
        try {
            end = new ExecutionFollower(executions, surroundings.pause(), output::println).follow(arn, trace);
        } catch (JobFailure e) {
            sayThatItGoesOn(sequence, arn);
            throw e;
        } finally {
            surroundings.hooks().remove(hook);
        }
        output.println();
        output.print(display.summary());
        keepRecord(sequence, arn, trace, end, clock.instant());
        if (end.state() != ExecutionState.SUCCEEDED) {
            throw failure(sequence, end, message(sequence, arn, trace, end));
        }
        output.printf("%nexecution %s succeeded%n", arn.name());
    }

    /** A record that cannot be kept must not hide how the execution ended. */
    private void keepRecord(
            SequenceSteps sequence, ExecutionArn arn, ExecutionTrace trace, ExecutionEnd end, Instant ended) {
        Path folder = surroundings.runs().resolve(lines.environment()).resolve(sequence.sequence());
        try {
            output.printf(
                    "%nrecord  %s%n", record(sequence, arn, trace, end, ended).writeTo(folder));
        } catch (JobFailure e) {
            output.printf("%nno record of this run is kept: %s%n", e.getMessage());
        }
    }

    /** What the steps have written is read with the caller's own rights, which may not reach that far. */
    private RunRecord record(
            SequenceSteps sequence, ExecutionArn arn, ExecutionTrace trace, ExecutionEnd end, Instant ended) {
        try (StepOutputs known = new ReachableOutputs(surroundings.outputs(arn.region()), output)) {
            return new RunRecord(
                    arn.name(),
                    sequence.sequence(),
                    lines.environment(),
                    RunRecord.input(input(arn)),
                    trace.snapshot(),
                    end.state().name().toLowerCase(Locale.ROOT),
                    trace.began().orElse(ended),
                    ended,
                    trace.records(known));
        }
    }

    /** Says what cannot be reached, and does without it. */
    private record ReachableOutputs(StepOutputs outputs, PrintStream output) implements StepOutputs {
        @Override
        public Optional<StepOutput> of(Map<String, String> arguments) {
            try {
                return outputs.of(arguments);
            } catch (JobFailure e) {
                output.printf("the record lacks what a step has written: %s%n", e.getMessage());
                return Optional.empty();
            }
        }

        @Override
        public Map<String, String> arguments(String job, Map<String, String> given) {
            try {
                return outputs.arguments(job, given);
            } catch (JobFailure e) {
                output.printf("the record lacks arguments of a step: %s%n", e.getMessage());
                return given;
            }
        }

        @Override
        public void close() {
            outputs.close();
        }
    }

    /**
     * Names the execution.
     *
     * @param how what is to be said of where it comes from
     */
    void sayWhere(ExecutionArn arn, String how) {
        output.printf("execution %s of %s in %s: %s%n", arn.name(), arn.stateMachine(), arn.region(), how);
        arn.page().ifPresent(page -> output.printf("  %s%n", page));
    }

    /** What to do about an execution that is not followed. */
    void sayThatItGoesOn(SequenceSteps sequence, ExecutionArn arn) {
        output.printf(
                "%nexecution %s goes on by itself%n  follow it: %s%n  stop it:   %s%n",
                arn.name(), lines.attach(sequence.sequence(), arn), lines.stop(sequence.sequence(), arn));
        output.flush();
    }

    private static SequenceFailure failure(SequenceSteps sequence, ExecutionEnd end, String message) {
        if (end.failedSteps().isEmpty()) {
            return SequenceFailure.ofNoStep(message);
        }
        return SequenceFailure.of(
                sequence.number(end.failedSteps().get(0).step()),
                end.failedSteps().stream().map(FailedStep::cause).toList(),
                message);
    }

    private String message(SequenceSteps sequence, ExecutionArn arn, ExecutionTrace trace, ExecutionEnd end) {
        List<String> failed = end.failedSteps().stream().map(FailedStep::step).toList();
        String resume = lines.resume(sequence, input(arn), trace.snapshot(), failed);
        String reason = end.reason().isBlank() ? "" : " (%s)".formatted(end.reason());
        return switch (end.state()) {
            case ABORTED, TIMED_OUT ->
                "execution %s %s%s%n  go on with it: %s%n  or start anew: %s"
                        .formatted(
                                arn.name(),
                                end.state() == ExecutionState.ABORTED ? "was stopped" : "took too long",
                                reason,
                                lines.redrive(sequence.sequence(), arn),
                                resume);
            default ->
                "execution %s failed%s%s%n  when the cause is mended: %s"
                        .formatted(arn.name(), at(sequence, failed), reason, resume);
        };
    }

    private static String at(SequenceSteps sequence, List<String> failedSteps) {
        return failedSteps.isEmpty()
                ? ""
                : " at %s, step %d of %d"
                        .formatted(
                                Names.list(failedSteps),
                                sequence.number(failedSteps.get(0)),
                                sequence.names().size());
    }

    /** Only for the line to go on with: without it that line says less. */
    private String input(ExecutionArn arn) {
        try {
            return executions.find(arn).flatMap(Execution::input).orElse("");
        } catch (JobFailure e) {
            return "";
        }
    }
}
