package com.omc.flywheel.sequence.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one job is set up: what a Glue job of AWS has, and a local run takes of it.
 *
 * @param name of the job, without what goes before it in an environment
 * @param mainClass what {@code --class} names
 * @param purpose one sentence
 * @param role which of the roles it runs under
 * @param workerType the size of a worker
 * @param numberOfWorkers how many of them
 * @param timeout after which Glue stops it
 * @param maxConcurrentRuns how many runs of it there may be at a time
 * @param arguments by their names, without hyphens; what a run passes goes before them
 */
public record JobSettings(
        String name,
        String mainClass,
        String purpose,
        String role,
        String workerType,
        int numberOfWorkers,
        Duration timeout,
        int maxConcurrentRuns,
        Map<String, String> arguments) {
    /** The file, from the root of this project. */
    public static final String FILE = "terraform/modules/job-catalog/jobs.json";

    private static final Set<String> MEMBERS = Set.of(
            "class",
            "purpose",
            "role",
            "worker_type",
            "number_of_workers",
            "timeout_min",
            "max_concurrent_runs",
            "arguments");

    public JobSettings {
        arguments = Map.copyOf(arguments);
    }

    /** The template of all jobs. */
    public static Template template(Path home) {
        return Template.read(home.resolve(FILE));
    }

    /**
     * The settings of all jobs in one environment, by the names of the jobs and in the order of the file.
     *
     * @param values what the environment puts in
     * @param overrides by job: the arguments that the environment sets otherwise, or beside those of the file
     * @throws JobFailure BAD_ARGUMENT when a value is absent, or an override is of no job; BAD_DATA when the file is not
     *     as it should be
     */
    public static Map<String, JobSettings> read(
            Path home, Map<String, String> values, Map<String, Map<String, String>> overrides) {
        Template template = template(home);
        JsonNode jobs = parse(template, values);
        Set<String> unknown = new TreeSet<>(overrides.keySet());
        jobs.fieldNames().forEachRemaining(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "%s has no job %s, whose arguments are set".formatted(template.file(), String.join(", ", unknown)));
        }
        Map<String, JobSettings> all = new LinkedHashMap<>();
        jobs.fields().forEachRemaining(job -> {
            Map<String, String> arguments = new LinkedHashMap<>();
            job.getValue()
                    .path("arguments")
                    .fields()
                    .forEachRemaining(argument ->
                            arguments.put(argument.getKey(), argument.getValue().asText()));
            arguments.putAll(overrides.getOrDefault(job.getKey(), Map.of()));
            all.put(job.getKey(), of(template, job.getKey(), job.getValue(), arguments));
        });
        return all;
    }

    private static JsonNode parse(Template template, Map<String, String> values) {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .readTree(template.render(values));
        } catch (JsonProcessingException e) {
            throw new JobFailure(
                    FailureKind.BAD_DATA, "%s is not JSON: %s".formatted(template.file(), e.getOriginalMessage()), e);
        }
    }

    private static JobSettings of(Template template, String name, JsonNode job, Map<String, String> arguments) {
        Set<String> members = new TreeSet<>();
        job.fieldNames().forEachRemaining(members::add);
        if (!members.equals(MEMBERS)) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "%s: the job %s has the members %s; expected are %s"
                            .formatted(template.file(), name, members, new TreeSet<>(MEMBERS)));
        }
        return new JobSettings(
                name,
                job.get("class").asText(),
                job.get("purpose").asText(),
                job.get("role").asText(),
                job.get("worker_type").asText(),
                job.get("number_of_workers").asInt(),
                Duration.ofMinutes(job.get("timeout_min").asInt()),
                job.get("max_concurrent_runs").asInt(),
                arguments);
    }
}
