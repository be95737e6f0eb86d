package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.jobs.JobCatalog;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.deployment.Template;
import com.omc.flywheel.sequence.jobs.Permissions.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A role may do what its jobs were seen to do, and nothing else. */
class PermissionsTest {
    /**
     * Why a role may what no request here asks for: by role and statement, and by action or resource where others of the
     * statement are asked for.
     */
    private static final Map<String, String> UNUSED = unused();

    private static final String BY_GLUE = "Glue does it as the job, before and beside the jar";
    private static final String BY_KMS = "S3 and SNS ask for it as the job, and only where there is a key";
    private static final String BY_ATHENA = "Athena does it as the caller";
    private static final String AFTER_A_KILL = "done only for a run that was killed, or that failed while it wrote";
    private static final String BY_STEP_FUNCTIONS = "Step Functions does it beside the states";
    private static final String BESIDE_THE_RESOURCE =
            "Service Authorization Reference: the operation is also checked against what it tells of";

    @TempDir
    private static Path data;

    private static Map<String, Set<Need>> needs;
    private static Permissions permissions;

    @TempDir
    private Path copy;

    private static Map<String, String> unused() {
        Map<String, String> reasons = new TreeMap<>();
        for (String role : List.of("data", "catalog", "reports")) {
            for (String sid : List.of("WriteLogs", "WriteMetrics", "EncryptLogs")) {
                reasons.put(role + " " + sid, BY_GLUE);
            }
            reasons.put(role + " UseTheKey", BY_KMS);
        }
        reasons.put("catalog RunTheJar", BY_GLUE);
        reasons.put("reports RunTheJar", BY_GLUE);
        reasons.put("data ReadUnderTheSourcesKey", BY_KMS);
        reasons.put("reports TellUnderTheTopicsKey", BY_KMS);
        reasons.put("state-machine ReadUnderTheKey", BY_KMS);
        reasons.put("state-machine TellUnderTheTopicsKey", BY_KMS);
        reasons.put("catalog FindUploads arn:aws:s3:::cluster", AFTER_A_KILL);
        reasons.put("catalog FindUploads arn:aws:s3:::parts", AFTER_A_KILL);
        reasons.put("catalog HoldDataSets s3:AbortMultipartUpload", AFTER_A_KILL);
        reasons.put("catalog WriteVersions s3:AbortMultipartUpload", AFTER_A_KILL);
        reasons.put("catalog Query athena:StopQueryExecution", "done only for a query that outlives its deadline");
        reasons.put("catalog QueryIntoResults", BY_ATHENA);
        reasons.put("catalog QueryIntoTables", BY_ATHENA);
        reasons.put("catalog QueryRegisteredLocations", BY_ATHENA);
        reasons.put("catalog QueryTheBuckets arn:aws:s3:::results", BY_ATHENA);
        reasons.put("catalog QueryTheBuckets s3:GetBucketLocation", BY_ATHENA);
        reasons.put("catalog QueryTheDefaultDatabase arn:aws:glue:us-east-1:111122223333:database/default", BY_ATHENA);
        reasons.put("catalog QueryThePartitions", BY_ATHENA);
        for (String told : List.of("configuredtableassociation", "idmappingtable")) {
            reasons.put(
                    "reports ReadTheCollaboration arn:aws:cleanrooms:us-east-1:*:membership/*/%s/*".formatted(told),
                    BESIDE_THE_RESOURCE);
        }
        reasons.put(
                "reports ReadTheMembership arn:aws:cleanrooms:us-east-1:111122223333:membership/%s/privacybudgettemplate/*"
                        .formatted(Collaboration.MEMBERSHIP),
                BESIDE_THE_RESOURCE);
        reasons.put("state-machine WriteLogs", BY_STEP_FUNCTIONS);
        reasons.put("state-machine WriteTraces", BY_STEP_FUNCTIONS);
        return reasons;
    }

    @BeforeAll
    static void runEveryJob() throws Exception {
        needs = new ObservedJobs(data).run();
        permissions = Permissions.read(HOME, ObservedJobs.permissionValues());
    }

    static Stream<String> jobs() {
        return JobCatalog.all().stream().map(JobDefinition::name);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void aRoleMayWhatItsJobsDo(String job) {
        assertThat(needs.keySet())
                .as("the jobs that ObservedJobs runs; it must run %s to see what it asks for", job)
                .contains(job);
        assertThat(denied(permissions, job)).isEmpty();
    }

    @Test
    void noRoleMayDoMoreThanItsJobsDo() {
        assertThat(unused(permissions)).containsExactlyInAnyOrderElementsOf(UNUSED.keySet());
    }

    @Test
    void findsAnActionAndAResourceThatNobodyNeeds() throws IOException {
        Permissions wide = changed("reports", "WriteReports", statement -> {
            statement.withArray("actions").add("s3:PutObjectAcl");
            statement.withArray("resources").add("arn:${partition}:s3:::${runs}*");
        });

        assertThat(unused(wide))
                .contains("reports WriteReports s3:PutObjectAcl", "reports WriteReports arn:aws:s3:::runs/of/*")
                .doesNotContain("reports WriteReports s3:PutObject");
    }

    /** Of all roles. */
    private static Set<String> unused(Permissions given) {
        Map<String, Set<Need>> byRole = needs.entrySet().stream()
                .collect(Collectors.groupingBy(
                        job -> role(job.getKey()),
                        Collectors.flatMapping(job -> job.getValue().stream(), Collectors.toSet())));
        byRole.put("state-machine", ofSequences());
        Set<String> unused = new TreeSet<>();
        byRole.forEach((role, asked) -> unused.addAll(unused(given, role, asked)));
        return unused;
    }

    @Test
    void theStateMachineMayWhatItsSequencesDo() {
        assertThat(ofSequences()).hasSizeGreaterThan(10).allSatisfy(need -> assertThat(
                        permissions.allow("state-machine", need))
                .as(need.toString())
                .isTrue());
    }

    @Test
    void theSchedulerMayStartEverySequenceAndTheMonitorAndKeepWhatCouldNotStartAndNothingElse() {
        List<Need> allowed = permissions.roles().get("scheduler").stream()
                .flatMap(statement -> statement.actions().stream()
                        .flatMap(action -> statement.resources().stream().map(resource -> new Need(action, resource))))
                .toList();

        Stream<Need> sequences = SequenceSteps.known(HOME).stream()
                .map(sequence -> new Need(
                        "states:StartExecution",
                        "arn:aws:states:us-east-1:111122223333:stateMachine:etl-omc-flywheel-dev-" + sequence));
        Stream<Need> others = Stream.of(
                new Need(
                        "glue:StartJobRun",
                        "arn:aws:glue:us-east-1:111122223333:job/etl-omc-flywheel-dev-generate-data-monitor-report"),
                new Need("sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:etl-omc-flywheel-dev-dead-letters"));
        assertThat(allowed)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(sequences, others).toList());
    }

    @Test
    void everyJobThatARoleNamesIsAJob() {
        List<String> named = permissions.roles().values().stream()
                .flatMap(List::stream)
                .flatMap(statement -> statement.resources().stream())
                .filter(resource -> resource.contains(":job/") && !resource.endsWith("*"))
                .map(resource -> resource.replaceFirst(".*:job/etl-omc-flywheel-dev-", ""))
                .toList();

        assertThat(jobs().toList()).containsAll(named);
    }

    @ParameterizedTest
    @CsvSource({
        "resolve-snapshot, WriteTheDecision, s3:PutObject",
        "infobase-split-and-bucket, WriteDataSets, s3:AbortMultipartUpload",
        "infobase-split-and-part, WriteDataSets, s3:DeleteObject",
        "addressable-bucket, ListBuckets, s3:ListBucket",
        "register-staged-tables, WriteTables, glue:CreateTable",
        "register-part-tables, WriteTables, glue:UpdateTable",
        "create-athena-bucketed-tables, Query, athena:StartQueryExecution",
        "prepare-part-tables, WritePartitions, glue:BatchUpdatePartition",
        "generate-data-monitor-report, TellOfAlerts, sns:Publish",
        "generate-cleanrooms-report, ReadTheCollaboration, cleanrooms:ListSchemas"
    })
    void findsAnActionThatIsTakenOut(String job, String sid, String action) throws IOException {
        Permissions broken = changed(
                role(job),
                sid,
                statement -> removeAction(statement.path("actions").elements(), action));

        assertThat(denied(broken, job)).isNotEmpty().allMatch(need -> need.action()
                .equals(action));
    }

    /** The file with another statement in place of one. */
    private Permissions changed(String role, String sid, Consumer<ObjectNode> change) throws IOException {
        Path target = copy.resolve(Permissions.FILE);
        Files.createDirectories(target.getParent());
        ObjectMapper json = new ObjectMapper();
        JsonNode file = json.readTree(HOME.resolve(Permissions.FILE).toFile());
        for (JsonNode statement : file.path(role)) {
            if (statement.path("sid").asText().equals(sid)) {
                change.accept((ObjectNode) statement);
            }
        }
        json.writeValue(target.toFile(), file);
        return Permissions.read(copy, ObservedJobs.permissionValues());
    }

    private static void removeAction(Iterator<JsonNode> actions, String action) {
        while (actions.hasNext()) {
            if (actions.next().asText().equals(action)) {
                actions.remove();
            }
        }
    }

    private static Set<Need> denied(Permissions given, String job) {
        return needs.get(job).stream()
                .filter(need -> !given.allow(role(job), need))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every action and every resource of a statement that no request has. */
    private static List<String> unused(Permissions given, String role, Set<Need> asked) {
        List<String> unused = new ArrayList<>();
        for (Statement statement : given.roles().get(role)) {
            String name = role + " " + statement.sid();
            Set<Need> allowed = asked.stream().filter(statement::allows).collect(Collectors.toSet());
            if (allowed.isEmpty()) {
                unused.add(name);
                continue;
            }
            statement.actions().stream()
                    .filter(action -> allowed.stream().noneMatch(need -> Permissions.matches(action, need.action())))
                    .forEach(action -> unused.add(name + " " + action));
            statement.resources().stream()
                    .filter(resource ->
                            allowed.stream().noneMatch(need -> Permissions.matches(resource, need.resource())))
                    .forEach(resource -> unused.add(name + " " + resource));
        }
        return unused;
    }

    private static String role(String job) {
        return ObservedJobs.settings().get(job).role();
    }

    /** What Step Functions asks for with the states of the sequences. */
    private static Set<Need> ofSequences() {
        Set<Need> asked = new LinkedHashSet<>();
        for (String sequence : SequenceSteps.known(HOME)) {
            String text = Template.read(HOME.resolve("run-sequence/%s.asl.json".formatted(sequence)))
                    .render(ObservedJobs.sequenceValues());
            try {
                new ObjectMapper().readTree(text).findParents("Resource").forEach(task -> asked.addAll(ofTask(task)));
            } catch (IOException e) {
                throw new AssertionError(sequence, e);
            }
        }
        return asked;
    }

    private static Set<Need> ofTask(JsonNode task) {
        JsonNode parameters = task.path("Parameters");
        return switch (task.path("Resource").asText()) {
            // Step Functions developer guide, IAM policies for AWS Glue: "Run a job".
            case "arn:aws:states:::glue:startJobRun.sync" ->
                Stream.of("StartJobRun", "GetJobRun", "GetJobRuns", "BatchStopJobRun")
                        .map(action -> new Need(
                                "glue:" + action,
                                "arn:aws:glue:us-east-1:111122223333:job/"
                                        + parameters.path("JobName").asText()))
                        .collect(Collectors.toSet());
            case "arn:aws:states:::sns:publish" ->
                Set.of(new Need("sns:Publish", parameters.path("TopicArn").asText()));
            case "arn:aws:states:::aws-sdk:s3:getObject" ->
                Set.of(new Need(
                        "s3:GetObject",
                        "arn:aws:s3:::%s/%s"
                                .formatted(
                                        parameters.path("Bucket").asText(),
                                        parameters
                                                .path("Key.$")
                                                .asText()
                                                .replaceFirst("^States\\.Format\\('([^']*)'.*$", "$1")
                                                .replace("{}", "2025-11-01-1"))));
            default -> throw new AssertionError("no action is known for " + task);
        };
    }
}
