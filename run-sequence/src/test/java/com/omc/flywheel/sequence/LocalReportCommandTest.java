package com.omc.flywheel.sequence;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A script stands in for {@code run-sequence/spark-submit}: it writes the page of a report, or none, and ends as it is told. */
@Timeout(120)
class LocalReportCommandTest {
    private static final String COLLABORATION = "generate-cleanrooms-report";
    private static final String MONITOR = "generate-data-monitor-report";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path home;
    private Path work;
    private LocalReportCommand command;

    @BeforeEach
    void makeAWorkspace() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        work = folder.resolve("work");
        command = new LocalReportCommand(home);
        Path scripts = Files.createDirectories(home.resolve("run-sequence"));
        Files.createSymbolicLink(scripts.resolve("embedded-s3"), Script.FOLDER.resolve("embedded-s3"));
        Files.createSymbolicLink(home.resolve("test-data"), Script.HOME.resolve("test-data"));
        Files.createSymbolicLink(home.resolve("terraform"), Script.HOME.resolve("terraform"));
        Files.createDirectories(work.resolve("catalog"));
        Files.createDirectories(work.resolve("s3/flywheel-local"));
        ends("cleanrooms-reports", 0);
        ends("data-monitor-reports", 0);
        Path script = Files.createFile(
                scripts.resolve("spark-submit"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(
                script,
                """
                #!/bin/sh
                echo "$*" >> '%1$s/arguments'
                env | grep AWS_ENDPOINT_URL_ | sort >> '%1$s/environment'
                while [ "$1" != --REPORT_PREFIX ]; do shift; done
                if [ -f '%1$s/page' ]; then
                  mkdir -p "%2$s/s3/flywheel-local/$2"
                  cp '%1$s/page' "%2$s/s3/flywheel-local/$2/Report_20260101_000001.html"
                fi
                exit "$(cat '%1$s'/"$2")"
                """
                        .formatted(folder, work));
        Files.writeString(folder.resolve("page"), "<!doctype html>");
    }

    @Test
    void endsWithThePagesOfBothReports() throws Exception {
        Path earlier = page("cleanrooms-reports", "Report_20260101_000000.html");
        Files.createDirectories(earlier.getParent());
        Files.createFile(earlier);

        run();

        assertThat(printed())
                .endsWith(
                        page("cleanrooms-reports", "Report_20260101_000001.html")
                                .toString(),
                        page("data-monitor-reports", "Report_20260101_000001.html")
                                .toString())
                .doesNotContain(earlier.toString());
        assertThat(Files.readString(folder.resolve("environment")))
                .contains(
                        "AWS_ENDPOINT_URL_CLEANROOMS=http://127.0.0.1:",
                        "AWS_ENDPOINT_URL_ENTITYRESOLUTION=http://127.0.0.1:",
                        "AWS_ENDPOINT_URL_GLUE=http://127.0.0.1:",
                        "AWS_ENDPOINT_URL_S3=http://127.0.0.1:");
        assertThat(Files.readString(folder.resolve("arguments")))
                .contains("--MEMBERSHIP_ID 000000a1-0000-4000-8000-000000000001", "--FAIL_ON error");
    }

    @Test
    void namesThePageOfAReportThatFailsAndMakesTheOther() throws IOException {
        ends("cleanrooms-reports", 75);

        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(StepFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(75))
                .hasMessageContaining(COLLABORATION + " failed with exit code 75")
                .hasMessageNotContaining(MONITOR);
        assertThat(printed())
                .endsWith(
                        page("cleanrooms-reports", "Report_20260101_000001.html")
                                .toString(),
                        page("data-monitor-reports", "Report_20260101_000001.html")
                                .toString());
    }

    @Test
    void namesEveryReportThatFailsAndNoPageOfBefore() throws IOException {
        run();
        output.reset();
        Files.delete(folder.resolve("page"));
        ends("cleanrooms-reports", 1);
        ends("data-monitor-reports", 1);

        assertThatThrownBy(this::run)
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining(COLLABORATION + " failed with exit code 1")
                .hasMessageContaining(MONITOR + " failed with exit code 1");
        assertThat(printed()).noneMatch(line -> line.endsWith(".html"));
    }

    @Test
    void passesOnWhatItIsTold() throws IOException {
        run(
                "--membership",
                "000000a1-0000-4000-8000-000000000002",
                "--freshness-days",
                "7",
                "--fail-on",
                "warning",
                "--memory",
                "1g",
                "--recorded",
                Script.HOME.resolve("test-data/recorded").toString());

        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("--driver-memory 1g", "--MEMBERSHIP_ID 000000a1-0000-4000-8000-000000000002"),
                        line -> assertThat(line)
                                .contains("--driver-memory 1g", "--FRESHNESS_DAYS 7", "--FAIL_ON warning"));
    }

    @Test
    void refusesAWorkspaceWithoutTablesAndAnswersThatAreNotThere() throws IOException {
        assertFails(FailureKind.MISSING_INPUT, () -> run("--recorded", folder.toString()))
                .hasMessageContaining("there is no folder %s with recorded answers", folder.resolve("cleanrooms"));
        Files.delete(work.resolve("catalog"));

        assertFails(FailureKind.MISSING_INPUT, this::run)
                .hasMessageContaining("%s holds no catalog; run run-sequence/run local bucketed", work);
        assertThat(folder.resolve("arguments")).doesNotExist();
    }

    private void run(String... words) {
        List<String> all = new ArrayList<>(List.of("--work", work.toString()));
        all.addAll(List.of(words));
        command.run(CommandOptions.read(command.options(), all), new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    /** How the report in that folder ends from now on. */
    private void ends(String report, int exitCode) throws IOException {
        Files.writeString(folder.resolve(report), Integer.toString(exitCode));
    }

    private Path page(String report, String name) {
        return work.resolve("s3/flywheel-local").resolve(report).resolve(name);
    }

    private List<String> printed() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
