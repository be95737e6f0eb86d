package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.JobFailure;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Something that {@link Main} can be asked to do. */
interface Command {
    /** The column of the names of options in the help. */
    int NARROWEST = 22;

    /** The words that call it, for example {@code local} and {@code s3}. */
    List<String> name();

    /** What it does, as a sentence. */
    String purpose();

    /** What it can be told besides {@code --help}. */
    List<CommandOption> options();

    /**
     * Does it, and returns when it is done.
     *
     * @param output for what the caller asked for; progress and warnings go to the log
     * @throws JobFailure when the caller or the surroundings are at fault
     */
    void run(CommandOptions options, PrintStream output);

    /** The text of {@code --help}. */
    default String help() {
        int width = Math.max(
                NARROWEST,
                options().stream()
                                .mapToInt(option -> option.synopsis().length())
                                .max()
                                .orElse(0)
                        + 1);
        String line = "  %%-%ds%%s%%n".formatted(width);
        String list = options().stream()
                .map(option -> line.formatted(option.synopsis(), option.help()))
                .collect(Collectors.joining());
        return "%s: %s%n%n%s%s"
                .formatted(String.join(" ", name()), purpose(), list, line.formatted("--help", "prints this"));
    }
}
