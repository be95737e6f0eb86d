package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.asl.ExecutionContext;
import com.omc.flywheel.sequence.asl.Interpreter;
import com.omc.flywheel.sequence.asl.StateError;
import com.omc.flywheel.sequence.asl.StateMachine;
import com.omc.flywheel.sequence.asl.TaskCall;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.deployment.StepListener;
import com.omc.flywheel.sequence.deployment.StepOutcome;
import com.omc.flywheel.sequence.deployment.Template;
import com.omc.flywheel.sequence.runs.RunRecord.StepRecord;
import com.omc.flywheel.sequence.runs.StepOutput;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The committed sequence of buckets is executed; what its tasks answer is said before. */
class ExecutionStepsTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final String SPLIT = "infobase-split-and-bucket";
    private static final String IDS = "addressable-bucket";
    private static final StepOutput WRITTEN = new StepOutput(2, 42, 4, 402);

    private final SequenceSteps sequence = SequenceSteps.read(HOME, "bucketed");
    private final List<String> told = new ArrayList<>();
    private final Map<String, Queue<StateError>> failures = new HashMap<>();
    private final List<Map<String, String>> asked = new ArrayList<>();
    private Instant now = Instant.parse("2025-11-05T03:00:00Z");
    private int runs;

    private final ExecutionSteps steps = new ExecutionSteps(
            sequence,
            new StepListener() {
                @Override
                public void stepStarted(String step, String detail) {
                    told.add("%s started %s".formatted(step, detail));
                }

                @Override
                public void stepRetried(String step, String error, Optional<Duration> wait) {
                    told.add("%s retried %s%s"
                            .formatted(
                                    step, error, wait.map(time -> " in " + time).orElse("")));
                }

                @Override
                public void stepRecovering(String step) {
                    told.add(step + " recovering");
                }

                @Override
                public void stepEnded(String step, StepOutcome outcome, long seconds, String detail) {
                    told.add("%s %s after %d: %s".formatted(step, outcome.label(), seconds, detail));
                }
            },
            step -> "in " + step + ".log",
            arguments -> {
                asked.add(arguments);
                return Optional.of(WRITTEN).filter(any -> arguments.containsKey("TARGET_PATH"));
            });

    private void execute(String input) {
        Path file = HOME.resolve("run-sequence/bucketed.asl.json");
        StateMachine machine = StateMachine.read(
                "bucketed",
                Template.read(file).render(new LocalEnvironment(S3Uri.parse("s3://lake/source/")).values()));
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("snapshot_dt", "2025-11-01");
        if (!input.isEmpty()) {
            fields.put("skip", input);
        }
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        new Interpreter(this::answer, steps, pause -> {}, new Random(7), clock, 1)
                .run(machine, new ExecutionContext("bucketed", "2025-11-01-1", now, fields));
    }

    private JsonNode answer(TaskCall call) {
        Queue<StateError> inTurn = failures.getOrDefault(call.state(), new ArrayDeque<>());
        if (!inTurn.isEmpty()) {
            throw inTurn.remove();
        }
        return switch (call.resource()) {
            case "arn:aws:states:::glue:startJobRun.sync" -> run("SUCCEEDED");
            case "arn:aws:states:::aws-sdk:s3:getObject" ->
                JsonNodeFactory.instance.objectNode().put("Body", "{\"snapshot_dt\": \"2025-11-01\"}");
            default -> JsonNodeFactory.instance.objectNode().put("MessageId", "m");
        };
    }

    private ObjectNode run(String state) {
        runs++;
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("Id", "jr_" + runs).put("JobName", "job").put("JobRunState", state);
        run.putObject("Arguments")
                .put("--TARGET_PATH", "s3://lake/out/")
                .put("--NUMBER", Integer.toString(runs))
                .put("--KMS_KEY_ID", "_NONE_");
        return run;
    }

    private void fails(String state, String... messages) {
        Queue<StateError> inTurn = failures.computeIfAbsent(state, any -> new ArrayDeque<>());
        for (String message : messages) {
            inTurn.add(new StateError(
                    "States.TaskFailed",
                    run("FAILED").put("ErrorMessage", message).toString()));
        }
    }

    private StepRecord record(String step) {
        return steps.records().stream()
                .filter(record -> record.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private List<String> toldOf(String step) {
        return told.stream().filter(line -> line.startsWith(step + " ")).toList();
    }

    @Test
    void recordsEveryStepInTheOrderOfTheSequenceWithItsJobRunAndWhatItWrote() {
        execute("");

        assertThat(steps.records()).extracting(StepRecord::step).containsExactlyElementsOf(sequence.names());
        assertThat(record(SPLIT))
                .isEqualTo(new StepRecord(
                        SPLIT,
                        StepOutcome.DONE,
                        0,
                        1,
                        Optional.of("jr_2"),
                        Map.of("--TARGET_PATH", "s3://lake/out/", "--NUMBER", "2"),
                        Optional.empty(),
                        Optional.of(WRITTEN)));
        assertThat(asked).allSatisfy(arguments -> assertThat(arguments).containsKeys("TARGET_PATH", "NUMBER"));
        assertThat(toldOf(SPLIT))
                .containsExactly(
                        SPLIT + " started in infobase-split-and-bucket.log",
                        SPLIT + " done after 0: 2 tables, 42 rows, 4 files, 402 bytes");
    }

    @Test
    void recordsAFailureWithTheMessageOfItsJobAlone() {
        fails(SPLIT, "BAD_DATA: 2 of 27 tables failed:\n  - IBE_01\n  - IBE_02");

        execute("");

        StepRecord failed = record(SPLIT);
        assertThat(failed.outcome()).isEqualTo(StepOutcome.FAILED);
        assertThat(failed.jobRunId()).contains("jr_1");
        assertThat(failed.cause()).contains("BAD_DATA: 2 of 27 tables failed:\n  - IBE_01\n  - IBE_02");
        assertThat(failed.output()).isEmpty();
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(toldOf(SPLIT))
                .containsExactly(
                        SPLIT + " started in infobase-split-and-bucket.log",
                        SPLIT + " recovering",
                        SPLIT + " failed after 0: BAD_DATA: 2 of 27 tables failed:\n  - IBE_01\n  - IBE_02");
        assertThat(record(IDS).outcome()).isEqualTo(StepOutcome.DONE);
        assertThat(steps.records()).hasSize(3);
    }

    @Test
    void countsTheAttemptsAndForgetsTheCauseOfTheFirst() {
        fails(SPLIT, "SERVICE: S3 did not answer");

        execute("");

        StepRecord second = record(SPLIT);
        assertThat(second.outcome()).isEqualTo(StepOutcome.DONE);
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(second.cause()).isEmpty();
        assertThat(second.output()).contains(WRITTEN);
    }

    @Test
    void tellsHowLongItWaitsForTheLeaseOfAnotherRun() {
        fails(SPLIT, "BUSY: another run holds the data set");

        execute("");

        assertThat(toldOf(SPLIT)).contains(SPLIT + " retried another run holds the data set in PT5M30S");
    }

    @Test
    void tellsOfARetryOfTheJobRunWithItsWait() {
        failures.put(SPLIT, new ArrayDeque<>(List.of(new StateError("Glue.ThrottlingException", "Rate exceeded"))));

        execute("");

        assertThat(toldOf(SPLIT))
                .anyMatch(line -> line.matches(SPLIT + " retried Glue\\.ThrottlingException in PT[0-9]+S"));
        assertThat(record(SPLIT).outcome()).isEqualTo(StepOutcome.DONE);
    }

    @Test
    void takesNoticeOfANotificationThatIsSentAgainForNoRetryOfTheStep() {
        fails(SPLIT, "BAD_DATA: no");
        failures.put(
                SPLIT + ": tell", new ArrayDeque<>(List.of(new StateError("SNS.InternalErrorException", "later"))));

        execute("");

        assertThat(toldOf(SPLIT)).noneMatch(line -> line.contains("retried"));
    }

    @Test
    void keepsTheTextOfACauseThatIsNoJobRun() {
        failures.put(
                SPLIT, new ArrayDeque<>(List.of(new StateError("States.Timeout", "ended, since its time was over"))));

        execute("");

        assertThat(record(SPLIT).cause()).contains("ended, since its time was over");
        assertThat(record(SPLIT).jobRunId()).isEmpty();
    }

    @Test
    void recordsASkippedStepWithoutAJobRun() {
        execute(IDS);

        assertThat(record(IDS))
                .isEqualTo(new StepRecord(
                        IDS,
                        StepOutcome.SKIPPED,
                        0,
                        0,
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(toldOf(IDS)).containsExactly(IDS + " skipped after 0: ");
    }
}
