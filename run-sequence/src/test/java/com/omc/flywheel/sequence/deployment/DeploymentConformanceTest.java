package com.omc.flywheel.sequence.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the jobs and the sequences agree with what the jobs declare, and with the limits of the services. */
class DeploymentConformanceTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final String BUCKETED = "run-sequence/bucketed.asl.json";
    private static final String PARTITIONED = "run-sequence/partitioned.asl.json";

    @TempDir
    private Path copy;

    static Stream<SampleEnvironment> environments() {
        return Stream.of(SampleEnvironment.dev(), SampleEnvironment.prod());
    }

    @ParameterizedTest
    @MethodSource("environments")
    void settingsAndSequencesAgreeWithTheJobs(SampleEnvironment environment) throws IOException {
        assertThat(problems(HOME, environment)).isEmpty();
    }

    @Test
    void aTableOfIdsStaysAtTheNewestPublishedSnapshotSoThatWritingAnOldOneAgainDoesNotTakeItBack() throws IOException {
        JsonNode partitioned = Json.parse(Files.readString(HOME.resolve(PARTITIONED)));

        JsonNode arguments = partitioned.at(
                "/States/ids/Branches/0/States/create-part-addressable-ids-er-table/Parameters/Arguments");
        assertThat(arguments.fieldNames()).toIterable().containsExactly("--FORCE.$");
    }

    @Test
    void settingsTakeExactlyTheValuesThatTheModuleOfTerraformHas() {
        assertThat(JobSettings.template(HOME).names())
                .containsExactlyInAnyOrderElementsOf(
                        SampleEnvironment.dev().settings().keySet());
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void sequencesTakeNoOtherValuesThanTheModuleOfTerraformHas(Path sequence) {
        assertThat(SampleEnvironment.dev().sequences().keySet())
                .containsAll(Template.read(sequence).names());
    }

    static Stream<Path> sequences() {
        return SequenceSteps.known(HOME).stream().map(name -> HOME.resolve("run-sequence/%s.asl.json".formatted(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void anEnvironmentNamesJobsAndSequencesThatThereAre(String environment) throws IOException {
        String file = Files.readString(HOME.resolve("terraform/environments/%s.tfvars".formatted(environment)));

        assertThat(SettingsRules.jobs().keySet()).containsAll(keys(file, "job_sizes"));
        assertThat(SequenceSteps.known(HOME))
                .containsAll(keys(file, "schedules"))
                .containsAll(keys(file, "max_hours"));
        assertThat(file)
                .as("arguments of an environment would have to be read by the jobs above, as overrides")
                .doesNotContain("job_arguments");
    }

    /** The keys of a map that has a line for each, or one line for all. */
    private static List<String> keys(String file, String variable) {
        Matcher lines = Pattern.compile("(?ms)^%s\\s*= \\{\n(.*?)^\\}".formatted(variable))
                .matcher(file);
        Matcher line =
                Pattern.compile("(?m)^%s\\s*= \\{(.*)\\}$".formatted(variable)).matcher(file);
        boolean hasLines = lines.find();
        assertThat(hasLines || line.find()).as(variable).isTrue();
        Pattern key = Pattern.compile(hasLines ? "(?m)^  \"?([a-z-]+)\"?\\s*=" : "([a-z]+) = ");
        return key.matcher(hasLines ? lines.group(1) : line.group(1))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("brokenCopies")
    void findsWhatIsBroken(String file, String right, String wrong, String problem) throws IOException {
        for (String needed : List.of(JobSettings.FILE, BUCKETED, PARTITIONED)) {
            Path target = copy.resolve(needed);
            Files.createDirectories(target.getParent());
            Files.copy(HOME.resolve(needed), target);
        }
        String text = Files.readString(copy.resolve(file));
        int at = text.indexOf(right);
        assertThat(at).as("%s in %s", right, file).isNotNegative();
        Files.writeString(copy.resolve(file), text.substring(0, at) + wrong + text.substring(at + right.length()));

        assertThat(problems(copy, SampleEnvironment.prod()))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    static Stream<Arguments> brokenCopies() {
        String settings = JobSettings.FILE;
        return Stream.of(
                Arguments.of(
                        settings,
                        "\"addressable-bucket\":",
                        "\"adressable-bucket\":",
                        "addressable-bucket: has no settings"),
                Arguments.of(
                        settings, "ResolveSnapshotJob\"", "ResolvesnapshotJob\"", "resolve-snapshot: the class is "),
                Arguments.of(settings, "all steps of a run read.", "to read", "the purpose is not a sentence"),
                Arguments.of(settings, "\"role\": \"catalog\"", "\"role\": \"admin\"", "admin is not a role"),
                Arguments.of(settings, "\"G.4X\"", "\"G.5X\"", "G.5X times 8 is not what Glue runs Spark on"),
                Arguments.of(settings, "\"STAGED_DB\"", "\"STAGED_DATABASE\"", "--STAGED_DATABASE is not an argument"),
                Arguments.of(settings, "\"${bucket_count}\"", "\"${bucket_count}x\"", "--BUCKET_COUNT: "),
                Arguments.of(settings, "\"athena\"", "\"\"", "--ENGINE is blank"),
                Arguments.of(
                        settings, "\"CSV_FILE\"", "\"TempDir\": \"x\", \"CSV_FILE\"", "--TempDir is left to AWS Glue"),
                Arguments.of(
                        settings,
                        "\"BUCKETED_BASE\": \"${bucketed_root}\"",
                        "\"KEEP_VERSIONS\": \"${bucket_count}\"",
                        "create-athena-bucketed-tables: with every input the job says: --BUCKETED_BASE: is needed"),
                Arguments.of(
                        BUCKETED,
                        "\"${runs_root}bucketed/\"",
                        "\"${runs_root}\"",
                        "reads s3://flywheel-prod-lake/runs/bucketed/{}/snapshot.json and not what is decided in s3://flywheel-prod-lake/runs/"),
                Arguments.of(
                        settings,
                        "\"max_concurrent_runs\": 2",
                        "\"max_concurrent_runs\": 1",
                        "resolve-snapshot: 2 runs may be started at the same time"),
                Arguments.of(
                        settings,
                        "\"timeout_min\": 480",
                        "\"timeout_min\": 531",
                        "before Glue itself ends the job run"),
                Arguments.of(
                        BUCKETED,
                        "${job_prefix}infobase-split-and-bucket",
                        "${job_prefix}infobase-split",
                        "etl-omc-flywheel-prod-infobase-split is not a job"),
                Arguments.of(BUCKETED, "\"--FORCE.$\"", "\"--FORCES.$\"", "does not declare --FORCES"),
                Arguments.of(
                        BUCKETED,
                        "\"--FORCE.$\": \"$.input.force\"",
                        "\"--FORCE.$\": \"$.input.forced\"",
                        "--FORCE is $.input.forced, which is not there"),
                Arguments.of(
                        BUCKETED,
                        "\"--FORCE.$\": \"$.input.force\"",
                        "\"--FORCE.$\": \"$.input.snapshot_dt\"",
                        "with every input the job says: --FORCE: "),
                Arguments.of(
                        PARTITIONED,
                        "\"--SNAPSHOT_DT.$\": \"$.snapshot_dt\"",
                        "\"--SNAPSHOT_DT.$\": \"$.input.snapshot_dt\"",
                        "--SNAPSHOT_DT is $.input.snapshot_dt and not $.snapshot_dt"),
                Arguments.of(
                        PARTITIONED,
                        "\"Arguments\": { \"--FORCE.$\": \"$.input.force\" }",
                        "\"Arguments\": {\"--SNAPSHOT_DT.$\": \"$.snapshot_dt\"}",
                        "is given a snapshot, while its table stays at the newest published one"),
                Arguments.of(
                        BUCKETED,
                        "\"--RECOVER_ONLY\": \"true\"",
                        "\"--FORCE\": \"true\"",
                        "with --RECOVER_ONLY true alone"),
                Arguments.of(
                        BUCKETED,
                        "\"infobase-split-and-bucket: recover\": {",
                        "\"infobase-split-and-bucket: mend\": {",
                        "the job declares --RECOVER_ONLY, and no state runs it so"),
                Arguments.of(BUCKETED, "*CONFLICT: *", "*CONFLICTS: *", "the kinds that are not worth retrying"),
                Arguments.of(
                        BUCKETED, "\"Glue.ThrottlingException\"", "\"States.TaskFailed\"", "retries States.TaskFailed"),
                Arguments.of(
                        BUCKETED,
                        "\"Glue.ThrottlingException\"",
                        "\"Glue.Throttled\"",
                        "does not begin its Retry with throttling and concurrency errors"),
                Arguments.of(BUCKETED, "\"MaxAttempts\": 12", "\"MaxAttempts\": 2", "retries without many attempts"),
                Arguments.of(
                        BUCKETED,
                        "\"ErrorEquals\": [\"States.ALL\"], \"ResultPath\": \"$.error\"",
                        "\"ErrorEquals\": [\"States.TaskFailed\"], \"ResultPath\": \"$.error\"",
                        "and not States.ALL alone"),
                Arguments.of(
                        PARTITIONED,
                        "glue:startJobRun.sync",
                        "glue:startJobRun",
                        "is not among the resources of our sequences"),
                Arguments.of(
                        PARTITIONED,
                        "\"addressable-split-and-part: tell\": {",
                        "\"" + "t".repeat(81) + "\": {",
                        "the name has 81 characters"),
                Arguments.of(
                        PARTITIONED,
                        "Flywheel ${environment}: ",
                        "Flywheel ${environment}: " + "x".repeat(60),
                        "the subject has "),
                Arguments.of(
                        PARTITIONED,
                        "{\n",
                        "{ \"_\": \"" + " ".repeat(1_048_576) + "\",\n",
                        "is larger than Step Functions takes"),
                Arguments.of(
                        PARTITIONED,
                        "\"outcome\": \"skipped\"",
                        "\"outcome\": \"done\"",
                        "the branch differs from the others in more than names and arguments"),
                Arguments.of(
                        PARTITIONED, "'prepare-part-tables')", "'prepare-part-table')", "Which steps to skip: has "),
                Arguments.of(PARTITIONED, "\\\"force\\\":\\\"false\\\",", "", "Read the input: gives defaults to "),
                Arguments.of(PARTITIONED, "\"TimeoutSeconds\": 32400,", "", "has no TimeoutSeconds"));
    }

    /** Of the settings and of all sequences below a root folder of this project. */
    private static List<String> problems(Path home, SampleEnvironment environment) throws IOException {
        Map<String, JobSettings> settings = JobSettings.read(home, environment.settings(), Map.of());
        List<String> problems = new ArrayList<>(SettingsRules.problems(settings));
        Map<String, Integer> runsAtATime = new TreeMap<>();
        for (String sequence : SequenceSteps.known(home)) {
            String text = Template.read(home.resolve("run-sequence/%s.asl.json".formatted(sequence)))
                    .render(environment.sequences());
            SequenceRules rules = new SequenceRules(
                    sequence, text, environment.sequences().get("job_prefix"), settings, SettingsRules.jobs());
            problems.addAll(rules.problems());
            // Two sequences may run at the same time.
            rules.runsAtATime().forEach((job, count) -> runsAtATime.merge(job, count, Integer::sum));
        }
        runsAtATime.forEach((job, count) -> {
            if (settings.containsKey(job) && settings.get(job).maxConcurrentRuns() < count) {
                problems.add("%s: %d runs may be started at the same time, and %d are allowed"
                        .formatted(job, count, settings.get(job).maxConcurrentRuns()));
            }
        });
        return problems;
    }
}
