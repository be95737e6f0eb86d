package com.omc.flywheel.sequence.deployment;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSettingsTest {
    private static final String JOB =
            """
            {"class": "a.b.C", "purpose": "Does it.", "role": "data", "worker_type": "G.1X", "number_of_workers": 2,
             "timeout_min": 90, "max_concurrent_runs": 1,
             "arguments": {"TARGET_PATH": "${root}out/", "FORCE": "false"}}""";
    private static final Map<String, String> VALUES = Map.of("root", "s3://lake/");

    @TempDir
    private Path home;

    @Test
    void readsTheSettingsOfEveryJobInTheOrderOfTheFile() throws IOException {
        write("{\"second-job\": %s, \"a-job\": %s}".formatted(JOB, JOB));

        Map<String, JobSettings> settings = JobSettings.read(home, VALUES, Map.of());

        assertThat(settings.keySet()).containsExactly("second-job", "a-job");
        assertThat(settings.get("a-job"))
                .isEqualTo(new JobSettings(
                        "a-job",
                        "a.b.C",
                        "Does it.",
                        "data",
                        "G.1X",
                        2,
                        Duration.ofMinutes(90),
                        1,
                        Map.of("TARGET_PATH", "s3://lake/out/", "FORCE", "false")));
    }

    @Test
    void letsAnEnvironmentSetArgumentsOfOneJobOtherwise() throws IOException {
        write("{\"one\": %s, \"two\": %s}".formatted(JOB, JOB));

        Map<String, JobSettings> settings =
                JobSettings.read(home, VALUES, Map.of("two", Map.of("FORCE", "true", "PARALLELISM", "4")));

        assertThat(settings.get("two").arguments())
                .isEqualTo(Map.of("TARGET_PATH", "s3://lake/out/", "FORCE", "true", "PARALLELISM", "4"));
        assertThat(settings.get("one").arguments()).containsEntry("FORCE", "false");
    }

    @Test
    void refusesArgumentsOfJobsThatThereAreNot() throws IOException {
        write("{\"one\": %s}".formatted(JOB));

        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> JobSettings.read(home, VALUES, Map.of("onw", Map.of(), "twp", Map.of())))
                .hasMessageContaining("jobs.json has no job onw, twp, whose arguments are set");
    }

    @Test
    void saysWhichValueIsAbsent() throws IOException {
        write("{\"one\": %s}".formatted(JOB));

        assertFails(FailureKind.BAD_ARGUMENT, () -> JobSettings.read(home, Map.of(), Map.of()))
                .hasMessageContaining("needs values of root");
    }

    @Test
    void refusesAJobWhoseMembersAreNotTheExpectedOnes() throws IOException {
        write("{\"one\": %s}".formatted(JOB.replace("timeout_min", "timeout_minutes")));

        assertFails(FailureKind.BAD_DATA, () -> JobSettings.read(home, VALUES, Map.of()))
                .hasMessageContaining("the job one has the members")
                .hasMessageContaining("timeout_minutes");
    }

    @Test
    void refusesAFileThatIsNotJsonOrNamesSomethingTwice() throws IOException {
        write("{\"one\": %s".formatted(JOB));
        assertFails(FailureKind.BAD_DATA, () -> JobSettings.read(home, VALUES, Map.of()))
                .hasMessageContaining("jobs.json is not JSON");

        write("{\"one\": %s, \"one\": %s}".formatted(JOB, JOB));
        assertFails(FailureKind.BAD_DATA, () -> JobSettings.read(home, VALUES, Map.of()))
                .hasMessageContaining("jobs.json is not JSON: Duplicate field 'one'");
    }

    private void write(String text) throws IOException {
        Path file = home.resolve(JobSettings.FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
