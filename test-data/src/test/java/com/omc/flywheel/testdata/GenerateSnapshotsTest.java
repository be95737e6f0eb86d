package com.omc.flywheel.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateSnapshotsTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void takesEveryOption() throws IOException {
        Path mapping = SnapshotGeneratorTest.narrowMapping();
        GeneratorCommand command = GeneratorCommand.parse(List.of(
                "--rows",
                "100",
                "--seed",
                "-7",
                "--out",
                "somewhere",
                "--snapshots",
                "2025-01-01",
                "--faults",
                "null-keys,corrupt-file",
                "--mapping",
                mapping.toString(),
                "--files",
                "2",
                "--row-groups",
                "5"));
        assertThat(command)
                .isEqualTo(new GeneratorCommand(
                        new GeneratorOptions(
                                100,
                                -7,
                                List.of(LocalDate.of(2025, 1, 1)),
                                Set.of(Fault.NULL_KEYS, Fault.CORRUPT_FILE),
                                Optional.of(mapping),
                                2,
                                5),
                        Path.of("somewhere")));
    }

    @Test
    void takesDefaultsForAllButTheFolder() {
        assertThat(GeneratorCommand.parse(List.of("--out", "somewhere")).options())
                .isEqualTo(GeneratorOptions.defaults());
    }

    @Test
    void writesAndSaysWhatAndWhere() throws IOException {
        assertThat(run("--rows", "40", "--faults", "corrupt-file", "--out", folder.toString(), "--mapping", mapping()))
                .isZero();
        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("16 files", "40 rows in each snapshot", "corrupt-file: ");
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(folder.resolve("infobase_attributes/raw_input/snapshot_dt=2025-11-01"))
                .isNotEmptyDirectory();
    }

    @Test
    void namesEveryProblemAtOnce() throws IOException {
        assertThat(run(
                        "--row",
                        "5",
                        "--rows",
                        "many",
                        "--seed",
                        "x",
                        "--snapshots",
                        "2025-02-30",
                        "--faults",
                        "null-keys,worms",
                        "--mapping",
                        "nowhere.csv",
                        "--files",
                        "0",
                        "stray",
                        "--row-groups"))
                .isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains(
                        "--row is not an option",
                        "--rows: expected a whole number from 1, got many",
                        "--seed: expected a whole number, got x",
                        "--snapshots: expected days like",
                        "no fault is called worms; there are null-keys",
                        "--mapping: there is no file nowhere.csv",
                        "--files: expected a whole number from 1, got 0",
                        "stray is not an option",
                        "--row-groups has no value",
                        "--out is missing",
                        "--help");
        assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void refusesFaultsThatWouldNotShow() {
        GeneratorOptions options = GeneratorOptions.defaults();
        assertThatThrownBy(() -> options.withRows(15).withFaults(Fault.NULL_KEYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 16 rows");
        assertThatThrownBy(() -> options.withFiles(2).withFaults(Fault.CORRUPT_FILE, Fault.CORRUPT_PAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one more file has to stay sound");
        assertThatThrownBy(() -> options.withSnapshots(LocalDate.EPOCH).withFaults(Fault.UNFINISHED_SNAPSHOT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two days");
        assertThatThrownBy(() -> options.withSnapshots(LocalDate.EPOCH, LocalDate.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("named twice");
    }

    @Test
    void refusesAMappingOfTooFewColumnsForFaultsInColumns() throws IOException {
        Path mapping = Files.writeString(folder.resolve("two.csv"), MappingRow.HEADER + "\nT,a,,,\nT,b,,,\n");
        assertThat(run("--out", folder.toString(), "--mapping", mapping.toString(), "--faults", "missing-column"))
                .isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("at least 3 columns beside the key, the mapping has 2");
    }

    @Test
    void refusesAFolderThatHasTheSnapshot() throws IOException {
        Files.createDirectories(folder.resolve("addressable_ids/raw_input/snapshot_dt=2025-11-01"));
        assertThat(run("--out", folder.toString(), "--mapping", mapping())).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("snapshot_dt=2025-11-01", "never overwritten");
        assertThat(folder.resolve("infobase_attributes")).doesNotExist();
    }

    @Test
    void explainsItsOptionsAndFaults() throws IOException {
        assertThat(run("--help")).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("--rows N", "default 2000", "default 2025-10-01,2025-11-01");
        for (Fault fault : Fault.values()) {
            assertThat(output.toString(StandardCharsets.UTF_8)).contains(fault.commandLineName(), fault.summary());
        }
    }

    private int run(String... arguments) throws IOException {
        return GenerateSnapshots.run(
                List.of(arguments),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private static String mapping() {
        return SnapshotGeneratorTest.narrowMapping().toString();
    }
}
