package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.sequence.Script.Ended;
import com.omc.flywheel.testdata.GeneratedSnapshots;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.omc.flywheel.testdata.SnapshotGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts {@code run-sequence/run local bucketed} as a user does, on a snapshot and a mapping of the user's own. */
class RunLocalIT {
    private static final String MAPPING =
            """
            OMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN,FUNCTION_DESCRIPTION,OPUS_COLUMN,ELEMENT_NUMBER
            IBE_01,ibe1802,Home,IBE1802,1802
            IBE_02,ibe2001,Age,IBE2001,2001
            MIACS_02,miacs_02_017,Spend,MIACS_02_017,17
            """;
    private static final int ROWS = 300;

    @TempDir
    private Path folder;

    private Path source;
    private Path mapping;
    private Path work;
    private GeneratedSnapshots generated;

    @BeforeEach
    void makeASnapshot() throws IOException {
        mapping = Files.writeString(folder.resolve("mapping.csv"), MAPPING);
        source = folder.resolve("my source");
        work = folder.resolve("my work");
        generated = new SnapshotGenerator(GeneratorOptions.defaults()
                        .withRows(ROWS)
                        .withSnapshots(LocalDate.of(2025, 11, 1))
                        .withMapping(mapping))
                .writeTo(source);
    }

    @Test
    void publishesBothDataSetsAndReplacesThemWhenItIsForcedTo() throws Exception {
        Ended first = runOwnData();

        assertThat(first.exitCode()).as(first.errors()).isZero();
        assertThat(first.output())
                .containsPattern("create-athena-bucketed-tables +done +\\d+")
                .containsPattern("ext_ibe_01 +2 +%d +s3://flywheel-local/split_cluster/infobase_attributes/IBE_01/"
                        .formatted(ROWS))
                .containsPattern(
                        "bucketed_ibe_01 +2 +%d +s3://flywheel-local/bucketed/bucketed_ibe_01/run=".formatted(ROWS))
                .containsPattern("bucketed_addressable_ids +\\d+ +%d +s3://".formatted(generated.addressableRows()))
                .contains("manifests", "catalog", "logs", work.toString());
        List<Path> firstFiles = dataFiles();
        assertThat(firstFiles).hasSize(4);
        assertThat(published("infobase_attributes/_flywheel/manifests/snapshot_dt=2025-11-01/manifest.json"))
                .isNotEmptyFile();
        assertThat(published("addressable_ids/_flywheel/manifests/snapshot_dt=2025-11-01/manifest.json"))
                .isNotEmptyFile();
        assertThat(published("infobase_attributes/metadata/snapshot_dt.txt")).hasContent("2025-11-01");
        assertThat(work.resolve("logs/infobase-split-and-bucket.log")).isNotEmptyFile();
        assertThat(work.resolve("runs/bucketed/newest-1.json"))
                .content()
                .contains(
                        "\"outcome\" : \"succeeded\"",
                        "\"snapshot_dt\" : \"2025-11-01\"",
                        "\"--TARGET_PATH\" : \"s3://flywheel-local/split_cluster/infobase_attributes/\"",
                        "\"rows\" : %d,".formatted(3 * ROWS));

        Ended second = runOwnData();

        assertThat(second.exitCode()).as(second.errors()).isZero();
        assertThat(second.output().lines().filter(line -> line.startsWith("already published: snapshot 2025-11-01")))
                .hasSize(2);
        assertThat(dataFiles()).isEqualTo(firstFiles);

        Ended answer = Script.run(
                folder,
                Script.FOLDER.resolve("run"),
                "local",
                "sql",
                "select count(*) from bucketed_ibe_01 b join ext_ibe_02 e using (customer_user_id)",
                "--work",
                work.toString());

        assertThat(answer.exitCode()).as(answer.errors()).isZero();
        assertThat(answer.output()).containsPattern("(?m)^%d$".formatted(ROWS));

        Ended third = runOwnData("--force");

        assertThat(third.exitCode()).as(third.errors()).isZero();
        assertThat(dataFiles()).hasSize(4).doesNotContainAnyElementsOf(firstFiles);
    }

    @Test
    void skipsTheStepThatTheSourceHasNothingFor() throws Exception {
        deleteFolder(source.resolve("addressable_ids"));
        // Left by a run before on a source that had them.
        Files.createDirectories(work.resolve("s3/flywheel-local/source/addressable_ids/raw_input"));

        Ended ended = runOwnData();

        assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
        assertThat(ended.output())
                .contains("addressable-bucket is skipped: --source has no folder for it")
                .containsPattern("register-staged-tables-addressable +skipped")
                .containsPattern("bucketed_miacs_02 +2 +%d ".formatted(ROWS))
                .doesNotContain("ext_addressable_ids");
    }

    @Test
    void namesTheKnownTablesWhenOneIsUnknown() throws Exception {
        Ended ended = runOwnData("--tables", "IBE_01,IBE_99");

        // The second step; its sibling is not stopped, nothing is tried twice, and nothing comes after them.
        assertThat(ended.exitCode()).as(said(ended)).isEqualTo(12);
        assertThat(said(ended))
                .contains(
                        "BAD_ARGUMENT",
                        "IBE_99",
                        "IBE_01, IBE_02, MIACS_02",
                        "logs/infobase-split-and-bucket.log",
                        "infobase-split-and-bucket failed",
                        "--from infobase-split-and-bucket")
                .containsPattern("infobase-split-and-bucket +failed")
                .containsPattern("addressable-bucket +done")
                .containsOnlyOnce("  infobase-split-and-bucket: started")
                .doesNotContain("register-staged-tables");
        assertThat(work.resolve("runs/bucketed/newest-1.json"))
                .content()
                .contains("\"outcome\" : \"failed\"", "\"attempts\" : 1", "IBE_99");
        assertNoStackTrace(ended);
        assertThat(work.resolve("logs/infobase-split-and-bucket.log")).content().contains("IBE_99");
        assertThat(dataFiles()).allMatch(file -> file.startsWith(published("addressable_ids")));
    }

    @Test
    void namesEveryWordThatIsNotUnderstood() throws Exception {
        Ended ended = run("--row", "5", "--memory", "--worx");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.errors())
                .contains("BAD_ARGUMENT", "--row is not an option", "--memory has no value", "--worx is not an option");
        assertNoStackTrace(ended);
    }

    @Test
    void namesEveryValueThatCannotBeRead() throws Exception {
        Ended ended = run("--rows", "many", "--work", work.toString());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.errors()).contains("BAD_ARGUMENT", "--rows", "\"many\"");
        assertNoStackTrace(ended);
    }

    @Test
    void namesTheMappingThatIsNotThere() throws Exception {
        Path absent = folder.resolve("absent.csv");

        Ended ended = run("--source", source.toString(), "--mapping", absent.toString(), "--work", work.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("MISSING_INPUT", "--mapping " + absent);
        assertNoStackTrace(ended);
    }

    @Test
    void namesTheSourceThatHasNoSnapshots() throws Exception {
        Ended ended = run("--source", folder.toString(), "--work", work.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors())
                .contains("MISSING_INPUT", "--source " + folder, "infobase_attributes/raw_input", "snapshot_dt=");
        assertNoStackTrace(ended);
    }

    private Ended runOwnData(String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "--source",
                source.toString(),
                "--mapping",
                mapping.toString(),
                "--work",
                work.toString(),
                "--memory",
                "1g"));
        options.addAll(List.of(more));
        return run(options.toArray(String[]::new));
    }

    private Ended run(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("local", "bucketed"));
        words.addAll(List.of(options));
        return Script.run(folder, Script.FOLDER.resolve("run"), words.toArray(String[]::new));
    }

    private static String said(Ended ended) {
        return ended.output() + ended.errors();
    }

    private static void assertNoStackTrace(Ended ended) {
        assertThat(said(ended).lines()).noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by: "));
    }

    private Path published(String key) {
        return work.resolve("s3/flywheel-local/split_cluster").resolve(key);
    }

    private List<Path> dataFiles() throws IOException {
        Path tables = published("");
        if (!Files.isDirectory(tables)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(tables)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    private static void deleteFolder(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
