package com.omc.flywheel.sequence;

import com.omc.flywheel.sequence.aws.Execution;
import com.omc.flywheel.sequence.aws.Executions;
import java.io.PrintStream;
import java.util.List;

/** {@code aws stop}: ends an execution and the job runs that it waits for. */
final class AwsStopCommand implements Command {
    private final AwsSurroundings surroundings;

    AwsStopCommand(AwsSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public List<String> name() {
        return List.of("aws", "stop");
    }

    @Override
    public String purpose() {
        return "Stops a run on AWS and its job runs; what they leave half done is undone or finished by the next run.";
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
            var found = surroundings.finder(executions, lines).find(word);
            Execution execution = found.execution();
            if (execution.state().hasEnded()) {
                output.printf(
                        "execution %s has already ended, as %s; there is nothing to stop%n",
                        execution.name(), execution.state());
                return;
            }
            executions.stop(
                    execution.arn(), "stopped by %s with run-sequence/run aws stop".formatted(surroundings.user()));
            output.printf(
                    "execution %s of %s is stopped%n"
                            + "  Step Functions also stops the Glue job runs that it was waiting for (glue:BatchStopJobRun).%n"
                            + "  Nothing is lost: the next run of each job finishes or undoes what was left half done.%n"
                            + "  see how it ended: %s%n"
                            + "  go on with it:    %s%n",
                    execution.name(),
                    found.sequence(),
                    lines.attach(found.sequence(), execution.arn()),
                    lines.redrive(found.sequence(), execution.arn()));
        }
    }
}
