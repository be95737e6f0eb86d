package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server of these tests stays open and writable over the workspace, as that of a run at work does. */
@Timeout(120)
class LocalStatusCommandTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final String IBE = "s3://flywheel-local/split_cluster/infobase_attributes/";
    private static final String IDS = "s3://flywheel-local/split_cluster/addressable_ids/";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @TempDir
    private Path work;

    private EmbeddedS3 server;
    private S3ObjectStore store;

    @BeforeEach
    void start() {
        server = EmbeddedS3.start(HOME, work.resolve("s3"));
        server.createBucket("flywheel-local");
        store = S3ObjectStore.connectAnonymously(
                new S3Connection(Optional.of(server.endpoint()), Optional.of("us-east-1"), Optional.empty()));
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void showsEveryDataSetOfTheWorkspace() {
        publish(IDS, "IDS");
        publish(IBE, "IBE_01");
        put("s3://flywheel-local/split_cluster/of_another_tool/part.parquet", "rows");

        assertThat(status("--work", work.toString())).isZero();
        assertThat(printed().lines().filter(line -> line.contains(" at ")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(IDS + " at "),
                        line -> assertThat(line).startsWith("  published  snapshot 2025-11-01 by split, run 2025"),
                        line -> assertThat(line).startsWith(IBE + " at "),
                        line -> assertThat(line).startsWith("  published  snapshot 2025-11-01 by split, run 2025"));
        assertThat(printed().lines())
                .contains(
                        "             table   rows  files  bytes",
                        "             IBE_01  1,234      1    4 B",
                        "  files      all as the manifest names them",
                        "  next       nothing to do");
        assertThat(errors.size()).isZero();
    }

    @Test
    void showsTheDataSetThatIsNamed() {
        publish(IDS, "IDS");
        publish(IBE, "IBE_01");
        put(IBE + "IBE_01/copy.parquet", "rows");

        assertThat(status(IBE, "--work", work.toString())).isZero();
        assertThat(printed())
                .contains("foreign", "(IBE_01/copy.parquet)", "--TAKE_OVER true")
                .doesNotContain(IDS);
    }

    @Test
    void showsWhatARunAtWorkHasUploaded() throws Exception {
        publish(IBE, "IBE_01");
        URI upload = server.endpoint()
                .resolve("/flywheel-local/split_cluster/infobase_attributes/IBE_01/new.parquet?uploads");
        HttpRequest begin = HttpRequest.newBuilder(upload)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(begin, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);

        assertThat(status("--work", work.toString())).isZero();
        assertThat(printed()).contains("left over  1 unfinished upload: IBE_01/new.parquet");
    }

    @Test
    void changesNothing() throws IOException {
        publish(IBE, "IBE_01");
        Map<String, String> before = files();

        assertThat(status("--work", work.toString())).isZero();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void saysThatADataSetIsNotThereAndThatIsNoFailure() {
        assertThat(status("--work", work.toString())).isZero();
        assertThat(printed())
                .contains("s3://flywheel-local/split_cluster/ at ", "published  nothing", "next       check the path");
    }

    @Test
    void asksTheEndpointOfTheEnvironment() {
        publish(IBE, "IBE_01");
        System.setProperty("aws.accessKeyId", "anyone");
        System.setProperty("aws.secretAccessKey", "anything");
        try {
            assertThat(statusWith(endpoint(), "s3://flywheel-local/split_cluster/"))
                    .isZero();
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
        assertThat(printed()).contains(IBE + " at ", "next       nothing to do");
    }

    @Test
    void looksIntoTheWorkspaceThatIsNamedWhateverTheEnvironmentSays() {
        publish(IBE, "IBE_01");

        assertThat(statusWith(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), "--work", work.toString()))
                .isZero();
        assertThat(printed()).contains(IBE + " at ");
    }

    @Test
    void asksForAPathWhereItCannotKnowOne() {
        assertThat(statusWith(endpoint())).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("no path is given", server.endpoint().toString(), "s3://bucket/prefix/", "--work");
        assertThat(status("--aws")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("at Amazon S3");
    }

    @Test
    void refusesWordsThatItDoesNotUnderstand() {
        assertThat(status("/split_cluster/", "--work", work.toString())).isEqualTo(2);
        assertThat(status("--work", work.toString(), "--aws")).isEqualTo(2);
        assertThat(status(IBE, IDS)).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains(
                        "PATH: expected s3://bucket/key, got \"/split_cluster/\"",
                        "--work and --aws name two places to look",
                        IDS + " is one PATH too many after " + IBE);
        assertThat(output.size()).isZero();
    }

    @Test
    void saysWhereElseToLookForABucketThatIsNotInTheWorkspace() {
        Path elsewhere = work.resolve("elsewhere");

        assertThat(status("--work", elsewhere.toString())).isEqualTo(1);
        assertThat(status("s3://lake/split/", "--work", work.toString())).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "MISSING_INPUT: the bucket flywheel-local is not in the workspace " + elsewhere)
                                .contains("--work", "run-sequence/run local bucketed", "--aws"),
                        line -> assertThat(line).contains("the bucket lake is not in the workspace " + work));
        assertThat(elsewhere).doesNotExist();
    }

    private int status(String... words) {
        return statusWith(Map.of(), words);
    }

    private int statusWith(Map<String, String> environment, String... words) {
        List<String> all = new ArrayList<>(List.of("local", "status"));
        all.addAll(List.of(words));
        return new Main(List.of(new LocalStatusCommand(HOME, environment)))
                .run(all, new PrintStream(output, true, StandardCharsets.UTF_8), errorStream());
    }

    private PrintStream errorStream() {
        return new PrintStream(errors, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private Map<String, String> endpoint() {
        return Map.of("AWS_ENDPOINT_URL_S3", server.endpoint().toString());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(work)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(path.toString(), Files.getLastModifiedTime(path) + " " + Files.readString(path));
            }
        }
        return files;
    }

    private void put(String object, String content) {
        store.write(S3Uri.parse(object), content.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    /** Stores a data set of one table of one file, and nothing in its journal. */
    private void publish(String root, String table) {
        DataSet dataSet = new DataSet(S3Uri.parse(root));
        SnapshotDate snapshot = SnapshotDate.parse("2025-11-01");
        S3Uri file = dataSet.tableFolder(table).file("part.parquet");
        put(file.toString(), "rows");
        String etag = store.list(dataSet.root()).get(0).etag();
        put(dataSet.current().toString(), "{\"snapshotDt\": \"2025-11-01\", \"runId\": \"20251102T031500Z-00000001\"}");
        put(
                dataSet.manifest(snapshot).toString(),
                """
                {
                  "formatVersion": 3, "job": "split", "layout": "CLUSTERED", "snapshotDt": "2025-11-01",
                  "runId": "20251102T031500Z-00000001", "finishedAt": "2025-11-02T03:20:00Z",
                  "tables": [{
                    "folder": "%1$s", "location": "%1$s/", "runId": "20251102T031500Z-00000001", "snapshotDt": "2025-11-01",
                    "columns": [], "partitionKeys": [], "columnBudget": "", "rows": 1234, "nullKeys": 0, "duplicateKeys": 0,
                    "bucketing": {"column": "id", "count": 1, "hash": "hive-v1"},
                    "written": {"targetFileBytes": 1024, "kmsKeyId": ""},
                    "files": [{"key": "%1$s/part.parquet", "bytes": 4, "rows": 1234, "etag": "%2$s",
                               "firstBucket": 0, "lastBucket": 0}],
                    "source": {"path": "s3://lake/in/", "fingerprint": "5d41", "files": 1, "bytes": 4,
                               "droppedColumns": []},
                    "mappingSha256": "", "jarVersion": "0.1.0"
                  }],
                  "superseded": []
                }
                """
                        .formatted(table, etag));
    }
}
