package com.omc.flywheel.sequence.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepOutputTest {
    private static final String HIDDEN = "s3://lake/out/_flywheel/";

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    private final InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases("final");

    private Optional<StepOutput> of(Map<String, String> arguments) {
        return StepOutput.of(arguments, store, catalog, Clock.systemUTC());
    }

    /** What common's own tests hold to be the format of manifests: two tables of 21 rows in two files. */
    private static String committed(String name) throws IOException {
        try (InputStream stream = Manifest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void publishNovember(String layout) throws IOException {
        store.put(HIDDEN + "current.json", committed("current.json"));
        store.put(
                HIDDEN + "manifests/snapshot_dt=2025-11-01/manifest.json",
                committed("manifest.json").replace("CLUSTERED", layout));
    }

    @Test
    void sumsUpTheManifestOfADataSet() throws IOException {
        publishNovember("CLUSTERED");

        assertThat(of(Map.of("TARGET_PATH", "s3://lake/out", "SNAPSHOT_DT", "2025-11-01")))
                .contains(new StepOutput(2, 42, 4, 402));
        assertThat(of(Map.of("TARGET_PATH", "s3://lake/out/"))).contains(new StepOutput(2, 42, 4, 402));
    }

    @Test
    void sumsUpTheSnapshotThatTheJobWroteThoughANewerOneIsThere() throws IOException {
        publishNovember("PARTITIONED");
        store.put(
                HIDDEN + "manifests/snapshot_dt=2025-10-01/manifest.json",
                committed("manifest.json")
                        .replace("CLUSTERED", "PARTITIONED")
                        .replace("2025-11-01", "2025-10-01")
                        .replace("\"rows\" : 21", "\"rows\" : 5"));

        assertThat(of(Map.of("TARGET_PATH", "s3://lake/out/", "SNAPSHOT_DT", "2025-10-01")))
                .contains(new StepOutput(2, 10, 4, 402));
    }

    @Test
    void knowsNothingOfADataSetThatIsNotPublished() {
        assertThat(of(Map.of("TARGET_PATH", "s3://lake/out/"))).isEmpty();
    }

    @Test
    void countsNoTableThatNoVersionIsRecordedOf() {
        assertThat(of(Map.of("BUCKETED_BASE", "s3://lake/bucketed/", "FINAL_DB", "final")))
                .contains(new StepOutput(0, 0, 0, 0));
        assertThat(of(Map.of("LOCATION", "s3://lake/identity/", "DATABASE", "final")))
                .contains(new StepOutput(0, 0, 0, 0));
    }

    @Test
    void isEmptyForAJobThatWritesNoTable() {
        assertThat(of(Map.of("S3_ROOT", "s3://lake/out/", "DATABASE", "final"))).isEmpty();
    }

    @Test
    void saysItInWords() {
        assertThat(new StepOutput(27, 54_000, 27, 6_351_073).describe())
                .isEqualTo("27 tables, 54,000 rows, 27 files, 6,351,073 bytes");
    }
}
