package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.Manifest.Superseded;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTest {
    private static final S3Uri LOCATION = S3Uri.parse("s3://lake/out/_flywheel/manifest.json");
    private static final Manifest MANIFEST = new Manifest(
            Manifest.FORMAT_VERSION,
            JOB,
            Layout.CLUSTERED,
            NOVEMBER,
            SECOND,
            Instant.parse("2025-11-03T03:20:00.5Z"),
            List.of(table("IBE_01", FIRST, NOVEMBER), table("IBE_02", SECOND, NOVEMBER)),
            List.of(new Superseded("IBE_01", "IBE_01/", SECOND, List.of("IBE_01/00000-old.parquet"))));

    private final StoredJson json = new StoredJson();

    @Test
    void writesWhatIsCommittedAsTheFormatOfManifests() throws IOException {
        assertThat(text(json.write(MANIFEST))).isEqualTo(resource("manifest.json"));
        assertThat(text(json.write(new CurrentPointer(NOVEMBER, SECOND)))).isEqualTo(resource("current.json"));
    }

    @Test
    void readsWhatIsCommittedAsTheFormatOfManifests() throws IOException {
        assertThat(json.read(bytes(resource("manifest.json")), Manifest.class, LOCATION))
                .isEqualTo(MANIFEST);
        assertThat(json.read(bytes(resource("current.json")), CurrentPointer.class, LOCATION))
                .isEqualTo(new CurrentPointer(NOVEMBER, SECOND));
    }

    @Test
    void writesTheSameBytesForTheSameValue() {
        byte[] first = json.write(MANIFEST);
        Manifest again = json.read(first, Manifest.class, LOCATION);

        assertThat(new StoredJson().write(again)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-11-01",
                "{\"snapshotDt\": \"2025-11-01\", \"runId\": \"20251102T031500Z-00000001\", \"lease\": 7}",
                "{\"snapshotDt\": \"2025-11-31\", \"runId\": \"20251102T031500Z-00000001\"}",
                "{\"snapshotDt\": \"2025-11-01\", \"runId\": \"yesterday\"}",
                "{\"snapshotDt\": \"2025-11-01\""
            })
    void refusesWhatALaterVersionOrSomebodyElseWrote(String content) {
        assertFails(FailureKind.CONFLICT, () -> json.read(bytes(content), CurrentPointer.class, LOCATION))
                .hasMessageStartingWith(
                        "CONFLICT: s3://lake/out/_flywheel/manifest.json cannot be read by this version (")
                .hasMessageEndingWith("); run the version that wrote it, or move the data set away");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"snapshotDt\": \"2025-11-01\"}",
                "{\"snapshotDt\": null, \"runId\": \"20251102T031500Z-00000001\"}",
                "{\"snapshotDt\": \"2025-11-01\", \"runId\": \"20251102T031500Z-00000001\"} and more"
            })
    void refusesWhatIsIncompleteOrGoesOn(String content) {
        assertFails(FailureKind.CONFLICT, () -> json.read(bytes(content), CurrentPointer.class, LOCATION))
                .hasMessageContaining("manifest.json cannot be read by this version (");
    }

    @Test
    void neverTakesAMissingCountForZero() throws IOException {
        String withoutRows = resource("manifest.json").replaceFirst("\"rows\" : 21,", "");

        assertFails(FailureKind.CONFLICT, () -> json.read(bytes(withoutRows), Manifest.class, LOCATION))
                .hasMessageContaining("rows");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = StoredJsonTest.class.getResourceAsStream(name)) {
            return text(stream.readAllBytes());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What an earlier version wrote lacks what this one cannot do without, and is no damage. */
    @Test
    void saysTheVersionOfWhatAnotherVersionWroteWhateverItsForm() {
        byte[] other = "{\"formatVersion\": 2, \"anything\": []}".getBytes(StandardCharsets.UTF_8);

        assertFails(
                        FailureKind.CONFLICT,
                        () -> json.readVersion(other, Manifest.class, LOCATION, "the manifest", 3, "run the other"))
                .hasMessage("CONFLICT: the manifest has the format version 2, this program knows 3; run the other");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
