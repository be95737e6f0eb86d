package com.omc.flywheel.sequence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.jobs.JobCatalog;
import com.omc.flywheel.sequence.asl.ExecutionContext;
import com.omc.flywheel.sequence.asl.ExecutionListener;
import com.omc.flywheel.sequence.asl.Interpreter;
import com.omc.flywheel.sequence.asl.StateMachine;
import com.omc.flywheel.sequence.asl.TaskCall;
import com.omc.flywheel.sequence.deployment.JobSettings;
import com.omc.flywheel.sequence.deployment.Template;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The job run of one step, as the sequence's own file starts it with the input and the environment of the document.
 *
 * @param glueJob the name of the job on AWS
 * @param settings of the job
 * @param timeout after which the step does not wait for it any longer
 * @param arguments that the job gets, from its settings or the step; by their names without hyphens, in the order of
 *     their declaration, and without those that say that they are absent
 */
record DocumentedStep(
        String name, String glueJob, JobSettings settings, Duration timeout, Map<String, String> arguments) {
    static final String SNAPSHOT = "2025-11-01";
    static final String EXECUTION = SNAPSHOT + "-1";

    private static final String NONE = "_NONE_";
    private static final Clock NOON = Clock.fixed(Instant.parse("2025-11-05T12:00:00Z"), ZoneOffset.UTC);

    /** The steps of a sequence whose job runs all end well, in order. */
    static List<DocumentedStep> of(Path home, String sequence, Map<String, String> values) {
        Map<String, JobSettings> jobs = JobSettings.read(home, values, Map.of());
        Path file = home.resolve("run-sequence/%s.asl.json".formatted(sequence));
        StateMachine machine =
                StateMachine.read(file.toString(), Template.read(file).render(values));
        List<DocumentedStep> steps = new ArrayList<>();
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode input = json.objectNode().put("snapshot_dt", SNAPSHOT);
        new Interpreter(
                        call -> switch (call.resource()) {
                            case "arn:aws:states:::glue:startJobRun.sync" -> {
                                steps.add(of(call, values.get("job_prefix"), jobs));
                                yield json.objectNode()
                                        .put("Id", "jr_1")
                                        .put(
                                                "JobName",
                                                steps.get(steps.size() - 1).glueJob())
                                        .put("JobRunState", "SUCCEEDED");
                            }
                            case "arn:aws:states:::aws-sdk:s3:getObject" ->
                                json.objectNode().put("Body", "{\"snapshot_dt\":\"%s\"}".formatted(SNAPSHOT));
                            default -> json.objectNode().put("MessageId", "1");
                        },
                        new ExecutionListener() {},
                        duration -> {},
                        new Random(1),
                        NOON,
                        1)
                .run(machine, new ExecutionContext(sequence, EXECUTION, NOON.instant(), input));
        return steps;
    }

    private static DocumentedStep of(TaskCall call, String prefix, Map<String, JobSettings> jobs) {
        String glueJob = call.parameters().path("JobName").asText();
        JobSettings settings = jobs.get(glueJob.substring(prefix.length()));
        Map<String, String> given = new LinkedHashMap<>(settings.arguments());
        call.parameters()
                .path("Arguments")
                .fields()
                .forEachRemaining(argument -> given.put(
                        argument.getKey().substring(2), argument.getValue().asText()));
        given.values().removeIf(NONE::equals);
        Map<String, String> arguments = new LinkedHashMap<>();
        definition(settings.name()).argumentRecord().names().stream()
                .filter(given::containsKey)
                .forEach(name -> arguments.put(name, given.remove(name)));
        arguments.putAll(given);
        return new DocumentedStep(
                call.state(), glueJob, settings, call.timeout().orElseThrow(), arguments);
    }

    JobDefinition<?> definition() {
        return definition(settings.name());
    }

    private static JobDefinition<?> definition(String job) {
        return JobCatalog.all().stream()
                .filter(definition -> definition.name().equals(job))
                .findFirst()
                .orElseThrow();
    }

    /** What the document says of it between its marks. */
    String markdown() {
        String recovers = definition().argumentRecord().names().contains("RECOVER_ONLY")
                ? "; when it fails, once more with `--RECOVER_ONLY true`"
                : "";
        String lines = arguments.entrySet().stream()
                .map(argument -> "  \"--%s\": \"%s\"".formatted(argument.getKey(), argument.getValue()))
                .collect(Collectors.joining(",\n"));
        return """
                Job `%s`, role `%s`, %s x %d; Glue ends it after %d minutes, the step waits for %d%s.

                ```
                aws glue start-job-run --job-name %s --arguments '{
                %s
                }'
                ```
                """
                .formatted(
                        settings.name(),
                        settings.role(),
                        settings.workerType(),
                        settings.numberOfWorkers(),
                        settings.timeout().toMinutes(),
                        timeout.toMinutes(),
                        recovers,
                        glueJob,
                        lines);
    }
}
