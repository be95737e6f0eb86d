package com.omc.flywheel.sequence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.JobCatalog;
import com.omc.flywheel.sequence.asl.StateError;
import com.omc.flywheel.sequence.asl.TaskCall;
import com.omc.flywheel.sequence.asl.Tasks;
import com.omc.flywheel.sequence.deployment.JobSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Step Functions asks of services, on this machine: a job is a process of its own with the arguments that Glue would
 * hand it, an object is read from the embedded S3, a notification is printed.
 */
final class LocalTasks implements Tasks {
    private static final String RUN_JOB = "arn:aws:states:::glue:startJobRun.sync";
    private static final String GET_OBJECT = "arn:aws:states:::aws-sdk:s3:getObject";
    private static final String PUBLISH = "arn:aws:states:::sns:publish";

    private final Map<String, JobSettings> jobs;
    private final JobProcess processes;
    private final ObjectStore store;
    private final LocalWorkspace workspace;
    private final Clock clock;
    private final PrintStream output;
    private final String runPrefix;
    private final AtomicInteger runs = new AtomicInteger();

    /**
     * The tasks of one execution.
     *
     * @param jobs the settings of every job, here
     * @param executionName goes into the ids of job runs
     */
    LocalTasks(
            Map<String, JobSettings> jobs,
            JobProcess processes,
            ObjectStore store,
            LocalWorkspace workspace,
            String executionName,
            Clock clock,
            PrintStream output) {
        this.jobs = Map.copyOf(jobs);
        this.processes = processes;
        this.store = store;
        this.workspace = workspace;
        this.clock = clock;
        this.output = output;
        this.runPrefix = "jr_" + executionName + "_";
    }

    @Override
    public JsonNode call(TaskCall call) {
        return switch (call.resource()) {
            case RUN_JOB -> runJob(call);
            case GET_OBJECT -> getObject(call.parameters());
            case PUBLISH -> publish(call.parameters());
            default ->
                throw new StateError(
                        "States.Runtime",
                        "%s asks for %s, which a local run does not know".formatted(call.state(), call.resource()));
        };
    }

    private JsonNode runJob(TaskCall call) {
        String glueName = call.parameters().path("JobName").asText();
        JobSettings settings = Optional.of(glueName)
                .filter(name -> name.startsWith(LocalEnvironment.JOB_PREFIX))
                .map(name -> jobs.get(name.substring(LocalEnvironment.JOB_PREFIX.length())))
                .orElseThrow(() -> new StateError(
                        "Glue.EntityNotFoundException", "%s has no job %s".formatted(JobSettings.FILE, glueName)));
        Map<String, String> arguments = new LinkedHashMap<>(settings.arguments());
        call.parameters()
                .path("Arguments")
                .fields()
                .forEachRemaining(argument -> arguments.put(
                        argument.getKey().substring(2), argument.getValue().asText()));
        Path log = workspace.log(call.state().replace(": ", "-"));

        Instant began = clock.instant();
        JobProcess.Ended ended =
                processes.runToItsEnd(definition(settings.name()), arguments, log, output, call.timeout());

        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("Id", runPrefix + runs.incrementAndGet());
        run.put("JobName", glueName);
        run.put("JobRunState", ended.exitCode() == 0 ? "SUCCEEDED" : "FAILED");
        run.put("ExecutionTime", Duration.between(began, clock.instant()).toSeconds());
        ObjectNode passed = run.putObject("Arguments");
        arguments.forEach((name, value) -> passed.put("--" + name, value));
        if (ended.timedOut()) {
            throw new StateError(
                    "States.Timeout", "%s was ended, since its time was over; its log is %s".formatted(glueName, log));
        }
        if (ended.exitCode() != 0) {
            String message = ended.message().isEmpty()
                    ? "exit code %d; its log is %s".formatted(ended.exitCode(), log)
                    : ended.message();
            throw new StateError(
                    "States.TaskFailed", run.put("ErrorMessage", message).toString());
        }
        return run;
    }

    private static JobDefinition<?> definition(String name) {
        return JobCatalog.all().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StateError(
                        "Glue.EntityNotFoundException",
                        "%s has a job %s that this program does not have".formatted(JobSettings.FILE, name)));
    }

    private JsonNode getObject(JsonNode parameters) {
        S3Uri uri = new S3Uri(
                parameters.path("Bucket").asText(), parameters.path("Key").asText());
        String body = store.read(uri)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElseThrow(() -> new StateError("S3.NoSuchKeyException", "there is no %s".formatted(uri)));
        return JsonNodeFactory.instance.objectNode().put("Body", body);
    }

    private JsonNode publish(JsonNode parameters) {
        output.printf(
                "%n-- %s%n%s",
                parameters.path("Subject").asText(),
                parameters.path("Message").asText().indent(3));
        output.flush();
        return JsonNodeFactory.instance.objectNode().put("MessageId", "printed");
    }
}
