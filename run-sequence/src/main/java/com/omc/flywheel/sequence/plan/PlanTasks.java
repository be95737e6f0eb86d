package com.omc.flywheel.sequence.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.PlanningJobs;
import com.omc.flywheel.jobs.JobCatalog;
import com.omc.flywheel.sequence.asl.ExecutionEvent;
import com.omc.flywheel.sequence.asl.ExecutionListener;
import com.omc.flywheel.sequence.asl.StateError;
import com.omc.flywheel.sequence.asl.TaskCall;
import com.omc.flywheel.sequence.asl.Tasks;
import com.omc.flywheel.sequence.deployment.JobSettings;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a sequence asks of services, planned: every job says what it would do and is taken for one that succeeded, so that
 * the steps after one that cannot be planned are planned all the same.
 */
final class PlanTasks implements Tasks, ExecutionListener {
    private static final String RUN_JOB = "arn:aws:states:::glue:startJobRun.sync";
    private static final String GET_OBJECT = "arn:aws:states:::aws-sdk:s3:getObject";
    private static final String PUBLISH = "arn:aws:states:::sns:publish";

    /** What the name of the state ends with that stands for a step which is left out. */
    private static final String SKIPPED = ": skipped";

    private final SequenceSteps steps;
    private final String jobPrefix;
    private final Map<String, JobSettings> settings;
    private final PlanningJobs jobs;
    private final PrintStream output;
    private final SnapshotPlan snapshot;
    private final Map<String, StepPlanner> planners;
    private final Map<String, List<JobFailure>> problems = new LinkedHashMap<>();

    /**
     * The tasks of one plan.
     *
     * @param jobPrefix what the names of jobs begin with
     * @param settings of every job
     */
    PlanTasks(
            SequenceSteps steps,
            String jobPrefix,
            Map<String, JobSettings> settings,
            PlanningJobs jobs,
            PrintStream output) {
        this.steps = steps;
        this.jobPrefix = jobPrefix;
        this.settings = Map.copyOf(settings);
        this.jobs = jobs;
        this.output = output;
        this.snapshot = new SnapshotPlan(jobs);
        this.planners = planners(new KnownData(jobs));
    }

    private Map<String, StepPlanner> planners(KnownData known) {
        StepPlanner split = new SplitStepPlan(known);
        StepPlanner report = new ReportPlan();
        return Map.ofEntries(
                Map.entry("resolve-snapshot", snapshot),
                Map.entry("infobase-split-and-bucket", split),
                Map.entry("addressable-bucket", split),
                Map.entry("infobase-split-and-part", split),
                Map.entry("addressable-split-and-part", split),
                Map.entry("register-staged-tables", new RegistrationPlan(known, "DATABASE", "S3_ROOT")),
                Map.entry("register-part-tables", new RegistrationPlan(known, "STAGED_DB", "SOURCE_PATH")),
                Map.entry("create-athena-bucketed-tables", new BucketedTablesPlan(known)),
                Map.entry("prepare-part-tables", new PartitionsPlan(known)),
                Map.entry("create-part-addressable-ids-er-table", new IdTablePlan(known)),
                Map.entry("generate-cleanrooms-report", report),
                Map.entry("generate-data-monitor-report", report));
    }

    /** What could not be planned, by the names of the steps. */
    Map<String, List<JobFailure>> problems() {
        return problems;
    }

    @Override
    public void on(ExecutionEvent event) {
        if (event.kind() == ExecutionEvent.Kind.STATE_EXITED && event.state().endsWith(SKIPPED)) {
            heading(event.state().substring(0, event.state().length() - SKIPPED.length()), "skipped");
        }
    }

    private void heading(String step, String what) {
        output.printf("%n%d of %d  %s: %s%n", steps.number(step), steps.names().size(), step, what);
    }

    @Override
    public JsonNode call(TaskCall call) {
        return switch (call.resource()) {
            case RUN_JOB -> planJob(call);
            case GET_OBJECT -> decision();
            case PUBLISH -> publish(call.parameters());
            default ->
                throw new StateError(
                        "States.Runtime",
                        "%s asks for %s, which a plan does not know".formatted(call.state(), call.resource()));
        };
    }

    private JsonNode planJob(TaskCall call) {
        String glueName = call.parameters().path("JobName").asText();
        PlanText text = new PlanText();
        heading(call.state(), "job " + glueName);
        try {
            PlannedJob job = job(glueName, call.parameters().path("Arguments"));
            arguments(job);
            jobs.check(job.definition(), job.tokens());
            planner(job).plan(job, text);
        } catch (JobFailure e) {
            text.problem(e);
        }
        output.print(text.toString().indent(2));
        if (!text.problems().isEmpty()) {
            problems.put(call.state(), text.problems());
        }
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        return run.put("Id", "planned").put("JobName", glueName).put("JobRunState", "SUCCEEDED");
    }

    private PlannedJob job(String glueName, JsonNode passed) {
        JobSettings found = Optional.of(glueName)
                .filter(name -> name.startsWith(jobPrefix))
                .map(name -> settings.get(name.substring(jobPrefix.length())))
                .orElseThrow(() ->
                        new JobFailure(FailureKind.BAD_DATA, "%s has no job %s".formatted(JobSettings.FILE, glueName)));
        JobDefinition<?> definition = JobCatalog.all().stream()
                .filter(job -> job.name().equals(found.name()))
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_DATA,
                        "%s has a job %s that this program does not have".formatted(JobSettings.FILE, found.name())));
        Map<String, String> arguments = new LinkedHashMap<>(found.arguments());
        passed.properties()
                .forEach(argument -> arguments.put(
                        argument.getKey().substring(2), argument.getValue().asText()));
        return new PlannedJob(definition, arguments);
    }

    private void arguments(PlannedJob job) {
        new TreeMap<>(job.given()).forEach((name, value) -> output.printf("    --%s %s%n", name, value));
    }

    private StepPlanner planner(PlannedJob job) {
        return Optional.ofNullable(planners.get(job.definition().name()))
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_DATA,
                        "nobody knows how to plan the job %s"
                                .formatted(job.definition().name())));
    }

    private JsonNode decision() {
        try {
            ObjectNode decision = JsonNodeFactory.instance.objectNode();
            decision.put("snapshot_dt", snapshot.decided().toString());
            return JsonNodeFactory.instance.objectNode().put("Body", decision.toString());
        } catch (JobFailure e) {
            throw new StateError("S3.NoSuchKeyException", e.getMessage());
        }
    }

    private JsonNode publish(JsonNode parameters) {
        output.printf(
                "%nwould tell %s: %s%n",
                parameters.path("TopicArn").asText().replace(ArgumentRecord.ABSENT, "nobody, since there is no topic"),
                parameters.path("Subject").asText());
        return JsonNodeFactory.instance.objectNode().put("MessageId", "not sent");
    }

    /** Everything that could not be planned, a step after the other. */
    List<String> sentences() {
        List<String> all = new ArrayList<>();
        problems.forEach((step, failures) ->
                failures.forEach(failure -> all.add("%s: %s".formatted(step, failure.getMessage()))));
        return all;
    }
}
