package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.sequence.jobs.Lake.IDS_SOURCE;
import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.resolvesnapshot.ResolveSnapshotJob;
import com.omc.flywheel.sequence.jobs.RecordingProxy.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first step of every run sequence, by its real arguments. */
class ResolveSnapshotJobTest {
    private static final S3Uri RUNS = ROOT.folder("runs");
    private static final S3Uri FILE = RUNS.folder("nightly-1").file("snapshot.json");
    private static final String KMS_KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void startLake() {
        lake = new Lake(data);
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void writesTheNewestSnapshotOfAllSources() throws IOException {
        put(WIDE_SOURCE, "2025-10-01", "a.parquet", "_SUCCESS");
        put(WIDE_SOURCE, "2025-11-01", "a.parquet", "b.parquet", "_SUCCESS");
        put(IDS_SOURCE, "2025-11-01", "a.parquet");

        String summary = run();

        JsonNode written = written();
        assertThat(written.path("format_version").intValue()).isEqualTo(1);
        assertThat(written.path("snapshot_dt").textValue()).isEqualTo("2025-11-01");
        assertThat(written.path("execution").textValue()).isEqualTo("nightly-1");
        assertThat(written.path("decided_at").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(written.path("sources"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"path\":\"%s\",\"snapshot_dt\":\"2025-11-01\",\"newest\":\"2025-11-01\",\"files\":2,\"bytes\":10}"
                                .formatted(WIDE_SOURCE),
                        "{\"path\":\"%s\",\"snapshot_dt\":\"2025-11-01\",\"newest\":\"2025-11-01\",\"files\":1,\"bytes\":5}"
                                .formatted(IDS_SOURCE));
        assertThat(summary)
                .startsWith("decided snapshot 2025-11-01 for execution nightly-1, in " + FILE)
                .containsPattern(WIDE_SOURCE + " +2025-11-01 +2 +10 B");
    }

    @Test
    void staysWithItsSnapshotWhenItIsRepeatedAfterANewerOneHasCome() {
        put(WIDE_SOURCE, "2025-10-01", "a.parquet");
        put(IDS_SOURCE, "2025-10-01", "a.parquet");
        run();
        put(WIDE_SOURCE, "2025-11-01", "a.parquet");
        put(IDS_SOURCE, "2025-11-01", "a.parquet");
        Map<String, String> before = lake.contents(ROOT);

        assertThat(run())
                .startsWith("snapshot 2025-10-01 was decided for execution nightly-1 at ")
                .contains("in %s; that stands, and nothing is written".formatted(FILE))
                .containsPattern(IDS_SOURCE + " +2025-10-01 +1 +5 B");
        assertThat(lake.contents(ROOT)).isEqualTo(before);
    }

    @Test
    void refusesToDecideASecondTimeForOneExecution() {
        put(WIDE_SOURCE, "2025-10-01", "a.parquet");
        put(WIDE_SOURCE, "2025-11-01", "a.parquet");
        put(IDS_SOURCE, "2025-10-01", "a.parquet");
        put(IDS_SOURCE, "2025-11-01", "a.parquet");
        run();
        Map<String, String> before = lake.contents(ROOT);

        assertFails(FailureKind.CONFLICT, () -> run("SNAPSHOT_DT", "2025-10-01"))
                .hasMessageContaining("or start a new execution")
                .hasMessageContaining("--SNAPSHOT_DT is 2025-10-01, 2025-11-01 was decided");
        assertFails(FailureKind.CONFLICT, () -> run("SOURCE_PATHS", IDS_SOURCE.toString()))
                .hasMessageContaining("--SOURCE_PATHS are %s, it was decided for".formatted(IDS_SOURCE));
        assertThat(lake.contents(ROOT)).isEqualTo(before);
    }

    @Test
    void refusesSourcesThatDifferAndTakesTheNewestOfBothWhenTold() throws IOException {
        put(WIDE_SOURCE, "2025-10-01", "a.parquet");
        put(WIDE_SOURCE, "2025-11-01", "a.parquet");
        put(IDS_SOURCE, "2025-10-01", "a.parquet");

        assertFails(FailureKind.BAD_DATA, this::run)
                .hasMessageContaining("--ALLOW_MIXED_SNAPSHOTS true for the newest that all have (now 2025-10-01)")
                .hasMessageContaining("%s: newest 2025-11-01".formatted(WIDE_SOURCE));
        assertThat(lake.store().list(RUNS)).isEmpty();

        run("ALLOW_MIXED_SNAPSHOTS", "true");
        assertThat(written().path("snapshot_dt").textValue()).isEqualTo("2025-10-01");
        assertThat(written().path("sources").path(0).path("newest").textValue()).isEqualTo("2025-11-01");
    }

    @Test
    void writesTheSnapshotThatIsNamedAndNothingUnlessAllSourcesHaveIt() throws IOException {
        put(WIDE_SOURCE, "2025-10-01", "a.parquet");
        put(WIDE_SOURCE, "2025-11-01", "a.parquet");
        put(IDS_SOURCE, "2025-10-01", "a.parquet");

        assertFails(FailureKind.MISSING_INPUT, () -> run("SNAPSHOT_DT", "2025-11-01"))
                .hasMessageContaining("there is no folder snapshot_dt=2025-11-01 under %s".formatted(IDS_SOURCE));
        assertThat(lake.store().list(RUNS)).isEmpty();

        run("SNAPSHOT_DT", "2025-10-01");
        assertThat(written().path("snapshot_dt").textValue()).isEqualTo("2025-10-01");
    }

    @Test
    void namesEveryWrongArgumentAtOnce() {
        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> run("EXECUTION", "../other", "SOURCE_PATHS", "s3://lake/in/,", "RUNS_PATH", "runs"))
                .hasMessageContaining("--EXECUTION: expected the name of an execution")
                .hasMessageContaining("--SOURCE_PATHS: expected s3://bucket/key, got \"\"")
                .hasMessageContaining("--RUNS_PATH: expected s3://bucket/key, got \"runs\"");
    }

    @Test
    void refusesToWriteWhereItReads() {
        assertFails(FailureKind.BAD_ARGUMENT, () -> run("RUNS_PATH", IDS_SOURCE + "runs"))
                .hasMessageContaining(
                        "--RUNS_PATH %sruns/ and %s of --SOURCE_PATHS overlap".formatted(IDS_SOURCE, IDS_SOURCE));
    }

    @Test
    void writesOnceEncryptedAndOnlyWhereNothingIs() throws IOException {
        put(WIDE_SOURCE, "2025-10-01", "a.parquet");
        put(IDS_SOURCE, "2025-10-01", "a.parquet");
        List<Request> requests;
        try (RecordingProxy proxy =
                new RecordingProxy(URI.create(lake.environment().get("AWS_ENDPOINT_URL_S3")))) {
            Lake.run(
                    Map.of("AWS_ENDPOINT_URL_S3", proxy.endpoint().toString()),
                    ResolveSnapshotJob.DEFINITION,
                    arguments("KMS_KEY_ID", KMS_KEY));
            requests = proxy.requests();
        }

        List<Request> changes = requests.stream()
                .filter(request -> !List.of("GET", "HEAD").contains(request.method()))
                .toList();
        assertThat(changes).singleElement().satisfies(write -> {
            assertThat(write.method()).isEqualTo("PUT");
            assertThat(write.path()).isEqualTo("/lake/" + FILE.key());
            assertThat(write.headers().get("if-none-match")).containsExactly("*");
            assertThat(write.headers().get("x-amz-server-side-encryption-aws-kms-key-id"))
                    .containsExactly(KMS_KEY);
        });
    }

    private void put(S3Uri source, String date, String... names) {
        for (String name : names) {
            byte[] content = (name.equals("_SUCCESS") ? "" : "12345").getBytes(StandardCharsets.UTF_8);
            lake.store().write(source.folder("snapshot_dt=" + date).file(name), content, "application/octet-stream");
        }
    }

    private JsonNode written() throws IOException {
        return new ObjectMapper().readTree(lake.store().read(FILE).orElseThrow());
    }

    private String run(String... namesAndValues) {
        return lake.run(ResolveSnapshotJob.DEFINITION, arguments(namesAndValues))
                .render();
    }

    private static Map<String, String> arguments(String... namesAndValues) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("SNAPSHOT_DT", "_NONE_");
        arguments.put("SOURCE_PATHS", WIDE_SOURCE + ", " + IDS_SOURCE);
        arguments.put("RUNS_PATH", RUNS.toString());
        arguments.put("EXECUTION", "nightly-1");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }
}
