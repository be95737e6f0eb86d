package com.omc.flywheel.sequence.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.deployment.StepOutcome;
import com.omc.flywheel.sequence.runs.RunRecord.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    @TempDir
    private Path folder;

    private static RunRecord record() {
        return new RunRecord(
                "newest-1",
                "bucketed",
                "local",
                RunRecord.input("{\"snapshot_dt\":\"_NONE_\"}"),
                Optional.empty(),
                "failed",
                Instant.parse("2025-11-02T03:04:05.900Z"),
                Instant.parse("2025-11-02T03:06:06.100Z"),
                List.of(
                        new StepRecord(
                                "split",
                                StepOutcome.DONE,
                                61,
                                2,
                                Optional.of("jr_2"),
                                Map.of("--TARGET_PATH", "s3://lake/out/", "--KMS_KEY_ID", "_NONE_", "--FORCE", "true"),
                                Optional.empty(),
                                Optional.of(new StepOutput(2, 42, 4, 402))),
                        new StepRecord(
                                "register",
                                StepOutcome.FAILED,
                                1,
                                1,
                                Optional.empty(),
                                Map.of(),
                                Optional.of("BAD_DATA: no"),
                                Optional.empty())));
    }

    @Test
    void writesWhatHappenedInOneForm() throws IOException {
        Path file = record().writeTo(folder.resolve("runs/bucketed"));

        assertThat(file).isEqualTo(folder.resolve("runs/bucketed/newest-1.json"));
        assertThat(Files.readString(file))
                .isEqualTo(
                        """
                        {
                          "format_version" : 1,
                          "id" : "newest-1",
                          "sequence" : "bucketed",
                          "environment" : "local",
                          "snapshot_dt" : null,
                          "outcome" : "failed",
                          "began" : "2025-11-02T03:04:05Z",
                          "ended" : "2025-11-02T03:06:06Z",
                          "seconds" : 120,
                          "input" : {
                            "snapshot_dt" : "_NONE_"
                          },
                          "steps" : [
                            {
                              "step" : "split",
                              "outcome" : "done",
                              "seconds" : 61,
                              "attempts" : 2,
                              "job_run_id" : "jr_2",
                              "arguments" : {
                                "--FORCE" : "true",
                                "--TARGET_PATH" : "s3://lake/out/"
                              },
                              "tables" : 2,
                              "rows" : 42,
                              "files" : 4,
                              "bytes" : 402
                            },
                            {
                              "step" : "register",
                              "outcome" : "failed",
                              "seconds" : 1,
                              "attempts" : 1,
                              "job_run_id" : null,
                              "arguments" : { },
                              "cause" : "BAD_DATA: no"
                            }
                          ]
                        }
                        """);
    }

    @Test
    void saysWhereItCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("runs"));

        assertThatThrownBy(() -> record().writeTo(file))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT))
                .hasMessageContaining("the record of the run cannot be written to " + file);
    }

    @Test
    void keepsAnInputThatIsNoJsonAsText() {
        assertThat(RunRecord.input("not {json").textValue()).isEqualTo("not {json");
        assertThat(RunRecord.input("").isMissingNode()).isFalse();
    }
}
