package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.aws.ExecutionStarter;
import com.omc.flywheel.sequence.aws.Executions;
import com.omc.flywheel.sequence.aws.SequenceInput;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** {@code aws bucketed} and {@code aws partitioned}: the sequence on AWS, started, or attached to where it runs. */
final class AwsRunCommand implements Command {
    private static final CommandOption SNAPSHOT_DT =
            new CommandOption("--snapshot-dt", "DATE", "the snapshot to read; default the newest");
    private static final CommandOption TABLES =
            new CommandOption("--tables", "NAMES", "only these tables, separated by commas; default all");
    private static final CommandOption FORCE =
            CommandOption.flag("--force", "also writes what is already published as it would be written");
    private static final CommandOption ALLOW_MIXED = CommandOption.flag(
            "--allow-mixed-snapshots", "accepts newest snapshots of different dates, and tables of several snapshots");
    private static final CommandOption ALLOW_DROPPED =
            CommandOption.flag("--allow-dropped-columns", "accepts tables with fewer columns than they have now");
    private static final CommandOption FROM =
            new CommandOption("--from", "STEP", "begins with the stage of this step, and so with the steps beside it");
    private static final CommandOption ONLY =
            new CommandOption("--only", "STEP", "runs this step alone, once the snapshot is decided");
    private static final CommandOption SKIP = new CommandOption(
            "--skip", "STEPS", "leaves these steps out, separated by commas, and not the steps beside them");
    private static final CommandOption DETACH = CommandOption.flag("--detach", "starts it and does not follow it");

    private final String sequence;
    private final AwsSurroundings surroundings;

    AwsRunCommand(String sequence, AwsSurroundings surroundings) {
        this.sequence = sequence;
        this.surroundings = surroundings;
    }

    @Override
    public List<String> name() {
        return List.of("aws", sequence);
    }

    @Override
    public String purpose() {
        return "Runs the sequence %s on AWS and follows it, or the run of the same snapshot that is on its way."
                .formatted(sequence);
    }

    @Override
    public List<CommandOption> options() {
        return List.of(
                AwsSurroundings.ENV,
                SNAPSHOT_DT,
                TABLES,
                FORCE,
                ALLOW_MIXED,
                ALLOW_DROPPED,
                FROM,
                ONLY,
                SKIP,
                DETACH,
                AwsSurroundings.REGION);
    }

    @Override
    public String help() {
        SequenceSteps steps = SequenceSteps.read(surroundings.home(), sequence);
        StringBuilder text = new StringBuilder(Command.super.help());
        text.append("%nSteps, by stage; those of one stage run at the same time:%n".formatted());
        steps.stages().forEach(stage -> text.append("  %s%n".formatted(String.join(", ", stage.steps()))));
        text.append(
                "%nCtrl-C ends the following only. The exit code is 10 and the number of the step that failed (%s is 1);%n75 when all that failed did so as another run was at work; 1 when the run was stopped, took too long or could%nnot be started; 2 for wrong use.%n"
                        .formatted(SequenceSteps.FIRST));
        return text.toString();
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        AwsCommandLine lines = AwsCommandLine.of(options);
        SequenceSteps steps = SequenceSteps.read(surroundings.home(), sequence);
        SequenceInput input = new SequenceInput(
                options.snapshot(SNAPSHOT_DT),
                options.text(TABLES).map(AwsRunCommand::tables),
                options.isGiven(FORCE),
                options.isGiven(ALLOW_MIXED),
                options.isGiven(ALLOW_DROPPED),
                steps.skipped(options.text(FROM), options.text(ONLY), options.text(SKIP)));
        try (Executions executions = surroundings.executions(lines.region())) {
            String stateMachine = surroundings.finder(executions, lines).stateMachine(sequence);
            ExecutionStarter.Begun begun =
                    new ExecutionStarter(executions, surroundings.clock()).start(stateMachine, input);
            AwsFollowing following = new AwsFollowing(surroundings, lines, executions, output);
            following.sayWhere(begun.arn(), begun.how());
            if (options.isGiven(DETACH)) {
                following.sayThatItGoesOn(steps, begun.arn());
            } else {
                following.follow(steps, begun.arn());
            }
        }
    }

    private static String tables(String text) {
        return Optional.of(text)
                .filter(names -> names.matches("[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*"))
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_ARGUMENT,
                        "--tables: expected names like IBE_01,IBE_02 without spaces, got \"%s\"".formatted(text)));
    }
}
