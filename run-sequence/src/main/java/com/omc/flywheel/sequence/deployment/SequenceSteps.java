package com.omc.flywheel.sequence.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The steps of a run sequence, in the order in which its definition in Amazon States Language has them.
 *
 * <p>A stage is a Parallel state of the definition, and a step is a branch of it, known by the name of its job run.
 *
 * @param sequence its name, for example {@code bucketed}
 * @param stages never empty; no step is in two of them
 */
public record SequenceSteps(String sequence, List<Stage> stages) {
    /** The step that every run begins with, and that none can do without: it decides the snapshot. */
    public static final String FIRST = "resolve-snapshot";

    private static final String SUFFIX = ".asl.json";
    private static final String JOB_RUN = "arn:aws:states:::glue:startJobRun.sync";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Steps that run at the same time.
     *
     * @param name the name of the Parallel state, for example {@code splits}
     * @param steps one of each branch
     */
    public record Stage(String name, List<String> steps) {
        public Stage {
            steps = List.copyOf(steps);
        }
    }

    public SequenceSteps {
        stages = List.copyOf(stages);
    }

    /**
     * Reads {@code run-sequence/<sequence>.asl.json}.
     *
     * @param home the root folder of this project
     * @throws JobFailure BAD_ARGUMENT naming the sequences that there are, when this is none of them
     */
    public static SequenceSteps read(Path home, String sequence) {
        Path folder = home.resolve("run-sequence");
        List<String> known = sequences(folder);
        if (!known.contains(sequence)) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "there is no sequence %s; the sequences are %s".formatted(sequence, Names.list(known)));
        }
        Path file = folder.resolve(sequence + SUFFIX);
        try {
            return of(sequence, JSON.readTree(file.toFile()), file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The sequences that there are, by name.
     *
     * @param home the root folder of this project
     */
    public static List<String> known(Path home) {
        return sequences(home.resolve("run-sequence"));
    }

    /** Every step, in order. */
    public List<String> names() {
        return stages.stream().flatMap(stage -> stage.steps().stream()).toList();
    }

    /** The place of a step in the sequence; the first is 1. */
    public int number(String step) {
        int index = names().indexOf(step);
        if (index < 0) {
            throw new IllegalArgumentException("%s is not a step of %s".formatted(step, sequence));
        }
        return index + 1;
    }

    /**
     * The steps to leave out, in order. One of the three at most is given; with none, nothing is left out.
     *
     * @param from a step: the stages before its own are left out, while the steps beside it run
     * @param only a step: all others are left out, but for the first, which decides the snapshot
     * @param skip steps separated by commas; the steps beside them run
     * @throws JobFailure BAD_ARGUMENT naming every name that is not a step, and the steps
     */
    public List<String> skipped(Optional<String> from, Optional<String> only, Optional<String> skip) {
        if (Stream.of(from, only, skip).filter(Optional::isPresent).count() > 1) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT, "--from, --only and --skip exclude each other; give one of them");
        }
        if (from.isPresent()) {
            return before(known("--from", from.get()));
        }
        if (only.isPresent()) {
            String step = known("--only", only.get());
            return names().stream()
                    .filter(name -> !name.equals(step) && !name.equals(FIRST))
                    .toList();
        }
        return skip.map(this::listed).orElseGet(List::of);
    }

    private List<String> before(String step) {
        return stages.stream()
                .takeWhile(stage -> !stage.steps().contains(step))
                .flatMap(stage -> stage.steps().stream())
                .filter(name -> !name.equals(FIRST))
                .toList();
    }

    private List<String> listed(String text) {
        List<String> asked =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        requireKnown("--skip", asked);
        if (asked.contains(FIRST)) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "--skip: %s cannot be skipped, it decides the snapshot of all others; leave it out"
                            .formatted(FIRST));
        }
        return names().stream().filter(asked::contains).toList();
    }

    private String known(String option, String step) {
        requireKnown(option, List.of(step));
        return step;
    }

    private void requireKnown(String option, List<String> asked) {
        List<String> names = names();
        List<String> problems = asked.stream()
                .filter(step -> !names.contains(step))
                .map(step -> "\"%s\" is not a step%s"
                        .formatted(
                                step,
                                Names.nearest(step, names)
                                        .map("; is %s meant?"::formatted)
                                        .orElse("")))
                .distinct()
                .toList();
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_ARGUMENT,
                    "%s: the steps of %s are %s:".formatted(option, sequence, Names.list(names)),
                    problems);
        }
    }

    private static SequenceSteps of(String sequence, JsonNode definition, Path file) {
        List<Stage> stages = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> state : definition.path("States").properties()) {
            if (isOfType(state.getValue(), "Parallel")) {
                List<String> steps = new ArrayList<>();
                for (JsonNode branch : state.getValue().path("Branches")) {
                    step(branch)
                            .ifPresentOrElse(
                                    steps::add,
                                    () -> problems.add("the stage %s has a branch without a job run named like a step"
                                            .formatted(state.getKey())));
                }
                steps.stream()
                        .filter(step -> !seen.add(step))
                        .forEach(step -> problems.add("the step %s is there twice".formatted(step)));
                stages.add(new Stage(state.getKey(), steps));
            }
        }
        if (!seen.contains(FIRST)) {
            problems.add("the step %s is not there".formatted(FIRST));
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA, "%s does not have the form of a sequence:".formatted(file), problems);
        }
        return new SequenceSteps(sequence, stages);
    }

    /** The job run whose name has no colon; the others of a branch, such as its recovery, are named after it. */
    private static Optional<String> step(JsonNode branch) {
        return branch.path("States").properties().stream()
                .filter(state -> isOfType(state.getValue(), "Task"))
                .filter(state -> state.getValue().path("Resource").asText().equals(JOB_RUN))
                .map(Map.Entry::getKey)
                .filter(name -> !name.contains(":"))
                .findFirst();
    }

    private static boolean isOfType(JsonNode state, String type) {
        return state.path("Type").asText().equals(type);
    }

    private static List<String> sequences(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static JobFailure unreadable(Path path, IOException cause) {
        return new JobFailure(
                FailureKind.ENVIRONMENT,
                "cannot read %s (%s); is the property flywheel.home the root folder of this project?"
                        .formatted(path, cause.getMessage()),
                cause);
    }
}
