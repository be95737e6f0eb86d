package com.omc.flywheel.sequence.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cleanrooms.model.Collaboration;

@Timeout(60)
class RecordingTest {
    private static final String TABLE = "configuredTables/000000b1-0000-4000-8000-000000000001";

    @TempDir
    Path folder;

    @Test
    void namesEveryFileThatItCannotServe() throws IOException {
        write("configuredTables.json", "{\"configuredTableSummaries\": []}");
        write("configuredTables/part_ibe_01.json", "{}");
        write("protectedQueries.json", "{}");
        write("notes.txt", "");
        write(TABLE + ".json", "{");
        write(TABLE + "/analysisRule/CUSTOM.json", "[]");
        write("memberships.json", "{\"memberships\": []}");
        write("collaborations.json", "{\"collaborationList\": [], \"nextToken\": \"more\"}");

        assertThatThrownBy(() -> RecordedService.cleanRooms(folder))
                .isInstanceOf(JobFailure.class)
                .hasMessageContainingAll(
                        "7 of the recorded answers in " + folder,
                        "collaborations.json: it has a nextToken",
                        TABLE + ".json: it is not JSON",
                        TABLE + "/analysisRule/CUSTOM.json: it is not a JSON object",
                        "configuredTables/part_ibe_01.json: no request reaches it",
                        "memberships.json: it has no list membershipSummaries",
                        "notes.txt: its name does not end in .json",
                        "protectedQueries.json: no request reaches it");
    }

    @Test
    void saysThatThereIsNoRecording() {
        assertThatThrownBy(() -> RecordedService.entityResolution(folder.resolve("nowhere")))
                .isInstanceOf(JobFailure.class)
                .hasMessageContainingAll("MISSING_INPUT", "nowhere", "README.md");
    }

    @Test
    void readsTimesAsTheCommandLinePrintsThem() throws IOException {
        write(
                "collaborations/%s.json".formatted(RecordedServer.COLLABORATION),
                "{\"collaboration\": {\"createTime\": \"2025-10-01T09:00:00.125000+02:00\", \"updateTime\": 1759309200}}");

        try (RecordedServer server = RecordedServer.of(RecordedService.cleanRooms(folder))) {
            Collaboration read = server.cleanRooms()
                    .getCollaboration(request -> request.collaborationIdentifier(RecordedServer.COLLABORATION))
                    .collaboration();
            assertThat(read.createTime()).isEqualTo(Instant.parse("2025-10-01T07:00:00.125Z"));
            assertThat(read.updateTime()).isEqualTo(Instant.parse("2025-10-01T09:00:00Z"));
        }
    }

    @Test
    void refusesATimeOfAnotherForm() throws IOException {
        write(
                "collaborations/%s.json".formatted(RecordedServer.COLLABORATION),
                "{\"collaboration\": {\"createTime\": \"yesterday\"}}");

        assertThatThrownBy(() -> RecordedService.cleanRooms(folder))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("createTime is neither seconds nor a time");
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
