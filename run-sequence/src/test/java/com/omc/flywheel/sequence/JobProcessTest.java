package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands in for {@code run-sequence/spark-submit}: it says what that says, and ends as that ends. */
class JobProcessTest {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    private Path home;

    @Test
    void showsTheMessageOfAFailureOnceAndWithoutItsStackTrace() throws Exception {
        assertThatThrownBy(() -> run(
                        """
                        Exception in thread "main" com.omc.flywheel.common.failure.JobFailure: BAD_DATA: no key
                        Caused by: java.io.IOException: inside
                        \tat Some.where(Some.java:1)
                        \t... 1 more
                        """,
                        1))
                .isInstanceOfSatisfying(StepFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(1))
                .hasMessageContaining("busy failed with exit code 1");
        assertThat(shown()).isEqualTo("BAD_DATA: no key\n");
    }

    @Test
    void showsTheMessageThatAJobLogsBeforeItEndsWithACodeOfItsOwn() throws Exception {
        assertThatThrownBy(() -> run("09:10:11 ERROR JobExit: %s\n".formatted(BusyJob.MESSAGE), 75))
                .isInstanceOfSatisfying(StepFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(75))
                .hasMessageContaining("busy failed with exit code 75");
        assertThat(shown()).isEqualTo("09:10:11 ERROR JobExit: %s\n".formatted(BusyJob.MESSAGE));
    }

    private void run(String said, int exitCode) throws IOException {
        Path script = Files.createDirectories(home.resolve("run-sequence")).resolve("spark-submit");
        Files.createFile(script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(script, "#!/bin/sh\ncat >&2 <<'END'\n%sEND\nexit %d\n".formatted(said, exitCode));
        new JobProcess(home, Map.of(), "1g")
                .run(
                        BusyJob.DEFINITION,
                        Map.of(),
                        home.resolve("logs/busy.log"),
                        new PrintStream(console, true, StandardCharsets.UTF_8));
    }

    private String shown() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
