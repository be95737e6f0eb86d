package com.omc.flywheel.testdata;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFilesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("flywheel.home")).resolve("test-data").resolve("mapping");
    private static final CSVFormat LENIENT = CSVFormat.RFC4180
            .builder()
            .setLenientEof(true)
            .setTrailingData(true)
            .build();

    @Test
    void areCommittedAsTheLayoutSays() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            WriteMappings.contents().keySet());
        }
        for (Map.Entry<String, String> file : WriteMappings.contents().entrySet()) {
            assertThat(FOLDER.resolve(file.getKey())).hasContent(file.getValue());
            assertThat(Files.readAllBytes(FOLDER.resolve(file.getKey())))
                    .as("bytes of %s", file.getKey())
                    .isEqualTo(file.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void haveTheTablesAndRowsOfProduction() throws IOException {
        List<String[]> rows = rows(WriteMappings.WIDE);
        assertThat(rows).hasSize(1_768);
        Map<String, Long> rowsByTable = rows.stream().collect(groupingBy(row -> row[0], counting()));
        assertThat(rowsByTable)
                .hasSize(27)
                .containsEntry("IBE_01", 97L)
                .containsEntry("IBE_04_B", 15L)
                .containsEntry("IBE_08", 3L)
                .containsEntry("MIACS_02_A", 100L)
                .containsEntry("MIACS_02_B", 4L)
                .containsEntry("NEW_BORROWERS", 18L)
                .containsEntry("N_A_A", 50L);
        assertThat(rowsByTable.keySet()).containsExactlyInAnyOrderElementsOf(MappingLayout.ROWS.keySet());
    }

    @Test
    void nameEachColumnOnceAndTheKeyInEveryTableButOne() throws IOException {
        List<String[]> rows = rows(WriteMappings.WIDE);
        Map<String, Long> rowsByColumn = rows.stream().collect(groupingBy(row -> row[1], counting()));
        assertThat(rowsByColumn)
                .hasSize(1_743)
                .containsEntry("customer_user_id", 26L)
                .containsKey("ibe1802");
        assertThat(rowsByColumn.values().stream().filter(count -> count > 1)).containsExactly(26L);
        assertThat(rows.stream().filter(row -> row[0].equals("IBE_04_B")).map(row -> row[1]))
                .doesNotContain("customer_user_id");
        assertThat(rowsByColumn.keySet()).allMatch(column -> column.matches("[a-z][a-z0-9_]*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {WriteMappings.WIDE, WriteMappings.WIDE_PART})
    void loseRowsToALenientReaderWithoutAWord(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name));
        assertThat(text.substring(1).lines().filter(line -> marks(line) % 2 == 1))
                .hasSize(82);
        try (CSVParser records = LENIENT.parse(new StringReader(text))) {
            assertThat(1 + 1_768 - records.getRecords().size()).isEqualTo(1_131);
        }
    }

    @Test
    void haveDescriptionsWithCommasThatAnyReaderUnderstands() throws IOException {
        try (CSVParser records = LENIENT.parse(Files.newBufferedReader(FOLDER.resolve(WriteMappings.WIDE)))) {
            assertThat(records.stream()
                            .filter(row -> row.size() == 5)
                            .map(row -> row.get(2))
                            .filter(description -> description.matches("[^,\\n]*, [^,\\n]*")))
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void moveOneColumnFromTheTableAtTheLimitAndLoseNone() throws IOException {
        List<String[]> wide = rows(WriteMappings.WIDE);
        List<String[]> part = rows(WriteMappings.WIDE_PART);
        Map<String, Long> rowsByTable = part.stream().collect(groupingBy(row -> row[0], counting()));
        assertThat(rowsByTable).containsEntry("MIACS_02_A", 99L).containsEntry("MIACS_02_B", 5L);
        assertThat(columns(part)).isEqualTo(columns(wide));
        List<String> moved = new ArrayList<>(pairs(part));
        moved.removeAll(pairs(wide));
        assertThat(moved).hasSize(1).first().asString().startsWith("MIACS_02_B,");
        assertThat(part).hasSameSizeAs(wide);
    }

    @Test
    void selectAndOrderTheAddressableColumns() throws IOException {
        List<String> source = new ArrayList<>();
        new AddressableRows(
                        new Population(1, GeneratorOptions.defaults().newestSnapshot(), 1),
                        GeneratorOptions.defaults().newestSnapshot())
                .schema()
                .getFields()
                .forEach(field -> source.add(field.getName()));
        List<String[]> rows = rows(WriteMappings.ADDRESSABLE_PART);
        assertThat(rows).extracting(row -> row[0]).containsOnly("ADDRESSABLE_IDS");
        assertThat(rows.get(0)[1]).isEqualTo("customer_user_id");
        assertThat(source)
                .containsAll(rows.stream().map(row -> row[3]).toList())
                .hasSize(rows.size() + 1);
    }

    @Test
    void areReadLineByLineForTheirColumns() throws IOException {
        assertThat(MappingColumns.read(FOLDER.resolve(WriteMappings.WIDE))).isEqualTo(MappingLayout.columns());
        assertThat(MappingLayout.columns()).hasSize(1_742);
    }

    @Test
    void areRefusedWhenTheyAreNotMappings(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
        assertThatThrownBy(() -> MappingColumns.read(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("OMC_FLYWHEEL_TABLE");
        Path broken = Files.writeString(folder.resolve("broken.csv"), MappingRow.HEADER + "\nT,\n\nT,c\nalone\n");
        assertThatThrownBy(() -> MappingColumns.read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2:")
                .hasMessageContaining("line 5:");
    }

    private static List<String[]> rows(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name));
        assertThat(text).startsWith("\uFEFF" + MappingRow.HEADER + "\r\n").endsWith("\r\n");
        return text.lines()
                .skip(1)
                .map(line -> line.replaceAll("\"([^\",]*),([^\",]*)\"", "$1$2").split(",", -1))
                .peek(fields -> assertThat(fields).hasSize(5))
                .toList();
    }

    private static Set<String> columns(List<String[]> rows) {
        return new TreeSet<>(rows.stream().map(row -> row[1]).toList());
    }

    private static List<String> pairs(List<String[]> rows) {
        return rows.stream().map(row -> row[0] + "," + row[1]).toList();
    }

    private static long marks(String line) {
        return line.chars().filter(character -> character == '"').count();
    }
}
