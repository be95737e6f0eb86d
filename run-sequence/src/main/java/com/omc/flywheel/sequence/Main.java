package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The program behind {@code run-sequence/run}: it finds the command that the first words name, and runs it. */
public final class Main {
    /** The root folder of this project; the script sets it. */
    private static final String HOME = "flywheel.home";

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    private static final int BUSY = FailureKind.BUSY.exitCode();

    private final List<Command> commands;

    Main(List<Command> commands) {
        this.commands = List.copyOf(commands);
    }

    public static void main(String[] words) {
        Path home = Path.of(System.getProperty(HOME, ""));
        AwsSurroundings aws = AwsSurroundings.ofThisProcess(home);
        Main main = new Main(List.of(
                new LocalSequenceCommand(home, LocalSequence.BUCKETED),
                new LocalSequenceCommand(home, LocalSequence.PARTITIONED),
                new PlanCommand(home, LocalSequence.BUCKETED),
                new PlanCommand(home, LocalSequence.PARTITIONED),
                new LocalSqlCommand(home),
                new LocalReportCommand(home),
                new LocalStatusCommand(home, System.getenv()),
                new LocalS3Command(home),
                new LocalGlueCommand(home),
                new AwsRunCommand("bucketed", aws),
                new AwsRunCommand("partitioned", aws),
                new AwsAttachCommand(aws),
                new AwsStopCommand(aws),
                new AwsRedriveCommand(aws)));
        System.exit(main.run(List.of(words), System.out, System.err));
    }

    /**
     * The exit code: 0 when the command did its work, 2 when it could not be understood, that of {@link
     * FailureKind#BUSY} when another run was in its way, 10 and the number of a sequence's step when that step failed, 1
     * when it failed for another reason.
     */
    int run(List<String> words, PrintStream output, PrintStream errors) {
        for (Command command : commands) {
            int length = command.name().size();
            if (words.size() >= length && words.subList(0, length).equals(command.name())) {
                return run(command, words.subList(length, words.size()), output, errors);
            }
        }
        boolean helpAsked = words.equals(List.of("--help"));
        (helpAsked ? output : errors).print(usage());
        return helpAsked ? DONE : WRONG_USE;
    }

    private static int run(Command command, List<String> words, PrintStream output, PrintStream errors) {
        if (words.contains("--help")) {
            output.print(command.help());
            return DONE;
        }
        try {
            command.run(CommandOptions.read(command.options(), words), output);
            return DONE;
        } catch (SequenceFailure e) {
            errors.println(e.getMessage());
            return e.exitCode();
        } catch (StepFailure e) {
            errors.println(e.getMessage());
            return e.exitCode() == BUSY ? BUSY : FAILED;
        } catch (JobFailure e) {
            errors.println(e.getMessage());
            return e.kind() == FailureKind.BAD_ARGUMENT ? WRONG_USE : e.kind().exitCode();
        }
    }

    private String usage() {
        int width = commands.stream()
                .mapToInt(command -> String.join(" ", command.name()).length())
                .max()
                .orElse(0);
        String list = commands.stream()
                .map(command ->
                        "  %-".concat(width + "s  %s%n").formatted(String.join(" ", command.name()), command.purpose()))
                .collect(Collectors.joining());
        return "usage: run-sequence/run <command> [options]%n%n%s%n<command> --help lists its options.%n"
                .formatted(list);
    }
}
