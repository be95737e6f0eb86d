package com.omc.flywheel.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotGeneratorTest {
    private static final int ROWS = 1_000;
    private static final LocalDate OCTOBER = LocalDate.of(2025, 10, 1);
    private static final LocalDate NOVEMBER = LocalDate.of(2025, 11, 1);
    private static final GeneratorOptions NARROW =
            GeneratorOptions.defaults().withRows(90).withMapping(narrowMapping());

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static GeneratedSnapshots full;
    private static DuckDb duckDb;

    @BeforeAll
    static void generate() throws IOException, SQLException {
        full = new SnapshotGenerator(GeneratorOptions.defaults().withRows(ROWS)).writeTo(shared);
        duckDb = new DuckDb();
    }

    @AfterAll
    static void closeDuckDb() throws SQLException {
        duckDb.close();
    }

    @Test
    void writesTheFoldersOfAProducer() throws IOException {
        for (Path table : List.of(full.infobaseAttributes(), full.addressableIds())) {
            assertThat(names(table)).containsExactly("snapshot_dt=2025-10-01", "snapshot_dt=2025-11-01");
            for (String snapshot : names(table)) {
                List<String> names = names(table.resolve(snapshot));
                assertThat(names).hasSize(5).contains("_SUCCESS");
                assertThat(names.subList(1, 5)).allMatch(name -> name.matches("part-0000[0-3]-.*\\.snappy\\.parquet"));
            }
        }
        assertThat(full.infobaseAttributes()).isEqualTo(shared.resolve("infobase_attributes/raw_input"));
        assertThat(full.addressableIds()).isEqualTo(shared.resolve("addressable_ids/raw_input"));
        assertThat(full.files()).hasSize(16);
        assertThat(full.faults()).isEmpty();
    }

    @Test
    void writesSnappyFilesOfSeveralRowGroupsAndPages() throws SQLException {
        String metadata = "from parquet_metadata('%s/*.parquet')".formatted(wide(NOVEMBER));
        assertThat(duckDb.rows("select distinct compression " + metadata)).containsExactly("SNAPPY");
        assertThat(duckDb.rows("select count(distinct row_group_id) " + metadata + " group by file_name"))
                .containsOnly("3")
                .hasSize(4);
        assertThat(duckDb.rows("select distinct path_in_schema " + metadata)).hasSize(1_743);
    }

    @Test
    void hasOneRowForEachKey() throws SQLException {
        for (LocalDate snapshot : List.of(OCTOBER, NOVEMBER)) {
            assertThat(duckDb.rows("select count(*), count(distinct Customer_User_id), min(length(Customer_User_id)),"
                            + " max(length(Customer_User_id)) from " + DuckDb.files(wide(snapshot))))
                    .containsExactly("1000 1000 20 20");
        }
        assertThat(full.wideRows()).isEqualTo(ROWS);
    }

    @Test
    void givesTheAddressableTableTheSameKeysWithAPartMissingOnEitherSide() throws SQLException {
        String ids = DuckDb.files(full.addressableIds().resolve("snapshot_dt=2025-11-01"));
        String wide = DuckDb.files(wide(NOVEMBER));
        long rows = duckDb.number("select count(*) from " + ids);
        assertThat(duckDb.number("select count(distinct Customer_User_id) from " + ids))
                .isEqualTo(rows);
        String without = "select count(*) from %s where Customer_User_id not in (select Customer_User_id from %s)";
        long onlyWide = duckDb.number(without.formatted(wide, ids));
        long onlyIds = duckDb.number(without.formatted(ids, wide));
        assertThat(onlyWide).isBetween(30L, 100L);
        assertThat(onlyIds).isEqualTo(50);
        assertThat(rows).isEqualTo(ROWS - onlyWide + onlyIds);
        long rowsInOctober = duckDb.number(
                "select count(*) from " + DuckDb.files(full.addressableIds().resolve("snapshot_dt=2025-10-01")));
        assertThat(full.addressableRows()).isEqualTo(rows + rowsInOctober);
    }

    @Test
    void givesTheAddressableTableIdsOfTheirUsualForms() throws SQLException {
        assertThat(duckDb.number(
                        """
                select count(*) from %s
                where not regexp_full_match(Hashed_Email, '[0-9a-f]{64}')
                   or not regexp_full_match(Mobile_Ad_Id, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
                   or not regexp_full_match(IP_ADDRESS, '198[.]1[89][.][0-9]{1,3}[.][0-9]{1,3}')
                   or Updated_Timestamp >= timestamptz '2025-11-01 00:00:01+00'
                   or MATCH_LEVEL_CODE is null or consent_flag is null
                """
                                .formatted(DuckDb.files(full.addressableIds().resolve("snapshot_dt=2025-11-01")))))
                .isZero();
    }

    @Test
    void mixesTheCaseOfSourceNames() {
        List<String> names = WideTable.of(MappingLayout.columns()).columns().stream()
                .map(WideColumn::sourceName)
                .toList();
        assertThat(names.stream().filter(name -> name.matches("[A-Z0-9_]+")).count() * 100 / names.size())
                .isBetween(25L, 35L);
        assertThat(names).allMatch(name -> name.matches("[A-Z0-9_]+|[a-z0-9_]+"));
    }

    @Test
    void usesTypesOfEveryKindAndMostlyNumbersForMarketIndices() throws SQLException {
        List<String> types = duckDb.rows(
                "select distinct column_type from (describe select * from " + DuckDb.files(wide(NOVEMBER)) + ")");
        assertThat(types)
                .containsExactlyInAnyOrder(
                        "VARCHAR",
                        "INTEGER",
                        "BIGINT",
                        "DECIMAL(9,2)",
                        "DECIMAL(15,2)",
                        "DECIMAL(20,4)",
                        "DOUBLE",
                        "DATE",
                        "TIMESTAMP WITH TIME ZONE",
                        "BOOLEAN");
        Map<String, Long> storage = duckDb
                .rows(
                        "select distinct name, type from parquet_schema('%s/*.parquet') where name not like '%%infobase%%'"
                                .formatted(wide(NOVEMBER)))
                .stream()
                .collect(Collectors.groupingBy(row -> row.split(" ", -1)[1], Collectors.counting()));
        assertThat(storage).containsKeys("INT32", "INT64", "FIXED_LEN_BYTE_ARRAY", "BYTE_ARRAY", "DOUBLE", "BOOLEAN");
        List<String> indices =
                duckDb.rows("select column_type from (describe select * from %s) where column_name ilike 'miacs%%'"
                        .formatted(DuckDb.files(wide(NOVEMBER))));
        assertThat(indices.stream().filter(type -> Set.of("INTEGER", "DOUBLE").contains(type)))
                .hasSizeGreaterThan(indices.size() / 2);
    }

    @Test
    void leavesBetweenNoneAndNearlyAllValuesOfAColumnOut() throws SQLException {
        List<Long> nullsInHundred = duckDb
                .rows(
                        "select sum(stats_null_count) * 100 // %d from parquet_metadata('%s/*.parquet') group by path_in_schema"
                                .formatted(ROWS, wide(NOVEMBER)))
                .stream()
                .map(text -> (long) Double.parseDouble(text))
                .toList();
        assertThat(nullsInHundred).hasSize(1_743).allMatch(percent -> percent <= 98);
        assertThat(nullsInHundred.stream().filter(percent -> percent == 0)).hasSizeBetween(20, 250);
        assertThat(nullsInHundred.stream().filter(percent -> percent > 90)).hasSizeGreaterThan(50);
        assertThat(nullsInHundred.stream().filter(percent -> percent < 50)).hasSizeGreaterThan(400);
    }

    @Test
    void sharesMostKeysAndValuesBetweenSnapshots() throws SQLException {
        List<String> names = WideTable.of(MappingLayout.columns()).columns().stream()
                .map(WideColumn::sourceName)
                .limit(400)
                .toList();
        String changed = names.stream()
                .map(name -> "(a.\"%s\" is distinct from b.\"%s\")::int".formatted(name, name))
                .collect(Collectors.joining("+"));
        List<String> row = duckDb.rows("select count(*), sum(%s)::bigint from %s a join %s b using (Customer_User_id)"
                .formatted(changed, DuckDb.files(wide(OCTOBER)), DuckDb.files(wide(NOVEMBER))));
        long[] counts = Arrays.stream(row.get(0).split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        assertThat(counts[0]).isBetween(950L, 999L);
        double share = (double) counts[1] / counts[0] / names.size();
        assertThat(share).isBetween(0.005, 0.04);
    }

    @Test
    void writesTheSameBytesForTheSameOptionsWithAnyNumberOfThreads() throws IOException {
        GeneratorOptions options = NARROW.withFaults(Fault.values());
        Map<String, byte[]> once = contents(write(options, 1, "one"));
        Map<String, byte[]> again = contents(write(options, 3, "three"));
        assertThat(again.keySet()).isEqualTo(once.keySet());
        once.forEach((file, bytes) -> assertThat(again.get(file)).as(file).isEqualTo(bytes));
    }

    /** Identity hash codes, and all that is ordered by them, differ between processes and not within one. */
    @Test
    void writesTheSameBytesInAnotherProcess() throws IOException, InterruptedException {
        Path here = write(NARROW, 2, "here");
        Path there = folder.resolve("there");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=1",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GenerateSnapshots.class.getName(),
                        "--rows",
                        "90",
                        "--mapping",
                        narrowMapping().toString(),
                        "--out",
                        there.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
        Map<String, byte[]> bytes = contents(there);
        assertThat(bytes.keySet()).isEqualTo(contents(here).keySet());
        contents(here)
                .forEach(
                        (file, expected) -> assertThat(bytes.get(file)).as(file).isEqualTo(expected));
    }

    @Test
    void writesASnapshotTheSameAloneAsBesideOthers() throws IOException {
        Map<String, byte[]> both = contents(write(NARROW, 2, "both"));
        Map<String, byte[]> alone = contents(write(NARROW.withSnapshots(NOVEMBER), 2, "alone"));
        assertThat(alone).isNotEmpty();
        alone.forEach((file, bytes) -> assertThat(both.get(file)).as(file).isEqualTo(bytes));
    }

    @Test
    void writesOtherKeysForAnotherSeed() throws IOException, SQLException {
        Path first = write(NARROW.withSeed(1), 2, "first");
        Path second = write(NARROW.withSeed(2), 2, "second");
        String keys = "select Customer_User_id from read_parquet('%s/infobase_attributes/raw_input/*/*.parquet')";
        Set<String> shared = new HashSet<>(duckDb.rows(keys.formatted(first)));
        shared.retainAll(duckDb.rows(keys.formatted(second)));
        assertThat(shared).isEmpty();
    }

    @Test
    void takesTheColumnsOfAMapping() throws IOException, SQLException {
        Path out = write(NARROW, 2, "narrow");
        assertThat(duckDb.rows("select lower(column_name) from (describe select * from "
                        + DuckDb.files(out.resolve("infobase_attributes/raw_input/snapshot_dt=2025-10-01")) + ")"))
                .containsExactly(
                        "customer_user_id",
                        "age_band",
                        "boat",
                        "credit",
                        "dog",
                        "education",
                        "miacs_1",
                        "miacs_2",
                        "zip");
    }

    @Test
    void writesFewerFilesWhenThereAreFewerRows() throws IOException, SQLException {
        Path out = write(NARROW.withRows(3), 2, "few");
        Path snapshot = out.resolve("infobase_attributes/raw_input/snapshot_dt=2025-10-01");
        assertThat(names(snapshot)).hasSize(4);
        assertThat(duckDb.number("select count(*) from " + DuckDb.files(snapshot)))
                .isEqualTo(3);
    }

    @Test
    void neverTouchesASnapshotThatIsThere() throws IOException {
        Path out = write(NARROW.withSnapshots(NOVEMBER), 2, "there");
        Map<String, byte[]> before = contents(out);
        assertThatThrownBy(() -> new SnapshotGenerator(NARROW).writeTo(out))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("snapshot_dt=2025-11-01")
                .hasMessageContaining("choose another folder");
        assertThat(contents(out).keySet()).isEqualTo(before.keySet());
    }

    private static Path wide(LocalDate snapshot) {
        return full.infobaseAttributes().resolve("snapshot_dt=" + snapshot);
    }

    private Path write(GeneratorOptions options, int writers, String name) throws IOException {
        Path out = folder.resolve(name);
        new SnapshotGenerator(options, writers).writeTo(out);
        return out;
    }

    private static List<String> names(Path parent) throws IOException {
        try (var children = Files.list(parent)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, byte[]> contents(Path parent) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (var paths = Files.walk(parent)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                contents.put(parent.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return contents;
    }

    static Path narrowMapping() {
        return Path.of(System.getProperty("flywheel.home")).resolve("test-data/src/test/resources/narrow_mapping.csv");
    }
}
