package com.omc.flywheel.sequence;

import com.omc.flywheel.sequence.aws.EventClock;
import com.omc.flywheel.sequence.aws.Execution;
import com.omc.flywheel.sequence.aws.ExecutionFinder;
import com.omc.flywheel.sequence.aws.ExecutionTrace;
import com.omc.flywheel.sequence.aws.Executions;
import com.omc.flywheel.sequence.aws.FailedStep;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code aws redrive}: the line that makes an ended execution go on, which it leaves to the caller to run. */
final class AwsRedriveCommand implements Command {
    private final AwsSurroundings surroundings;

    AwsRedriveCommand(AwsSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public List<String> name() {
        return List.of("aws", "redrive");
    }

    @Override
    public String purpose() {
        return "Prints the line that makes a run on AWS go on from where it was stopped, or start anew; changes nothing.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(AwsSurroundings.EXECUTION, AwsSurroundings.ENV, AwsSurroundings.REGION);
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        AwsCommandLine lines = AwsCommandLine.of(options);
        String word = AwsSurroundings.execution(options);
        try (Executions executions = surroundings.executions(lines.region())) {
            ExecutionFinder.Found found = surroundings.finder(executions, lines).find(word);
            Execution execution = found.execution();
            output.printf("execution %s of %s: ", execution.name(), found.sequence());
            switch (execution.state()) {
                case RUNNING, PENDING_REDRIVE ->
                    output.printf("it still runs; follow it:%n  %s%n", lines.attach(found.sequence(), execution.arn()));
                case SUCCEEDED -> output.printf("it succeeded; there is nothing left to do%n");
                case ABORTED, TIMED_OUT -> output.print(goOn(execution, executions, found.sequence(), lines));
                case FAILED ->
                    output.printf(
                            "it failed, and a redrive would fail again at the same place: the failure was dealt with, the execution only ends with it.%nWhen the cause is mended, start anew; what is finished is found published:%n  %s%n",
                            resume(execution, executions, found.sequence(), lines));
            }
        }
    }

    private String goOn(Execution execution, Executions executions, String sequence, AwsCommandLine lines) {
        String ended = "it ended as %s".formatted(execution.state());
        Optional<String> refused = execution.notRedrivable();
        return refused.isPresent()
                ? "%s, and Step Functions would not redrive it (%s); start anew:%n  %s%n"
                        .formatted(ended, refused.get(), resume(execution, executions, sequence, lines))
                : "%s; this makes it go on from there, and this follows it:%n  aws stepfunctions redrive-execution --execution-arn %s --region %s%n  %s%n"
                        .formatted(
                                ended,
                                execution.arn(),
                                execution.arn().region(),
                                lines.attach(sequence, execution.arn()));
    }

    private String resume(Execution execution, Executions executions, String sequence, AwsCommandLine lines) {
        SequenceSteps steps = SequenceSteps.read(surroundings.home(), sequence);
        EventClock clock = new EventClock();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ExecutionTrace trace = new ExecutionTrace(execution.arn(), steps, new StepDisplay(nowhere, clock), clock);
        trace.tell(executions.history(execution.arn(), trace.last()));
        List<String> failed = trace.failedSteps().stream().map(FailedStep::step).toList();
        return lines.resume(steps, execution.input().orElse(""), trace.snapshot(), failed);
    }
}
