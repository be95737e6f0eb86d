package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.sequence.asl.StateError;
import com.omc.flywheel.sequence.asl.TaskCall;
import com.omc.flywheel.sequence.deployment.JobSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands in for {@code run-sequence/spark-submit}. */
class LocalTasksTest {
    private static final String RUN_JOB = "arn:aws:states:::glue:startJobRun.sync";
    private static final String JOB = "etl-omc-flywheel-local-resolve-snapshot";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-11-02T03:04:05Z"), ZoneOffset.UTC);

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");

    @TempDir
    private Path home;

    private LocalTasks tasks(String script) throws IOException {
        Path file = Files.createDirectories(home.resolve("run-sequence")).resolve("spark-submit");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        PrintStream output = new PrintStream(console, true, StandardCharsets.UTF_8);
        JobSettings settings = new JobSettings(
                "resolve-snapshot",
                "com.omc.flywheel.jobs.resolvesnapshot.ResolveSnapshotJob",
                "Decides.",
                "data",
                "G.1X",
                2,
                Duration.ofMinutes(20),
                2,
                Map.of("RUNS_PATH", "s3://lake/runs/", "SOURCE_PATHS", "s3://lake/in/"));
        return new LocalTasks(
                Map.of("resolve-snapshot", settings),
                new JobProcess(home, Map.of(), "1g"),
                store,
                LocalWorkspace.of(home, Optional.of(home.resolve("work"))),
                "newest-1",
                CLOCK,
                output);
    }

    private static TaskCall runOf(String job, Optional<Duration> timeout) {
        JsonNode parameters = json(
                "{'JobName': '%s', 'Arguments': {'--RUNS_PATH': 's3://lake/runs/bucketed/', '--EXECUTION': 'newest-1'}}"
                        .formatted(job));
        return new TaskCall("resolve-snapshot", RUN_JOB, parameters, timeout);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void runsAJobWithItsSettingsAndWhatTheSequencePassesInTheirPlace() throws IOException {
        LocalTasks tasks = tasks("echo \"$@\" > \"$0.words\"");

        JsonNode run = tasks.call(runOf(JOB, Optional.empty()));

        assertThat(Files.readString(home.resolve("run-sequence/spark-submit.words")))
                .contains("--class com.omc.flywheel.jobs.resolvesnapshot.ResolveSnapshotJob")
                .contains("--RUNS_PATH s3://lake/runs/bucketed/")
                .contains("--SOURCE_PATHS s3://lake/in/")
                .contains("--EXECUTION newest-1")
                .doesNotContain("--RUNS_PATH s3://lake/runs/ ");
        assertThat(json(run.toString()))
                .isEqualTo(json(
                        """
                                {'Id': 'jr_newest-1_1', 'JobName': '%s', 'JobRunState': 'SUCCEEDED', 'ExecutionTime': 0,
                                 'Arguments': {'--RUNS_PATH': 's3://lake/runs/bucketed/', '--SOURCE_PATHS': 's3://lake/in/',
                                   '--EXECUTION': 'newest-1'}}"""
                                .formatted(JOB)));
        assertThat(tasks.call(runOf(JOB, Optional.empty())).path("Id").asText()).isEqualTo("jr_newest-1_2");
    }

    @Test
    void failsAsGlueDoesWithTheWholeMessageOfTheJob() throws IOException {
        LocalTasks tasks = tasks(
                """
                cat >&2 <<'END'
                09:10:11 INFO Something: goes on
                Exception in thread "main" com.omc.flywheel.common.failure.JobFailure: BAD_DATA: 2 sources differ:
                  - s3://lake/in/a/
                  - s3://lake/in/b/
                \tat Some.where(Some.java:1)
                END
                exit 1""");

        assertThatThrownBy(() -> tasks.call(runOf(JOB, Optional.empty())))
                .isInstanceOfSatisfying(StateError.class, error -> {
                    assertThat(error.error()).isEqualTo("States.TaskFailed");
                    JsonNode run = json(error.cause());
                    assertThat(run.path("JobRunState").asText()).isEqualTo("FAILED");
                    assertThat(run.path("Id").asText()).isEqualTo("jr_newest-1_1");
                    assertThat(run.path("ErrorMessage").asText())
                            .isEqualTo("BAD_DATA: 2 sources differ:\n  - s3://lake/in/a/\n  - s3://lake/in/b/");
                });
    }

    @Test
    void namesTheLogOfAJobThatEndedWithoutAMessage() throws IOException {
        LocalTasks tasks = tasks("exit 137");

        assertThatThrownBy(() -> tasks.call(runOf(JOB, Optional.empty())))
                .isInstanceOfSatisfying(StateError.class, error -> assertThat(
                                json(error.cause()).path("ErrorMessage").asText())
                        .startsWith("exit code 137; its log is ")
                        .endsWith("resolve-snapshot.log"));
    }

    @Test
    void endsAJobWhoseTimeIsOver() throws IOException {
        LocalTasks tasks = tasks("exec sleep 600");

        assertThatThrownBy(() -> tasks.call(runOf(JOB, Optional.of(Duration.ofMillis(50)))))
                .isInstanceOfSatisfying(StateError.class, error -> {
                    assertThat(error.error()).isEqualTo("States.Timeout");
                    assertThat(error.cause()).contains("its time was over");
                });
    }

    @Test
    void knowsNoJobOfAnotherEnvironmentAndNoneWithoutSettings() throws IOException {
        LocalTasks tasks = tasks("exit 0");

        for (String job : new String[] {"etl-omc-flywheel-dev-resolve-snapshot", "etl-omc-flywheel-local-other"}) {
            assertThatThrownBy(() -> tasks.call(runOf(job, Optional.empty())))
                    .isInstanceOfSatisfying(StateError.class, error -> {
                        assertThat(error.error()).isEqualTo("Glue.EntityNotFoundException");
                        assertThat(error.cause()).contains("has no job " + job);
                    });
        }
    }

    @Test
    void readsAnObjectAndSaysWhichIsNotThere() throws IOException {
        store.put("s3://lake/runs/a/snapshot.json", "{}");
        LocalTasks tasks = tasks("exit 0");

        assertThat(tasks.call(objectAt("runs/a/snapshot.json")).path("Body").asText())
                .isEqualTo("{}");
        assertThatThrownBy(() -> tasks.call(objectAt("runs/b/snapshot.json")))
                .isInstanceOfSatisfying(StateError.class, error -> {
                    assertThat(error.error()).isEqualTo("S3.NoSuchKeyException");
                    assertThat(error.cause()).isEqualTo("there is no s3://lake/runs/b/snapshot.json");
                });
    }

    private static TaskCall objectAt(String key) {
        return new TaskCall(
                "Read the snapshot",
                "arn:aws:states:::aws-sdk:s3:getObject",
                JsonNodeFactory.instance.objectNode().put("Bucket", "lake").put("Key", key),
                Optional.empty());
    }

    @Test
    void printsANotificationWithEveryLineOfIt() throws IOException {
        JsonNode message = JsonNodeFactory.instance
                .objectNode()
                .put("Subject", "Flywheel local: split failed")
                .put("Message", "It failed.\n100% of {} lines");

        tasks("exit 0").call(new TaskCall("split: tell", "arn:aws:states:::sns:publish", message, Optional.empty()));

        assertThat(console.toString(StandardCharsets.UTF_8))
                .isEqualTo("\n-- Flywheel local: split failed\n   It failed.\n   100% of {} lines\n");
    }

    @Test
    void refusesAServiceThatItDoesNotKnow() throws IOException {
        TaskCall call = new TaskCall(
                "S", "arn:aws:states:::lambda:invoke", JsonNodeFactory.instance.objectNode(), Optional.empty());
        LocalTasks tasks = tasks("exit 0");

        assertThatThrownBy(() -> tasks.call(call))
                .isInstanceOfSatisfying(
                        StateError.class, error -> assertThat(error.error()).isEqualTo("States.Runtime"));
    }
}
