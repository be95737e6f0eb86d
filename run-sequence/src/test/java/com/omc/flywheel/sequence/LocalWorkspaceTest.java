package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkspaceTest {
    private static final Optional<SnapshotDate> NOVEMBER = Optional.of(SnapshotDate.parse("2025-11-01"));

    @TempDir
    private Path work;

    private LocalWorkspace workspace;

    @BeforeEach
    void open() {
        workspace = LocalWorkspace.of(work, Optional.of(work));
    }

    private Path decisionOf(String run) throws IOException {
        return Files.createDirectories(
                        workspace.file(LocalWorkspace.RUNS).resolve("bucketed").resolve(run))
                .resolve("snapshot.json");
    }

    private void record(String sequence, String run) throws IOException {
        Files.createFile(Files.createDirectories(workspace.runs(sequence)).resolve(run + ".json"));
    }

    @Test
    void namesTheFirstRunOfASnapshot() {
        assertThat(workspace.nextRun("bucketed", NOVEMBER)).isEqualTo("2025-11-01-1");
        assertThat(workspace.nextRun("bucketed", Optional.empty())).isEqualTo("newest-1");
    }

    @Test
    void givesNoNameTwiceOfWhichThereIsARecordOrADecision() throws IOException {
        record("bucketed", "2025-11-01-1");
        // A run that was killed has decided, and has no record.
        decisionOf("2025-11-01-2");

        assertThat(workspace.nextRun("bucketed", NOVEMBER)).isEqualTo("2025-11-01-3");
    }

    @Test
    void countsTheRunsOfEachSequenceAndSnapshotByThemselves() throws IOException {
        record("bucketed", "2025-11-01-1");

        assertThat(workspace.nextRun("partitioned", NOVEMBER)).isEqualTo("2025-11-01-1");
        assertThat(workspace.nextRun("bucketed", Optional.empty())).isEqualTo("newest-1");
    }

    @Test
    void readsTheSnapshotThatARunHasDecided() throws IOException {
        Files.writeString(decisionOf("newest-1"), "{\"format_version\": 1, \"snapshot_dt\": \"2025-11-01\"}");

        assertThat(workspace.decidedSnapshot("bucketed", "newest-1")).contains("2025-11-01");
        assertThat(workspace.decidedSnapshot("bucketed", "newest-2")).isEmpty();
    }
}
