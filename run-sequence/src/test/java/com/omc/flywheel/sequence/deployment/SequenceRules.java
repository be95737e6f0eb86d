package com.omc.flywheel.sequence.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.JobDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the definition of one sequence must hold to; each problem is a sentence that begins with the sequence's name. */
final class SequenceRules {
    private static final String PUBLISH = "arn:aws:states:::sns:publish";
    private static final Set<String> RESOURCES =
            Set.of(StepRun.RESOURCE, PUBLISH, "arn:aws:states:::aws-sdk:s3:getObject");
    private static final Set<String> INPUT_WITH_DEFAULTS =
            Set.of("tables", "force", "allow_mixed_snapshots", "allow_dropped_columns", "skip", "busy_wait_seconds");
    /** Of AWS Step Functions: names of states, characters. */
    private static final int LONGEST_STATE_NAME = 80;
    /** Of AWS Step Functions: a definition, bytes. */
    private static final int LARGEST_DEFINITION = 1_048_576;
    /** Of Amazon SNS: a subject, characters. */
    private static final int LONGEST_SUBJECT = 100;
    /** For the start of a Glue job run, which its own timeout does not count. */
    private static final Duration HEADROOM = Duration.ofMinutes(10);
    /** Stays at the newest published snapshot, so that writing an old snapshot again does not take its table back. */
    private static final String STAYS_AT_THE_NEWEST = "create-part-addressable-ids-er-table";

    private static final Pattern DEFAULTS = Pattern.compile("States\\.JsonMerge\\(States\\.StringToJson\\('(.*?)'\\)");
    private static final Pattern KIND = Pattern.compile("\\*([A-Z_]+): \\*");

    private final String name;
    private final String text;
    private final JsonNode definition;
    private final String jobPrefix;
    private final Map<String, JobSettings> settings;
    private final Map<String, JobDefinition<?>> jobs;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param text the definition, rendered
     * @param settings of all jobs
     * @param jobPrefix what the names of jobs begin with on AWS
     * @param jobs all of them, by name
     */
    SequenceRules(
            String name,
            String text,
            String jobPrefix,
            Map<String, JobSettings> settings,
            Map<String, JobDefinition<?>> jobs) {
        this.name = name;
        this.text = text;
        this.definition = Json.parse(text);
        this.jobPrefix = jobPrefix;
        this.settings = settings;
        this.jobs = jobs;
    }

    List<String> problems() {
        problems.clear();
        if (text.getBytes(StandardCharsets.UTF_8).length >= LARGEST_DEFINITION) {
            problem("the definition", "is larger than Step Functions takes");
        }
        states().forEach(this::state);
        runs().forEach(this::run);
        branchesOfAStage().forEach(this::branch);
        branchesAreAlike();
        skipFlags();
        defaults();
        decision();
        return List.copyOf(problems);
    }

    /** How many runs of each job may be started at the same time by one execution. */
    Map<String, Integer> runsAtATime() {
        Map<String, Integer> most = new TreeMap<>();
        runs().stream()
                .filter(run -> !run.recovers())
                .collect(Collectors.groupingBy(StepRun::stage, Collectors.groupingBy(this::job, Collectors.counting())))
                .values()
                .forEach(stage -> stage.forEach((job, count) -> most.merge(job, count.intValue(), Math::max)));
        return most;
    }

    /** Every state of every level by its name. */
    private Map<String, JsonNode> states() {
        Map<String, JsonNode> states = new LinkedHashMap<>();
        definition.get("States").fields().forEachRemaining(state -> {
            states.put(state.getKey(), state.getValue());
            state.getValue().path("Branches").forEach(branch -> branch.get("States")
                    .fields()
                    .forEachRemaining(inner -> states.put(inner.getKey(), inner.getValue())));
        });
        return states;
    }

    private List<StepRun> runs() {
        List<StepRun> runs = new ArrayList<>();
        definition.get("States").fields().forEachRemaining(stage -> stage.getValue()
                .path("Branches")
                .forEach(branch -> branch.get("States").fields().forEachRemaining(state -> {
                    if (state.getValue().path("Resource").asText().equals(StepRun.RESOURCE)) {
                        runs.add(StepRun.of(stage.getKey(), step(branch), state.getKey(), state.getValue()));
                    }
                })));
        return runs;
    }

    private List<JsonNode> branchesOfAStage() {
        List<JsonNode> branches = new ArrayList<>();
        definition.get("States").forEach(stage -> stage.path("Branches").forEach(branches::add));
        return branches;
    }

    /** The name of the first state of a branch says it. */
    private static String step(JsonNode branch) {
        return branch.get("StartAt").asText().replaceFirst(": skip\\?$", "");
    }

    private String job(StepRun run) {
        return run.glueJob().startsWith(jobPrefix) ? run.glueJob().substring(jobPrefix.length()) : run.glueJob();
    }

    private void state(String state, JsonNode definition) {
        if (state.length() > LONGEST_STATE_NAME) {
            problem(
                    state,
                    "the name has %d characters, and %d are allowed".formatted(state.length(), LONGEST_STATE_NAME));
        }
        if (!definition.path("Type").asText().equals("Task")) {
            return;
        }
        String resource = definition.path("Resource").asText();
        if (!RESOURCES.contains(resource)) {
            problem(state, "%s is not among the resources of our sequences".formatted(resource));
        }
        if (!definition.has("TimeoutSeconds")) {
            problem(state, "has no TimeoutSeconds");
        }
        List<List<String>> caught = errors(definition.path("Catch"));
        if (!caught.equals(List.of(List.of("States.ALL")))) {
            problem(state, "catches %s and not States.ALL alone".formatted(caught));
        }
        String subject = definition.at("/Parameters/Subject").asText();
        if (resource.equals(PUBLISH) && (subject.isBlank() || subject.length() > LONGEST_SUBJECT)) {
            problem(
                    state,
                    "the subject has %d characters, and 1 to %d are allowed"
                            .formatted(subject.length(), LONGEST_SUBJECT));
        }
    }

    private void run(StepRun run) {
        retries(run);
        JobDefinition<?> job = jobs.get(job(run));
        JobSettings of = settings.get(job(run));
        if (job == null || of == null || !run.glueJob().startsWith(jobPrefix)) {
            problem(run.state(), "%s is not a job of the settings and of the catalog of jobs".formatted(run.glueJob()));
            return;
        }
        run.timeout()
                .filter(timeout -> timeout.compareTo(of.timeout().plus(HEADROOM)) < 0)
                .ifPresent(timeout -> problem(
                        run.state(),
                        "ends after %d s, before Glue itself ends the job run and has had %d minutes to start it"
                                .formatted(timeout.toSeconds(), HEADROOM.toMinutes())));
        Set<String> declared = job.argumentRecord().names();
        Stream.of(run.arguments(), run.references())
                .flatMap(arguments -> arguments.keySet().stream())
                .filter(argument -> !declared.contains(argument))
                .forEach(argument -> problem(run.state(), "%s does not declare --%s".formatted(job.name(), argument)));
        typicalValues().forEach((kind, values) -> reads(run, job, of, kind, values));
        if (!run.recovers()) {
            snapshot(run, declared);
        }
    }

    private void retries(StepRun run) {
        List<List<String>> retried = errors(run.definition().path("Retry"));
        if (retried.isEmpty()
                || !retried.get(0).contains("Glue.ThrottlingException")
                || !retried.get(0).contains("Glue.ConcurrentRunsExceededException")) {
            problem(run.state(), "does not begin its Retry with throttling and concurrency errors");
        }
        Stream.of("States.TaskFailed", "States.ALL", "States.Timeout")
                .filter(error -> retried.stream().anyMatch(errors -> errors.contains(error)))
                .forEach(error -> problem(
                        run.state(),
                        "retries %s, which a job run that failed by its input is as well".formatted(error)));
        for (JsonNode retry : run.definition().path("Retry")) {
            if (retry.path("MaxAttempts").asInt() < 10
                    || retry.path("BackoffRate").asDouble() <= 1
                    || !retry.path("JitterStrategy").asText().equals("FULL")) {
                problem(run.state(), "retries without many attempts, back-off and jitter");
            }
        }
    }

    /** The job takes its settings and what the sequence passes, as Glue merges them. */
    private void reads(StepRun run, JobDefinition<?> job, JobSettings of, String kind, Map<String, String> values) {
        Map<String, String> arguments = new TreeMap<>(of.arguments());
        arguments.putAll(run.arguments());
        for (Map.Entry<String, String> reference : run.references().entrySet()) {
            String value = values.get(reference.getValue());
            if (value == null) {
                problem(
                        run.state(),
                        "--%s is %s, which is not there".formatted(reference.getKey(), reference.getValue()));
                return;
            }
            arguments.put(reference.getKey(), value);
        }
        SettingsRules.unread(job, arguments)
                .forEach(problem -> problem(run.state(), "with %s the job says: %s".formatted(kind, problem)));
    }

    private void snapshot(StepRun run, Set<String> declared) {
        String passed = run.references().get("SNAPSHOT_DT");
        String expected = Map.of(SequenceSteps.FIRST, "$.input.snapshot_dt").getOrDefault(run.step(), "$.snapshot_dt");
        boolean takesOne = declared.contains("SNAPSHOT_DT") && !run.step().equals(STAYS_AT_THE_NEWEST);
        if (takesOne && !expected.equals(passed)) {
            problem(run.state(), "--SNAPSHOT_DT is %s and not %s".formatted(passed, expected));
        } else if (!takesOne && declared.contains("SNAPSHOT_DT") && passed != null) {
            problem(run.state(), "is given a snapshot, while its table stays at the newest published one");
        }
    }

    private void branch(JsonNode branch) {
        String step = step(branch);
        JsonNode states = branch.get("States");
        String job = job(StepRun.of("", step, step, states.path(step)));
        boolean recovers = states.has(step + ": recover");
        boolean declares = Optional.ofNullable(jobs.get(job))
                .map(known -> known.argumentRecord().names().contains("RECOVER_ONLY"))
                .orElse(false);
        if (recovers != declares) {
            problem(
                    step,
                    declares
                            ? "the job declares --RECOVER_ONLY, and no state runs it so"
                            : "recovers, while the job does not declare --RECOVER_ONLY");
        }
        if (recovers) {
            StepRun recovery = StepRun.of("", step, step + ": recover", states.get(step + ": recover"));
            if (!job(recovery).equals(job)
                    || !recovery.arguments().equals(Map.of("RECOVER_ONLY", "true"))
                    || !recovery.references().isEmpty()) {
                problem(recovery.state(), "does not run the job of the step with --RECOVER_ONLY true alone");
            }
        }
        Set<String> hopeless = Stream.of(FailureKind.values())
                .filter(kind -> !kind.worthRetrying())
                .map(FailureKind::name)
                .collect(Collectors.toCollection(TreeSet::new));
        states.path(step + ": try again?").path("Choices").forEach(choice -> {
            Set<String> refused = new TreeSet<>();
            choice.path("And").forEach(condition -> {
                Matcher kind = KIND.matcher(condition.at("/Not/StringMatches").asText());
                if (kind.matches() && condition.at("/Not/Variable").asText().equals("$.error.Cause")) {
                    refused.add(kind.group(1));
                }
            });
            if (!refused.equals(hopeless)) {
                problem(
                        step + ": try again?",
                        "refuses %s and not %s, the kinds that are not worth retrying".formatted(refused, hopeless));
            }
        });
    }

    /** A step differs from the others in names, arguments and timeouts, and in what it cannot do. */
    private void branchesAreAlike() {
        List<JsonNode> skippable = branchesOfAStage().stream()
                .filter(branch -> !step(branch).equals(SequenceSteps.FIRST))
                .toList();
        alike(branchesOfAStage(), SequenceRules::form);
        alike(skippable, SequenceRules::skippedForm);
    }

    private void alike(List<JsonNode> branches, Function<JsonNode, String> form) {
        Map<String, List<String>> byForm = new LinkedHashMap<>();
        branches.forEach(branch -> byForm.computeIfAbsent(form.apply(branch), any -> new ArrayList<>())
                .add(step(branch)));
        byForm.values().stream()
                .sorted(Comparator.comparing((List<String> steps) -> steps.size())
                        .reversed())
                .skip(1)
                .forEach(odd -> problem(
                        String.join(", ", odd), "the branch differs from the others in more than names and arguments"));
    }

    /** A branch but for its recovery and for being skipped. */
    private static String form(JsonNode branch) {
        String step = step(branch);
        ObjectNode states = branch.get("States").deepCopy();
        String recover = step + ": recover";
        boolean recovers = states.has(recover);
        states.remove(List.of(step + ": skip?", step + ": skipped", recover));
        states.forEach(state -> {
            if (state.path("Resource").asText().equals(StepRun.RESOURCE)) {
                ((ObjectNode) state).remove(List.of("TimeoutSeconds", "Parameters"));
            }
        });
        String onFailure = "\"ResultPath\":\"$.error\",\"Next\":\"%s\"";
        String whenCaught = onFailure.formatted(recovers ? recover : step + ": try again?");
        // Nothing tries a run again that somebody stopped.
        String whenStopped = onFailure.formatted(recovers ? recover : step + ": job run?");
        return states.toString()
                .replace(whenCaught, onFailure)
                .replace(whenStopped, onFailure)
                .replace(step, "STEP");
    }

    private static String skippedForm(JsonNode branch) {
        String step = step(branch);
        return Stream.of(": skip?", ": skipped")
                .map(state -> branch.get("States").path(step + state).toString())
                .collect(Collectors.joining(" of ", branch.get("StartAt").asText() + " of ", ""))
                .replace(step, "STEP")
                .replace(step.replace('-', '_'), "STEP");
    }

    private void skipFlags() {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> choices = new TreeMap<>();
        for (JsonNode branch : branchesOfAStage()) {
            String step = step(branch);
            if (step.equals(SequenceSteps.FIRST)) {
                continue;
            }
            String flag = step.replace('-', '_');
            expected.put(
                    flag + ".$", "States.ArrayContains(States.StringSplit($.input.skip, ','), '%s')".formatted(step));
            choices.put(step, "$.skip." + flag);
            String asked = branch.at("/States")
                    .path(step + ": skip?")
                    .at("/Choices/0/Variable")
                    .asText();
            if (!asked.equals(choices.get(step))) {
                problem(step, "asks %s, and not %s, whether it is skipped".formatted(asked, choices.get(step)));
            }
        }
        Map<String, String> flags = new TreeMap<>();
        definition
                .at("/States/Which steps to skip/Parameters")
                .fields()
                .forEachRemaining(
                        flag -> flags.put(flag.getKey(), flag.getValue().asText()));
        if (!flags.equals(expected)) {
            problem("Which steps to skip", "has %s and not %s".formatted(flags, expected));
        }
    }

    private void decision() {
        JsonNode parameters = definition.at("/States/Read the snapshot/Parameters");
        String read = "s3://%s/%s"
                .formatted(
                        parameters.path("Bucket").asText(),
                        parameters.path("Key.$").asText().replaceFirst("^States\\.Format\\('([^']*)'.*$", "$1"));
        runs().stream()
                .filter(run -> run.step().equals(SequenceSteps.FIRST))
                .map(run -> run.arguments().getOrDefault("RUNS_PATH", "no folder of this sequence"))
                .filter(folder -> !read.equals(folder + "{}/snapshot.json"))
                .forEach(folder ->
                        problem("Read the snapshot", "reads %s and not what is decided in %s".formatted(read, folder)));
    }

    private void defaults() {
        Set<String> names = new TreeSet<>(inputDefaults().keySet());
        if (!names.equals(new TreeSet<>(INPUT_WITH_DEFAULTS))) {
            problem(
                    "Read the input",
                    "gives defaults to %s and not to %s".formatted(names, new TreeSet<>(INPUT_WITH_DEFAULTS)));
        }
    }

    private Map<String, String> inputDefaults() {
        Matcher merge = DEFAULTS.matcher(
                definition.at("/States/Read the input/Parameters/input.$").asText());
        Map<String, String> defaults = new TreeMap<>();
        if (merge.find()) {
            Json.parse(merge.group(1))
                    .fields()
                    .forEachRemaining(value ->
                            defaults.put(value.getKey(), value.getValue().asText()));
        }
        return defaults;
    }

    /** What the references are when the input has the least and when it has everything. */
    private Map<String, Map<String, String>> typicalValues() {
        Map<String, String> least = new TreeMap<>();
        inputDefaults().forEach((key, value) -> least.put("$.input." + key, value));
        least.put("$.input.snapshot_dt", "_NONE_");
        least.put("$.snapshot_dt", "2025-11-01");
        least.put("$$.Execution.Name", "newest-1");
        Map<String, String> everything = new TreeMap<>(least);
        everything.putAll(Map.of(
                "$.input.snapshot_dt", "2025-11-01",
                "$.input.tables", "HOUSEHOLD,PERSON_AUTO",
                "$.input.force", "true",
                "$.input.allow_mixed_snapshots", "true",
                "$.input.allow_dropped_columns", "true",
                "$$.Execution.Name", "2025-11-01-12"));
        // A scheduled execution has a name that EventBridge Scheduler makes up: letters, digits and hyphens.
        Map<String, String> scheduled = new TreeMap<>(least);
        scheduled.put("$$.Execution.Name", "0d6f8b0e-5f2f-4a39-9c3b-1b0b7c7d7a51_e2b8a6ab-77f5-4a1e-93b0-52f35f5a3c11");
        return Map.of("the least input", least, "every input", everything, "a scheduled execution", scheduled);
    }

    private static List<List<String>> errors(JsonNode rules) {
        List<List<String>> errors = new ArrayList<>();
        rules.forEach(rule -> {
            List<String> names = new ArrayList<>();
            rule.path("ErrorEquals").forEach(error -> names.add(error.asText()));
            errors.add(names);
        });
        return errors;
    }

    private void problem(String state, String problem) {
        problems.add("%s: %s: %s".formatted(name, state, problem));
    }
}
