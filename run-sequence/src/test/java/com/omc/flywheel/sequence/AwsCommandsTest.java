package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.query.AthenaShutdownHooks;
import com.omc.flywheel.sequence.aws.ExecutionArn;
import com.omc.flywheel.sequence.aws.ExecutionState;
import com.omc.flywheel.sequence.aws.FakeExecutions;
import com.omc.flywheel.sequence.aws.History;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.runs.StepOutput;
import com.omc.flywheel.sequence.runs.StepOutputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for AWS as they are called, on state machines that do what a test says. */
class AwsCommandsTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final String SPLIT = "infobase-split-and-bucket";
    private static final String SPLIT_JOB = "etl-omc-flywheel-dev-infobase-split-and-bucket";
    private static final String INPUT =
            "{\"snapshot_dt\":\"_NONE_\",\"tables\":\"IBE_01\",\"force\":\"true\",\"allow_mixed_snapshots\":\"false\",\"allow_dropped_columns\":\"false\",\"skip\":\"_NONE_\"}";

    @TempDir
    private static Path runs;

    private final Map<String, StepOutput> outputs = new HashMap<>();
    private final Set<String> refusedJobs = new HashSet<>();
    private final FakeExecutions executions = new FakeExecutions();
    private final String machine = executions.addStateMachine("etl-omc-flywheel-dev-bucketed");
    private final List<Map<String, String>> environments = new ArrayList<>();
    private final List<Thread> hooks = new ArrayList<>();
    private final List<Thread> removedHooks = new ArrayList<>();
    private Runnable whileWaiting = () -> {
        throw new IllegalStateException("nothing to wait for");
    };
    private final AwsSurroundings surroundings = new AwsSurroundings(
            HOME,
            Map.of("AWS_REGION", "us-east-1"),
            environment -> {
                environments.add(environment);
                return executions;
            },
            environment -> new StepOutputs() {
                @Override
                public Optional<StepOutput> of(Map<String, String> arguments) {
                    return Optional.ofNullable(outputs.get(arguments.get("TARGET_PATH")));
                }

                @Override
                public Map<String, String> arguments(String job, Map<String, String> given) {
                    if (refusedJobs.contains(job)) {
                        throw new JobFailure(FailureKind.ACCESS_DENIED, "glue:GetJob on " + job);
                    }
                    Map<String, String> all = new TreeMap<>(given);
                    all.put("--TARGET_PATH", "s3://lake/%s/".formatted(job));
                    return all;
                }

                @Override
                public void close() {
                    // There is nothing to close.
                }
            },
            runs,
            Clock.fixed(Instant.parse("2025-11-02T03:00:00Z"), ZoneOffset.UTC),
            wait -> whileWaiting.run(),
            new AthenaShutdownHooks() {
                @Override
                public void add(Thread hook) {
                    hooks.add(hook);
                }

                @Override
                public void remove(Thread hook) {
                    removedHooks.add(hook);
                }
            },
            "anna");
    private final Main main = new Main(List.of(
            new AwsRunCommand("bucketed", surroundings),
            new AwsRunCommand("partitioned", surroundings),
            new AwsAttachCommand(surroundings),
            new AwsStopCommand(surroundings),
            new AwsRedriveCommand(surroundings)));
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void thereIsOneForEverySequence() {
        assertThat(SequenceSteps.known(HOME)).containsExactly("bucketed", "partitioned");
    }

    @Test
    void startAndFollowASequenceToItsEnd() {
        executions.setHistoryOfNew(
                new History().decided("2025-11-01").succeeded().events());

        assertThat(run("aws bucketed --env dev --snapshot-dt 2025-11-01 --skip addressable-bucket"))
                .isZero();

        assertThat(executions.starts())
                .containsExactly(
                        "2025-11-01-1 {\"snapshot_dt\":\"2025-11-01\",\"tables\":\"_NONE_\",\"force\":\"false\",\"allow_mixed_snapshots\":\"false\",\"allow_dropped_columns\":\"false\",\"skip\":\"addressable-bucket\"}");
        assertThat(printed())
                .isEqualTo(
                        """
                        execution 2025-11-01-1 of etl-omc-flywheel-dev-bucketed in eu-west-1: started
                          https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/arn:aws:states:eu-west-1:111122223333:execution:etl-omc-flywheel-dev-bucketed:2025-11-01-1
                        03:01:00  resolve-snapshot: started (jr_first)
                        03:01:50  resolve-snapshot: done in 80 s

                        step              outcome  seconds   job run
                        resolve-snapshot     done       80  jr_first

                        record  %s

                        execution 2025-11-01-1 succeeded
                        """
                                .formatted(runs.resolve("dev/bucketed/2025-11-01-1.json")));
        assertThat(removedHooks).isEqualTo(hooks).hasSize(1);
        assertThat(executions.isClosed()).isTrue();
    }

    @Test
    void keepARecordOfARunThatFailedAndOfWhatItsStepsHaveWritten() throws IOException {
        outputs.put("s3://lake/etl-omc-flywheel-dev-addressable-bucket/", new StepOutput(1, 1985, 2, 292_334));
        History history = new History().decided("2025-11-01");
        history.here()
                .enter("Task", "addressable-bucket")
                .submitted("etl-omc-flywheel-dev-addressable-bucket", "jr_2")
                .succeededJobRun("{\"Id\":\"jr_2\",\"Arguments\":{\"--FORCE\":\"true\",\"--KMS_KEY_ID\":\"_NONE_\"}}")
                .exit("Task", "addressable-bucket", "{}")
                .enter("Pass", "addressable-bucket: done");
        history.here()
                .enter("Task", SPLIT)
                .submitted(SPLIT_JOB, "jr_1")
                .failedJobRun(SPLIT_JOB, "jr_1", "BAD_DATA: a column is gone")
                .exit("Task", SPLIT, "{}")
                .enter("Pass", SPLIT + ": failed");
        executions.setHistoryOfNew(history.failed().events());
        refusedJobs.add(SPLIT_JOB);

        assertThat(run("aws bucketed --env dev --snapshot-dt 2025-11-01")).isEqualTo(12);

        JsonNode record = new ObjectMapper()
                .readTree(runs.resolve("dev/bucketed/2025-11-01-1.json").toFile());
        assertThat(record.at("/outcome").asText()).isEqualTo("failed");
        assertThat(record.at("/snapshot_dt").asText()).isEqualTo("2025-11-01");
        assertThat(record.at("/input/force").asText()).isEqualTo("false");
        assertThat(record.path("steps").findValuesAsText("step"))
                .containsExactly("resolve-snapshot", SPLIT, "addressable-bucket");
        assertThat(record.at("/steps/1/cause").asText()).isEqualTo("BAD_DATA: a column is gone");
        assertThat(record.at("/steps/1/job_run_id").asText()).isEqualTo("jr_1");
        assertThat(record.at("/steps/2/rows").asLong()).isEqualTo(1985);
        assertThat(record.at("/steps/2/bytes").asLong()).isEqualTo(292_334);
        assertThat(record.at("/steps/2/attempts").asInt()).isEqualTo(1);
        assertThat(record.at("/steps/2/arguments").toString())
                .isEqualTo(
                        "{\"--FORCE\":\"true\",\"--TARGET_PATH\":\"s3://lake/etl-omc-flywheel-dev-addressable-bucket/\"}");
        assertThat(printed())
                .contains("the record lacks arguments of a step: ACCESS_DENIED: glue:GetJob on " + SPLIT_JOB);
        assertThat(record.at("/steps/1/arguments")).isEmpty();
    }

    @Test
    void endWithTheNumberOfTheStepThatFailedAndTheLineToGoOnWith() {
        History history = new History().decided("2025-11-01");
        history.here()
                .enter("Task", SPLIT)
                .submitted(SPLIT_JOB, "jr_1")
                .failedJobRun(SPLIT_JOB, "jr_1", "BAD_DATA: a column is gone")
                .exit("Task", SPLIT, "{}")
                .enter("Pass", SPLIT + ": failed");
        executions.setHistoryOfNew(history.failed().events());

        assertThat(run("aws bucketed --env dev --tables IBE_01 --force --region eu-west-1"))
                .isEqualTo(12);

        assertThat(printed())
                .contains(
                        "infobase-split-and-bucket: failed after",
                        "States.TaskFailed: BAD_DATA: a column is gone",
                        "log: https://");
        assertThat(complained())
                .isEqualTo(
                        """
                        execution newest-2025-11-02-1 failed at infobase-split-and-bucket, step 2 of 6 (Flywheel.StepFailed: A step failed; the notification of it tells which.)
                          when the cause is mended: run-sequence/run aws bucketed --env dev --snapshot-dt 2025-11-01 --tables IBE_01 --force --from infobase-split-and-bucket --region eu-west-1
                        """);
        assertThat(environments).containsExactly(Map.of("AWS_REGION", "eu-west-1"));
    }

    @Test
    void endWithTheStepThatFailedThoughNoRecordCanBeKept() throws IOException {
        Files.writeString(runs.resolve("prod"), "a file where the folder of the records would be");
        executions.addStateMachine("etl-omc-flywheel-prod-bucketed");
        History history = new History().decided("2025-11-01");
        history.here().enter("Task", SPLIT).enter("Pass", SPLIT + ": failed");
        executions.setHistoryOfNew(history.failed().events());

        assertThat(run("aws bucketed --env prod --snapshot-dt 2025-11-01")).isEqualTo(12);

        assertThat(printed()).contains("no record of this run is kept: ENVIRONMENT: the record of the run cannot be");
        assertThat(complained()).startsWith("execution 2025-11-01-1 failed at infobase-split-and-bucket");
    }

    @Test
    void endWithTheCodeOfBusyWhenAnotherRunWasInTheWay() {
        History history = new History().decided("2025-11-01");
        history.here()
                .enter("Task", SPLIT)
                .submitted(SPLIT_JOB, "jr_1")
                .failedJobRun(SPLIT_JOB, "jr_1", "BUSY: another run")
                .exit("Task", SPLIT, "{}")
                .enter("Pass", SPLIT + ": failed");
        executions.setHistoryOfNew(history.failed().events());

        assertThat(run("aws bucketed --env dev")).isEqualTo(75);
    }

    @Test
    void endWithOneWhenTheRunWasStopped() {
        executions.setHistoryOfNew(new History()
                .decided("2025-11-01")
                .end("ExecutionAborted", "Flywheel.Stopped", "stopped by bert")
                .events());

        assertThat(run("aws bucketed --env dev")).isEqualTo(1);

        assertThat(complained())
                .isEqualTo(
                        """
                        execution newest-2025-11-02-1 was stopped (Flywheel.Stopped: stopped by bert)
                          go on with it: run-sequence/run aws redrive bucketed/newest-2025-11-02-1 --env dev
                          or start anew: run-sequence/run aws bucketed --env dev --snapshot-dt 2025-11-01
                        """);
    }

    @Test
    void endWithOneWhenTheInputWasWrong() {
        executions.setHistoryOfNew(new History()
                .end("ExecutionFailed", "Flywheel.WrongInput", "The input is not right")
                .events());

        assertThat(run("aws bucketed --env dev")).isEqualTo(1);
        assertThat(complained())
                .startsWith("execution newest-2025-11-02-1 failed (Flywheel.WrongInput: The input is not right)");
    }

    @Test
    void doNotFollowWhenToldSo() {
        assertThat(run("aws bucketed --env dev --detach")).isZero();

        assertThat(printed())
                .endsWith(
                        """
                        execution newest-2025-11-02-1 goes on by itself
                          follow it: run-sequence/run aws attach bucketed/newest-2025-11-02-1 --env dev
                          stop it:   run-sequence/run aws stop bucketed/newest-2025-11-02-1 --env dev
                        """);
        assertThat(hooks).isEmpty();
    }

    @Test
    void takeTheCommandOfANotificationThatKnowsNoSnapshot() {
        assertThat(run("aws bucketed --snapshot-dt _NONE_ --from resolve-snapshot --env dev --detach"))
                .isZero();

        assertThat(executions.starts()).singleElement().asString().startsWith("newest-2025-11-02-1 ");
    }

    @Test
    void sayOnCtrlCThatTheExecutionGoesOn() {
        History history = new History();
        executions.setHistoryOfNew(history.events());
        ExecutionArn arn = ExecutionArn.of(machine, "newest-2025-11-02-1");
        List<String> said = new ArrayList<>();
        whileWaiting = () -> {
            output.reset();
            end(hooks.get(0));
            said.add(printed());
            executions.setHistory(arn, history.succeeded().events());
        };

        assertThat(run("aws bucketed --env dev")).isZero();

        assertThat(said.get(0))
                .contains(
                        "execution newest-2025-11-02-1 goes on by itself",
                        "run-sequence/run aws attach bucketed/newest-2025-11-02-1 --env dev",
                        "run-sequence/run aws stop bucketed/newest-2025-11-02-1 --env dev");
        assertThat(executions.stops()).isEmpty();
    }

    @Test
    void sayThatTheExecutionGoesOnWhenItCannotBeFollowed() {
        executions.failHistory(new JobFailure(FailureKind.ACCESS_DENIED, "the token has expired"));

        assertThat(run("aws bucketed --env dev")).isEqualTo(1);

        assertThat(complained()).contains("the token has expired");
        assertThat(printed()).contains("execution newest-2025-11-02-1 goes on by itself");
        assertThat(removedHooks).isEqualTo(hooks);
    }

    @Test
    void attachToWhatRuns() {
        ExecutionArn arn = executions.add(machine, "5f0c-4711", ExecutionState.RUNNING, INPUT);
        executions.setHistory(
                arn, new History().decided("2025-11-01").succeeded().events());

        assertThat(run("aws attach bucketed --env dev")).isZero();
        assertThat(run("aws bucketed --env dev --tables IBE_01 --force")).isZero();

        assertThat(printed())
                .contains(
                        "5f0c-4711 of etl-omc-flywheel-dev-bucketed in eu-west-1: attached\n",
                        "in eu-west-1: attached: this execution of the snapshot already runs\n",
                        "resolve-snapshot: done in 80 s");
        assertThat(executions.starts()).isEmpty();
    }

    @Test
    void stopWhatRunsAndSayWho() {
        executions.add(machine, "2025-11-01-1", ExecutionState.RUNNING, INPUT);

        assertThat(run("aws stop 2025-11-01-1 --env dev")).isZero();
        assertThat(run("aws stop bucketed --env dev")).isZero();

        assertThat(executions.stops()).containsExactly("2025-11-01-1 stopped by anna with run-sequence/run aws stop");
        assertThat(printed())
                .contains(
                        "glue:BatchStopJobRun",
                        "run-sequence/run aws redrive bucketed/2025-11-01-1 --env dev",
                        "execution 2025-11-01-1 has already ended, as ABORTED; there is nothing to stop");
    }

    @Test
    void printTheLineThatRedrivesWhatWasStopped() {
        ExecutionArn arn = executions.add(machine, "2025-11-01-1", ExecutionState.ABORTED, INPUT);

        assertThat(run("aws redrive bucketed --env dev")).isZero();
        assertThat(printed())
                .contains(
                        "aws stepfunctions redrive-execution --execution-arn %s --region eu-west-1".formatted(arn),
                        "run-sequence/run aws attach bucketed/2025-11-01-1 --env dev");

        output.reset();
        executions.become(arn, ExecutionState.TIMED_OUT, Optional.of("it is too old"));
        executions.setHistory(arn, new History().decided("2025-11-01").events());
        assertThat(run("aws redrive bucketed --env dev")).isZero();
        assertThat(printed())
                .contains(
                        "would not redrive it (it is too old)",
                        "run-sequence/run aws bucketed --env dev --snapshot-dt 2025-11-01 --tables IBE_01 --force")
                .doesNotContain("redrive-execution");
    }

    @Test
    void printTheLineThatStartsAFailedRunAnew() {
        String input = INPUT.replace("\"skip\":\"_NONE_\"", "\"skip\":\"addressable-bucket\"");
        ExecutionArn arn = executions.add(machine, "newest-2025-11-02-1", ExecutionState.FAILED, input);
        String step = "register-staged-tables-infobase";
        History history = new History().decided("2025-11-01");
        history.here().enter("Task", step).enter("Pass", step + ": failed");
        executions.setHistory(arn, history.failed().events());

        assertThat(run("aws redrive newest-2025-11-02-1 --env dev")).isZero();

        assertThat(printed())
                .contains(
                        "it failed, and a redrive would fail again at the same place",
                        "  run-sequence/run aws bucketed --env dev --snapshot-dt 2025-11-01 --tables IBE_01 --force --skip infobase-split-and-bucket,addressable-bucket\n");
    }

    @Test
    void redriveNothingThatRunsOrSucceeded() {
        ExecutionArn arn = executions.add(machine, "a", ExecutionState.RUNNING, INPUT);
        run("aws redrive bucketed --env dev");
        executions.become(arn, ExecutionState.SUCCEEDED, Optional.empty());
        run("aws redrive bucketed --env dev");

        assertThat(printed())
                .isEqualTo(
                        """
                        execution a of bucketed: it still runs; follow it:
                          run-sequence/run aws attach bucketed/a --env dev
                        execution a of bucketed: it succeeded; there is nothing left to do
                        """);
    }

    @Test
    void refuseWhatTheyCannotUnderstand() {
        Map.of(
                        "aws bucketed", "--env is needed",
                        "aws bucketed --env DEV", "--env: expected a name in lower case like dev, got \"DEV\"",
                        "aws bucketed --env dev --snapshot-dt 2025-02-30", "--snapshot-dt: expected a real date",
                        "aws bucketed --env dev --tables IBE_01,", "--tables: expected names like IBE_01,IBE_02",
                        "aws bucketed --env dev --from x", "--from: the steps of bucketed are resolve-snapshot,",
                        "aws bucketed --env dev --only x --skip y", "exclude each other",
                        "aws attach --env dev", "a sequence or an execution is needed",
                        "aws stop x", "--env is needed",
                        "aws redrive --env dev", "a sequence or an execution is needed")
                .forEach((words, message) -> {
                    errors.reset();
                    assertThat(run(words)).as(words).isEqualTo(2);
                    assertThat(complained())
                            .as(words)
                            .startsWith("BAD_ARGUMENT: ")
                            .contains(message);
                });
        assertThat(executions.starts()).isEmpty();
    }

    @Test
    void nameTheStateMachineThatIsMissing() {
        assertThat(run("aws partitioned --env dev")).isEqualTo(1);
        assertThat(complained())
                .contains("MISSING_INPUT: there is no state machine etl-omc-flywheel-dev-partitioned at AWS Step");
    }

    @Test
    void helpWithTheStepsAndTheExitCodes() {
        assertThat(run("aws bucketed --help")).isZero();

        assertThat(printed().lines())
                .contains(
                        "  --allow-mixed-snapshots accepts newest snapshots of different dates, and tables of several snapshots",
                        "  infobase-split-and-bucket, addressable-bucket")
                .anyMatch(line -> line.contains("10 and the number of the step that failed (resolve-snapshot is 1)"));
        assertThat(run("aws attach --help")).isZero();
        assertThat(run("aws stop --help")).isZero();
        assertThat(run("aws redrive --help")).isZero();
        assertThat(printed().lines())
                .filteredOn(line -> line.startsWith("  SEQUENCE|NAME "))
                .hasSize(3);
    }

    /** As the Java runtime does when the process is told to end. */
    private static void end(Thread hook) {
        hook.start();
        try {
            hook.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int run(String words) {
        return main.run(List.of(words.split(" ")), stream(output), stream(errors));
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
