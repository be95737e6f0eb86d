package com.omc.flywheel.sequence;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values that were given for the options of a command; of a repeated option the last counts.
 *
 * <p>A value that cannot be read is a BAD_ARGUMENT that names the option and what was expected.
 */
record CommandOptions(Map<String, String> values) {

    CommandOptions {
        values = Map.copyOf(values);
    }

    /**
     * Reads names and values in any order.
     *
     * @throws JobFailure BAD_ARGUMENT naming every word that is not understood
     */
    static CommandOptions read(List<CommandOption> known, List<String> words) {
        Map<String, String> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Optional<CommandOption> option = find(known, word);
            if (option.isEmpty()) {
                problems.add("%s is not an option".formatted(word));
            } else if (option.get().isValueAlone()) {
                String before = values.putIfAbsent(option.get().name(), word);
                if (before != null) {
                    problems.add("%s is one %s too many after %s"
                            .formatted(word, option.get().name(), before));
                }
            } else if (!option.get().hasValue()) {
                values.put(word, "");
            } else if (i + 1 == words.size() || words.get(i + 1).startsWith("--")) {
                problems.add("%s has no value".formatted(word));
            } else {
                values.put(word, words.get(++i));
            }
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_ARGUMENT, "the options cannot be read; --help lists them:", problems);
        }
        return new CommandOptions(values);
    }

    private static Optional<CommandOption> find(List<CommandOption> known, String word) {
        return known.stream()
                .filter(option -> option.isValueAlone()
                        ? !word.startsWith("-")
                        : option.name().equals(word))
                .findFirst();
    }

    boolean isGiven(CommandOption option) {
        return values.containsKey(option.name());
    }

    Optional<String> text(CommandOption option) {
        return Optional.ofNullable(values.get(option.name()));
    }

    Optional<Path> path(CommandOption option) {
        try {
            return text(option).map(Path::of);
        } catch (InvalidPathException e) {
            throw unreadable(option, "a path", e);
        }
    }

    Optional<Integer> number(CommandOption option) {
        try {
            return text(option).map(Integer::valueOf);
        } catch (NumberFormatException e) {
            throw unreadable(option, "a whole number", e);
        }
    }

    /** A snapshot; {@code _NONE_} is as good as no value, as it is in the arguments of jobs. */
    Optional<SnapshotDate> snapshot(CommandOption option) {
        try {
            return text(option)
                    .filter(text -> !text.equals(ArgumentRecord.ABSENT))
                    .map(SnapshotDate::parse);
        } catch (IllegalArgumentException e) {
            throw new JobFailure(FailureKind.BAD_ARGUMENT, "%s: %s".formatted(option.name(), e.getMessage()), e);
        }
    }

    private JobFailure unreadable(CommandOption option, String expected, Exception cause) {
        String message = "%s: expected %s, got \"%s\"".formatted(option.name(), expected, values.get(option.name()));
        return new JobFailure(FailureKind.BAD_ARGUMENT, message, cause);
    }
}
