package com.omc.flywheel.sequence;

import com.omc.flywheel.sequence.aws.ExecutionFinder;
import com.omc.flywheel.sequence.aws.Executions;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import java.io.PrintStream;
import java.util.List;

/** {@code aws attach}: shows an execution from its beginning, and follows it to its end. */
final class AwsAttachCommand implements Command {
    private final AwsSurroundings surroundings;

    AwsAttachCommand(AwsSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public List<String> name() {
        return List.of("aws", "attach");
    }

    @Override
    public String purpose() {
        return "Shows a run on AWS from its beginning and follows it to its end, with the exit code of a run.";
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
            AwsFollowing following = new AwsFollowing(surroundings, lines, executions, output);
            following.sayWhere(found.execution().arn(), "attached");
            following.follow(
                    SequenceSteps.read(surroundings.home(), found.sequence()),
                    found.execution().arn());
        }
    }
}
