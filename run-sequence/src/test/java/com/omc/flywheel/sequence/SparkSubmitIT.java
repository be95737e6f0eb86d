package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.sequence.Script.Ended;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import com.omc.flywheel.testdata.GeneratedSnapshots;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.omc.flywheel.testdata.SnapshotGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts {@code run-sequence/spark-submit} as a user does, from a folder outside the project. */
class SparkSubmitIT {
    private static final Path SCRIPTS = Script.FOLDER;
    private static final String JOBS_JAR =
            Script.HOME.resolve("jobs/target/jobs.jar").toString();
    private static final String JOB = "com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob";

    @TempDir
    private Path folder;

    @Test
    void printsTheHelpOfAJob() throws Exception {
        Ended ended = start(SCRIPTS.resolve("spark-submit"), "--class", JOB, JOBS_JAR, "--help");

        assertThat(ended.exitCode()).as(ended.errors()).isZero();
        assertThat(ended.output()).contains("--SOURCE_PATH");
    }

    @Test
    void runsThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("submit"), SCRIPTS.resolve("spark-submit"));

        Ended ended = start(link, "--driver-memory", "600m", "--class", JOB, JOBS_JAR, "--help");

        assertThat(ended.exitCode()).as(ended.errors()).isZero();
    }

    @Test
    void runsAJobOnTheServerOfTheEnvironment(@TempDir Path data) throws Exception {
        try (EmbeddedS3 server = EmbeddedS3.start(Script.HOME, data)) {
            server.createBucket("lake");
            GeneratedSnapshots generated = new SnapshotGenerator(
                            GeneratorOptions.defaults().withRows(100).withSnapshots(LocalDate.of(2025, 11, 1)))
                    .writeTo(data.resolve("lake/raw"));
            server.adoptFiles("lake");

            Ended ended = Script.run(
                    folder,
                    Map.of("AWS_ENDPOINT_URL", server.endpoint().toString()),
                    SCRIPTS.resolve("spark-submit"),
                    "--class",
                    AddressableBucketJob.class.getName(),
                    JOBS_JAR,
                    "--SNAPSHOT_DT",
                    "_NONE_",
                    "--SOURCE_PATH",
                    "s3://lake/raw/addressable_ids/raw_input/",
                    "--TARGET_PATH",
                    "s3://lake/split_cluster/addressable_ids/",
                    "--TARGET_FILE_MB",
                    "0.001");

            assertThat(ended.exitCode()).as(ended.errors()).isZero();
            assertThat(ended.output()).contains("published snapshot 2025-11-01");
            Manifest manifest = manifest(server, "s3://lake/split_cluster/addressable_ids/");
            assertThat(manifest.rows()).isEqualTo(generated.addressableRows());
            Path target = data.resolve("lake/split_cluster/addressable_ids");
            assertThat(manifest.table("addressable_ids").orElseThrow().files())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(target.resolve(file.key())).hasSize(file.bytes()));
        }
    }

    @Test
    void failsWhenTheJobLacksAnArgument() throws Exception {
        Ended ended = start(SCRIPTS.resolve("spark-submit"), "--class", JOB, JOBS_JAR, "--SOURCE_PATH", "s3://raw/x/");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("BAD_ARGUMENT", "--TARGET_PATH");
    }

    @Test
    void endsWithACodeOfItsOwnWhenAnotherRunIsInTheWay() throws Exception {
        // spark-submit takes files only.
        Path jar = folder.resolve("busy.jar");
        ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--file",
                        jar.toString(),
                        "-C",
                        SCRIPTS.resolve("target/test-classes").toString(),
                        BusyJob.class.getPackageName().replace('.', '/'));

        Ended ended = start(
                SCRIPTS.resolve("spark-submit"),
                "--jars",
                jar.toString(),
                "--class",
                BusyJob.class.getName(),
                JOBS_JAR);

        assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(75);
        assertThat(ended.errors())
                .containsOnlyOnce("ERROR JobExit: " + BusyJob.MESSAGE)
                .containsOnlyOnce(BusyJob.MESSAGE)
                .doesNotContain("\tat ", "Exception");
    }

    @Test
    void failsWhenTheClassIsNotInTheJar() throws Exception {
        Ended ended = start(SCRIPTS.resolve("spark-submit"), "--class", "com.omc.flywheel.jobs.NoJob", JOBS_JAR);

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.errors()).contains("com.omc.flywheel.jobs.NoJob");
    }

    @Test
    void failsWhenAnOptionIsUnknown() throws Exception {
        Ended ended = start(SCRIPTS.resolve("spark-submit"), "--clas", JOB, JOBS_JAR);

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.errors()).contains("--clas");
    }

    @Test
    void saysHowToBuildTheRuntime() throws Exception {
        for (String script : List.of("spark-submit", "java17.sh")) {
            Files.copy(SCRIPTS.resolve(script), folder.resolve(script));
        }

        Ended ended = start(folder.resolve("spark-submit"), "--version");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("./mvnw -Pquick package");
    }

    @Test
    void asksForAJdk17() throws Exception {
        Ended ended = Script.run(
                folder, Map.of("JAVA_HOME", folder.toString()), SCRIPTS.resolve("spark-submit"), "--version");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("JAVA_HOME", folder.toString(), "JDK 17");
    }

    private static Manifest manifest(EmbeddedS3 server, String dataSet) {
        S3Connection connection = S3Connection.fromEnvironment(
                Map.of("AWS_ENDPOINT_URL", server.endpoint().toString()));
        try (S3ObjectStore store = S3ObjectStore.connect(connection)) {
            return new DataSetPublisher(store, new DataSet(S3Uri.parse(dataSet)), Clock.systemUTC())
                    .current()
                    .orElseThrow();
        }
    }

    private Ended start(Path script, String... words) throws Exception {
        return Script.run(folder, script, words);
    }
}
