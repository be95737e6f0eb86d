package com.omc.flywheel.sequence.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.deployment.StepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is kept of a run that has ended, well or badly: {@code <id>.json} in a folder of runs.
 *
 * @param id the name of the execution
 * @param sequence which one
 * @param environment where it ran
 * @param input as it was started with
 * @param snapshot the one that was decided; empty when none was
 * @param outcome {@code succeeded} or {@code failed}, on AWS also {@code aborted} or {@code timed_out}
 * @param steps in the order of the sequence
 */
public record RunRecord(
        String id,
        String sequence,
        String environment,
        JsonNode input,
        Optional<String> snapshot,
        String outcome,
        Instant began,
        Instant ended,
        List<StepRecord> steps) {
    private static final int FORMAT_VERSION = 1;

    /**
     * One step.
     *
     * @param arguments of its last job run, by name with hyphens; without those that say that they are absent
     * @param attempts how many job runs it took, recoveries not counted
     * @param jobRunId of the last one; empty when none was started
     * @param cause of a failure
     * @param output what it has written; empty when it writes nothing, did not end well, or is not known
     */
    public record StepRecord(
            String step,
            StepOutcome outcome,
            long seconds,
            int attempts,
            Optional<String> jobRunId,
            Map<String, String> arguments,
            Optional<String> cause,
            Optional<StepOutput> output) {

        public StepRecord {
            arguments = arguments.entrySet().stream()
                    .filter(argument -> !argument.getValue().equals(ArgumentRecord.ABSENT))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        /** The arguments by the names that jobs declare. */
        public static Map<String, String> withoutHyphens(Map<String, String> arguments) {
            Map<String, String> names = new TreeMap<>();
            arguments.forEach((name, value) -> names.put(name.replaceFirst("^--", ""), value));
            return names;
        }
    }

    public RunRecord {
        steps = List.copyOf(steps);
    }

    /** The input of an execution as it is kept: what is no JSON is kept as a text. */
    public static JsonNode input(String text) {
        try {
            JsonNode read = new ObjectMapper().readTree(text);
            return read.isMissingNode() ? JsonNodeFactory.instance.textNode(text) : read;
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    /** Writes the record; throws ENVIRONMENT when it cannot. */
    public Path writeTo(Path folder) {
        Path file = folder.resolve(id + ".json");
        try {
            Files.createDirectories(folder);
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"));
            Files.writeString(file, new ObjectMapper().writer(printer).writeValueAsString(json()) + "\n");
            return file;
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "the record of the run cannot be written to %s (%s)".formatted(file, e),
                    e);
        }
    }

    private JsonNode json() {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("format_version", FORMAT_VERSION);
        run.put("id", id).put("sequence", sequence).put("environment", environment);
        run.put("snapshot_dt", snapshot.orElse(null)).put("outcome", outcome);
        run.put("began", time(began)).put("ended", time(ended));
        run.put("seconds", Duration.between(began, ended).toSeconds());
        run.set("input", input);
        steps.forEach(step -> run.withArray("steps").add(json(step)));
        return run;
    }

    private static JsonNode json(StepRecord step) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("step", step.step()).put("outcome", step.outcome().label()).put("seconds", step.seconds());
        json.put("attempts", step.attempts()).put("job_run_id", step.jobRunId().orElse(null));
        ObjectNode arguments = json.putObject("arguments");
        new TreeMap<>(step.arguments()).forEach(arguments::put);
        step.cause().ifPresent(cause -> json.put("cause", cause));
        step.output().ifPresent(output -> json.put("tables", output.tables())
                .put("rows", output.rows())
                .put("files", output.files())
                .put("bytes", output.bytes()));
        return json;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
