package com.omc.flywheel.testdata;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The options of one call of {@link GenerateSnapshots}. */
record GeneratorCommand(GeneratorOptions options, Path out) {
    private static final GeneratorOptions DEFAULTS = GeneratorOptions.defaults();

    private static final Map<String, String> HELP = help();

    /**
     * Reads pairs of a name and a value in any order; of a repeated name the last counts.
     *
     * @throws IllegalArgumentException naming every problem of every option at once
     */
    static GeneratorCommand parse(List<String> arguments) {
        List<String> problems = new ArrayList<>();
        Values values = new Values(pairs(arguments, problems), problems);
        Optional<Path> out = values.read("--out", GeneratorCommand::path);
        if (!values.pairs().containsKey("--out")) {
            problems.add("--out is missing: name the folder to write to");
        }
        int rows = values.read("--rows", GeneratorCommand::count).orElse(DEFAULTS.rows());
        long seed = values.read("--seed", GeneratorCommand::number).orElse(DEFAULTS.seed());
        List<LocalDate> snapshots =
                values.read("--snapshots", GeneratorCommand::days).orElse(DEFAULTS.snapshots());
        Set<Fault> faults = values.read("--faults", GeneratorCommand::faults).orElse(DEFAULTS.faults());
        Optional<Path> mapping = values.read("--mapping", GeneratorCommand::existingFile);
        int files = values.read("--files", GeneratorCommand::count).orElse(DEFAULTS.files());
        int rowGroups = values.read("--row-groups", GeneratorCommand::count).orElse(DEFAULTS.rowGroupsPerFile());
        Optional<GeneratorOptions> options = Optional.empty();
        try {
            options = Optional.of(new GeneratorOptions(rows, seed, snapshots, faults, mapping, files, rowGroups));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new GeneratorCommand(options.orElseThrow(), out.orElseThrow());
    }

    static String usage() {
        String options = HELP.entrySet().stream()
                .map(option -> "  %-26s%s%n".formatted(option.getKey(), option.getValue()))
                .collect(Collectors.joining());
        String faults = Arrays.stream(Fault.values())
                .map(fault -> "  %-26s%s%n".formatted(fault.commandLineName(), fault.summary()))
                .collect(Collectors.joining());
        return "Writes snapshots of the wide table and of the addressable-id table.%n%n%s%nFaults, all of them in the newest snapshot of the wide table:%n%s"
                .formatted(options, faults);
    }

    private static Map<String, String> help() {
        Map<String, String> help = new LinkedHashMap<>();
        help.put("--out DIR", "the folder to write to; required");
        help.put("--rows N", "rows in each snapshot of the wide table; default " + DEFAULTS.rows());
        help.put("--seed N", "chooses keys and values; default " + DEFAULTS.seed());
        help.put("--snapshots DAY,DAY", "days to generate; default " + joined(DEFAULTS.snapshots()));
        help.put("--faults NAME,NAME", "what to spoil, see below; default nothing");
        help.put("--mapping FILE", "a table-split file to take the wide table's columns from; default built in");
        help.put("--files N", "files in each snapshot folder; default " + DEFAULTS.files());
        help.put("--row-groups N", "row groups in each file; default " + DEFAULTS.rowGroupsPerFile());
        help.put("--help", "shows this");
        return help;
    }

    private static Map<String, String> pairs(List<String> arguments, List<String> problems) {
        Set<String> known = HELP.keySet().stream()
                .map(option -> option.replaceFirst(" .*", ""))
                .collect(Collectors.toSet());
        Map<String, String> pairs = new LinkedHashMap<>();
        int position = 0;
        while (position < arguments.size()) {
            String name = arguments.get(position++);
            if (!known.contains(name)) {
                problems.add("%s is not an option".formatted(name));
                boolean hasValue = name.startsWith("--")
                        && position < arguments.size()
                        && !arguments.get(position).startsWith("--");
                position += hasValue ? 1 : 0;
            } else if (position == arguments.size() || arguments.get(position).startsWith("--")) {
                problems.add("%s has no value".formatted(name));
            } else {
                pairs.put(name, arguments.get(position++));
            }
        }
        return pairs;
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number from 1, got " + text, e);
        }
        throw new IllegalArgumentException("expected a whole number from 1, got " + text);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number, got " + text, e);
        }
    }

    private static List<LocalDate> days(String text) {
        List<LocalDate> days = new ArrayList<>();
        for (String day : text.split(",", -1)) {
            try {
                days.add(LocalDate.parse(day));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("expected days like 2025-10-01,2025-11-01, got " + text, e);
            }
        }
        return days;
    }

    private static Set<Fault> faults(String text) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (String name : text.split(",", -1)) {
            faults.add(Fault.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("no fault is called %s; there are %s"
                            .formatted(
                                    name,
                                    joined(Arrays.stream(Fault.values())
                                            .map(Fault::commandLineName)
                                            .toList())))));
        }
        return faults;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a path, got " + text, e);
        }
    }

    private static Path existingFile(String text) {
        Path path = path(text);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("there is no file " + text);
        }
        return path;
    }

    /** The values by name, and where to put what is wrong with them. */
    private record Values(Map<String, String> pairs, List<String> problems) {
        private <T> Optional<T> read(String name, Function<String, T> parser) {
            if (!pairs.containsKey(name)) {
                return Optional.empty();
            }
            try {
                return Optional.of(parser.apply(pairs.get(name)));
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
                return Optional.empty();
            }
        }
    }
}
