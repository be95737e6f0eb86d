package com.omc.flywheel.sequence.deployment;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.sequence.deployment.SequenceSteps.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceStepsTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final Optional<String> NOT_GIVEN = Optional.empty();

    private final SequenceSteps bucketed = SequenceSteps.read(HOME, "bucketed");

    @TempDir
    private Path folder;

    @Test
    void hasTheStepsOfTheDefinitionInOrder() {
        assertThat(bucketed.stages())
                .containsExactly(
                        new Stage("snapshot", List.of("resolve-snapshot")),
                        new Stage("splits", List.of("infobase-split-and-bucket", "addressable-bucket")),
                        new Stage(
                                "registers",
                                List.of("register-staged-tables-infobase", "register-staged-tables-addressable")),
                        new Stage("tables", List.of("create-athena-bucketed-tables")));
        assertThat(SequenceSteps.read(HOME, "partitioned").names())
                .containsExactly(
                        "resolve-snapshot",
                        "infobase-split-and-part",
                        "addressable-split-and-part",
                        "register-part-tables-infobase",
                        "register-part-tables-addressable",
                        "prepare-part-tables",
                        "create-part-addressable-ids-er-table",
                        "generate-data-monitor-report",
                        "generate-cleanrooms-report");
    }

    @Test
    void numbersTheStepsFromOne() {
        assertThat(bucketed.number("resolve-snapshot")).isEqualTo(1);
        assertThat(bucketed.number("create-athena-bucketed-tables")).isEqualTo(6);
        assertThatThrownBy(() -> bucketed.number("another"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("another is not a step of bucketed");
    }

    @Test
    void leavesNothingOutUnlessAsked() {
        assertThat(bucketed.skipped(NOT_GIVEN, NOT_GIVEN, NOT_GIVEN)).isEmpty();
        assertThat(bucketed.skipped(Optional.of("resolve-snapshot"), NOT_GIVEN, NOT_GIVEN))
                .isEmpty();
    }

    @Test
    void beginsWithTheWholeStageOfAStep() {
        assertThat(bucketed.skipped(Optional.of("register-staged-tables-addressable"), NOT_GIVEN, NOT_GIVEN))
                .containsExactly("infobase-split-and-bucket", "addressable-bucket");
    }

    @Test
    void runsOneStepOnlyAfterTheSnapshotIsDecided() {
        assertThat(bucketed.skipped(NOT_GIVEN, Optional.of("addressable-bucket"), NOT_GIVEN))
                .containsExactly(
                        "infobase-split-and-bucket",
                        "register-staged-tables-infobase",
                        "register-staged-tables-addressable",
                        "create-athena-bucketed-tables");
    }

    @Test
    void skipsOneBranchAndNotTheOneBesideIt() {
        assertThat(bucketed.skipped(NOT_GIVEN, NOT_GIVEN, Optional.of("addressable-bucket")))
                .containsExactly("addressable-bucket");
        assertThat(bucketed.skipped(
                        NOT_GIVEN,
                        NOT_GIVEN,
                        Optional.of("register-staged-tables-infobase, infobase-split-and-bucket")))
                .containsExactly("infobase-split-and-bucket", "register-staged-tables-infobase");
    }

    @Test
    void namesEveryUnknownStepAndThoseThatThereAre() {
        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> bucketed.skipped(NOT_GIVEN, NOT_GIVEN, Optional.of("adressable-bucket,,zzz")))
                .hasMessageContainingAll(
                        "--skip: the steps of bucketed are resolve-snapshot, infobase-split-and-bucket, addressable-bucket,",
                        "\"adressable-bucket\" is not a step; is addressable-bucket meant?",
                        "\"\" is not a step",
                        "\"zzz\" is not a step");
        assertFails(FailureKind.BAD_ARGUMENT, () -> bucketed.skipped(Optional.of("x"), NOT_GIVEN, NOT_GIVEN))
                .hasMessageContaining("--from: the steps of bucketed are");
        assertFails(FailureKind.BAD_ARGUMENT, () -> bucketed.skipped(NOT_GIVEN, Optional.of("x"), NOT_GIVEN))
                .hasMessageContaining("--only: the steps of bucketed are");
    }

    @Test
    void neverSkipsTheStepThatDecidesTheSnapshot() {
        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> bucketed.skipped(NOT_GIVEN, NOT_GIVEN, Optional.of("resolve-snapshot")))
                .hasMessageContaining("resolve-snapshot cannot be skipped");
    }

    @Test
    void takesOneWayOfChoosingStepsAtATime() {
        Optional<String> step = Optional.of("addressable-bucket");

        assertFails(FailureKind.BAD_ARGUMENT, () -> bucketed.skipped(step, NOT_GIVEN, step))
                .hasMessageContaining("--from, --only and --skip exclude each other");
    }

    @Test
    void namesTheSequencesWhenAskedForAnother() {
        assertThat(SequenceSteps.known(HOME)).containsExactly("bucketed", "partitioned");
        assertFails(FailureKind.BAD_ARGUMENT, () -> SequenceSteps.read(HOME, "../bucketed"))
                .hasMessageContaining("there is no sequence ../bucketed; the sequences are bucketed, partitioned");
        assertFails(FailureKind.ENVIRONMENT, () -> SequenceSteps.read(folder, "bucketed"))
                .hasMessageContaining("cannot read %s", folder.resolve("run-sequence"));
    }

    @Test
    void namesEveryPlaceWhereADefinitionHasAnotherForm() throws IOException {
        Files.createDirectory(folder.resolve("run-sequence"));
        Files.writeString(
                folder.resolve("run-sequence/odd.asl.json"),
                """
                {"States": {"a": {"Type": "Parallel", "Branches": [
                  {"States": {"x: recover": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync"}}},
                  {"States": {"y": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync"}}},
                  {"States": {"y": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync"}}}]}}}
                """);

        assertFails(FailureKind.BAD_DATA, () -> SequenceSteps.read(folder, "odd"))
                .hasMessageContainingAll(
                        "odd.asl.json does not have the form of a sequence:",
                        "the stage a has a branch without a job run",
                        "the step y is there twice",
                        "the step resolve-snapshot is not there");
    }
}
