package com.omc.flywheel.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.columns.SourceColumns;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The file in production's shape, read by {@link MappingCsv} and beside it by cutting each line at its commas. */
class ProductionMappingTest {
    private static final Path FILE = Path.of(System.getProperty("flywheel.home"))
            .resolve("test-data/mapping/omc_flywheel_infobase_table_split_lowercase.csv");
    private static final ColumnName KEY = ColumnName.parse("customer_user_id");

    private static List<String> lines;
    private static TableMapping mapping;

    @BeforeAll
    static void read() throws IOException {
        String content = Files.readString(FILE);
        lines = content.lines().skip(1).toList();
        S3Uri location = S3Uri.parse("s3://lake/mapping.csv");
        InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake").put(location.toString(), content);
        mapping = MappingCsv.read(store, location).check(KEY, 100, source(), false);
    }

    @Test
    void hasTheTablesOfProductionWithAsManyColumnsAsTheFileHasRowsAndTheKey() {
        Map<String, Integer> columns = new LinkedHashMap<>();
        mapping.tables()
                .forEach(table ->
                        columns.put(table.name().value(), table.columns().size()));

        assertThat(columns)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("IBE_01", 97),
                        Map.entry("IBE_01_A", 65),
                        Map.entry("IBE_02", 93),
                        Map.entry("IBE_02_A", 85),
                        Map.entry("IBE_03", 96),
                        Map.entry("IBE_03_A", 76),
                        Map.entry("IBE_04", 87),
                        Map.entry("IBE_04_A", 86),
                        Map.entry("IBE_04_B", 15 + 1),
                        Map.entry("IBE_05", 95),
                        Map.entry("IBE_05_A", 81),
                        Map.entry("IBE_06", 62),
                        Map.entry("IBE_06_A", 51),
                        Map.entry("IBE_08", 3),
                        Map.entry("IBE_09", 87),
                        Map.entry("MIACS_01", 93),
                        Map.entry("MIACS_01_A", 12),
                        Map.entry("MIACS_02", 98),
                        Map.entry("MIACS_02_A", 100),
                        Map.entry("MIACS_02_B", 4),
                        Map.entry("MIACS_03", 79),
                        Map.entry("MIACS_03_A", 95),
                        Map.entry("MIACS_03_B", 29),
                        Map.entry("MIACS_04", 23),
                        Map.entry("NEW_BORROWERS", 18),
                        Map.entry("N_A", 88),
                        Map.entry("N_A_A", 50)));
        assertThat(mapping.columnNames()).hasSize(1_743);
    }

    @Test
    void hasTheKeyFirstAndThenTheOrderOfTheFile() {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fields = line.split(",", 3);
            List<String> columns = expected.computeIfAbsent(fields[0], table -> new ArrayList<>(List.of(KEY.value())));
            if (!fields[1].equals(KEY.value())) {
                columns.add(fields[1]);
            }
        }

        assertThat(mapping.tables())
                .extracting(table -> table.name().value())
                .containsExactlyElementsOf(expected.keySet());
        for (MappedTable table : mapping.tables()) {
            assertThat(table.columnNames())
                    .extracting(ColumnName::value)
                    .containsExactlyElementsOf(expected.get(table.name().value()));
        }
    }

    @Test
    void givesTheKeyToTheTableThatDoesNotNameIt() {
        MappedTable table = table("IBE_04_B");

        assertThat(lines).noneMatch(line -> line.startsWith("IBE_04_B," + KEY));
        assertThat(table.columns().get(0)).isEqualTo(new MappedColumn(KEY, "", 0));
    }

    @Test
    void keepsEveryLineWithAnUnbalancedQuotationMark() {
        Set<Integer> unbalanced = new LinkedHashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).chars().filter(character -> character == '"').count() % 2 == 1) {
                unbalanced.add(i + 2);
            }
        }
        Map<Integer, MappedColumn> byLine = mapping.tables().stream()
                .flatMap(table -> table.columns().stream())
                .filter(column -> column.line() > 0)
                .collect(Collectors.toMap(MappedColumn::line, column -> column));

        assertThat(unbalanced).hasSize(82);
        assertThat(byLine).hasSize(1_768).containsKeys(unbalanced.toArray(Integer[]::new));
        assertThat(unbalanced).allSatisfy(line -> {
            String[] fields = lines.get(line - 2).split(",", -1);
            assertThat(byLine.get(line)).isEqualTo(new MappedColumn(ColumnName.parse(fields[1]), fields[2], line));
            assertThat(byLine.get(line).description()).startsWith("\"");
        });
    }

    @Test
    void takesBalancedQuotationMarksOff() {
        MappedColumn column = table("IBE_01").columns().stream()
                .filter(candidate -> candidate.name().value().equals("ibe5382"))
                .findFirst()
                .orElseThrow();

        assertThat(column.description()).isEqualTo("Magazine subscriptions, area level - code");
    }

    private static MappedTable table(String name) {
        return mapping.tables().stream()
                .filter(table -> table.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A source with exactly the columns that the file names, by the first two fields of its lines. */
    private static SourceColumns source() {
        return SourceColumns.of(lines.stream()
                .map(line -> line.split(",", 3)[1])
                .distinct()
                .map(name -> new SourceColumn(ColumnName.parse(name), name, "string", 1))
                .toList());
    }
}
