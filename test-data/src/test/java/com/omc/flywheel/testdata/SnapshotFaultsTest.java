package com.omc.flywheel.testdata;

import static com.omc.flywheel.testdata.SnapshotGeneratorTest.narrowMapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotFaultsTest {
    private static final GeneratorOptions OPTIONS =
            GeneratorOptions.defaults().withRows(120).withMapping(narrowMapping());

    @TempDir
    private Path folder;

    private DuckDb duckDb;

    @BeforeEach
    void openDuckDb() throws SQLException {
        duckDb = new DuckDb();
    }

    @AfterEach
    void closeDuckDb() throws SQLException {
        duckDb.close();
    }

    @Test
    void threeRowsHaveNoKey() throws IOException, SQLException {
        Path newest = newest(write(Fault.NULL_KEYS));
        assertThat(duckDb.rows("select count(*), count(distinct Customer_User_id), count(Customer_User_id) from "
                        + DuckDb.files(newest)))
                .containsExactly("120 117 117");
    }

    @Test
    void threeRowsHaveTheKeyOfAnother() throws IOException, SQLException {
        Path newest = newest(write(Fault.DUPLICATE_KEYS));
        assertThat(duckDb.rows("select count(*) from %s group by Customer_User_id having count(*) > 1 order by 1"
                        .formatted(DuckDb.files(newest))))
                .containsExactly("2", "3");
        assertThat(duckDb.number("select count(Customer_User_id) from " + DuckDb.files(newest)))
                .isEqualTo(120);
    }

    @Test
    void aMappedColumnIsInNoFile() throws IOException, SQLException {
        GeneratedSnapshots written = write(Fault.MISSING_COLUMN);
        assertThat(columns(older(written))).hasSize(9);
        assertThat(columns(newest(written))).hasSize(8);
        assertThat(columns(older(written))).containsAll(columns(newest(written)));
    }

    @Test
    void theKeyHasAnotherName() throws IOException, SQLException {
        GeneratedSnapshots written = write(Fault.RENAMED_KEY);
        assertThat(columns(older(written))).contains("Customer_User_id").doesNotContain("Cust_Usr_id");
        assertThat(columns(newest(written))).contains("Cust_Usr_id").doesNotContain("Customer_User_id");
    }

    @Test
    void theNewestSnapshotIsUnfinished() throws IOException {
        GeneratedSnapshots written = write(Fault.UNFINISHED_SNAPSHOT);
        assertThat(newest(written).resolve("_SUCCESS")).doesNotExist();
        assertThat(newest(written).resolve("_temporary")).isNotEmptyDirectory();
        assertThat(older(written).resolve("_SUCCESS")).exists();
    }

    @Test
    void aFolderHasADateThatIsNone() throws IOException, SQLException {
        Path invalid = write(Fault.INVALID_DATE_FOLDER).infobaseAttributes().resolve("snapshot_dt=2025-99-99");
        assertThat(invalid.resolve("_SUCCESS")).exists();
        assertThat(duckDb.number("select count(*) from " + DuckDb.files(invalid)))
                .isEqualTo(30);
    }

    @Test
    void oneColumnIsOfAnotherTypeInTheLastFile() throws IOException, SQLException {
        Path newest = newest(write(Fault.COLUMN_TYPE));
        assertThat(duckDb.rows(
                        """
                select count(distinct type), max(file_name) like '%%part-00003%%'
                from (select name, type, file_name, count(*) over (partition by name, type) files
                      from parquet_schema('%s/*.parquet') where type is not null)
                where files < 4 group by name
                """
                                .formatted(newest)))
                .containsExactly("2 true");
    }

    @Test
    void oneFileHasNoFooter() throws IOException {
        List<Path> files = filesOf(newest(write(Fault.CORRUPT_FILE)));
        assertThatThrownBy(() -> duckDb.number("select count(*) from '%s'".formatted(files.get(3))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("magic bytes");
        for (Path sound : files.subList(0, 3)) {
            assertThatCode(() -> duckDb.number("select count(*) from '%s'".formatted(sound)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void onePageCannotBeReadAndTheFooterCan() throws IOException, SQLException {
        GeneratedSnapshots written = write(Fault.CORRUPT_PAGE);
        Path file = filesOf(newest(written)).get(3);
        String column = WideTable.of(MappingColumns.read(narrowMapping()))
                .columns()
                .get(6)
                .sourceName();
        assertThat(written.faults().get(Fault.CORRUPT_PAGE)).contains(column).contains(file.toString());
        assertThat(duckDb.number("select count(distinct Customer_User_id) from '%s'".formatted(file)))
                .isEqualTo(30);
        assertThatThrownBy(() -> duckDb.number(
                        "select max(%s) from (select * from '%s') where hash(%s) <> 1".formatted(column, file, column)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("know what type");
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can not read class org.apache.parquet.format.PageHeader");
    }

    @Test
    void strayFilesLieInTheSnapshot() throws IOException {
        Path newest = newest(write(Fault.STRAY_FILES));
        assertThat(newest.resolve("notes.txt")).exists();
        assertThat(filesOf(newest.resolve("previous"))).hasSize(1);
        assertThat(filesOf(newest)).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void theOlderSnapshotAndTheIdsAreAsTheyAreWithoutTheFault(Fault fault) throws IOException {
        Path sound = folder.resolve("sound");
        new SnapshotGenerator(OPTIONS).writeTo(sound);
        GeneratedSnapshots spoiled = write(fault);
        assertThat(spoiled.faults()).containsOnlyKeys(fault);
        assertThat(spoiled.faults().get(fault))
                .contains(spoiled.infobaseAttributes().toString());
        for (String untouched : List.of(
                "infobase_attributes/raw_input/snapshot_dt=2025-10-01",
                "addressable_ids/raw_input/snapshot_dt=2025-10-01",
                "addressable_ids/raw_input/snapshot_dt=2025-11-01")) {
            Path spoiledFolder = folder.resolve("spoiled").resolve(untouched);
            List<Path> files = filesOf(sound.resolve(untouched));
            assertThat(filesOf(spoiledFolder)).hasSameSizeAs(files);
            for (Path file : files) {
                assertThat(spoiledFolder.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
            assertThat(spoiledFolder.resolve("_SUCCESS")).exists();
        }
    }

    @Test
    void allFaultsTogetherDoNotHideEachOther() throws IOException, SQLException {
        GeneratedSnapshots written = write(Fault.values());
        List<Path> files = filesOf(newest(written));
        assertThat(written.faults()).hasSize(Fault.values().length);
        assertThatThrownBy(() -> readAll(files.get(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can not read class org.apache.parquet.format.PageHeader");
        assertThatThrownBy(() -> duckDb.number("select count(*) from '%s'".formatted(files.get(2))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("magic bytes");
        assertThat(duckDb.number("select count(*) from '%s'".formatted(files.get(3))))
                .isEqualTo(30);
    }

    @Test
    void areListedInTheReadme() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("flywheel.home"), "test-data", "README.md"));
        for (Fault fault : Fault.values()) {
            assertThat(readme).contains("| `%s` | %s |".formatted(fault.commandLineName(), fault.summary()));
        }
    }

    private GeneratedSnapshots write(Fault... faults) throws IOException {
        return new SnapshotGenerator(OPTIONS.withFaults(faults)).writeTo(folder.resolve("spoiled"));
    }

    private static Path newest(GeneratedSnapshots written) {
        return written.infobaseAttributes().resolve("snapshot_dt=2025-11-01");
    }

    private static Path older(GeneratedSnapshots written) {
        return written.infobaseAttributes().resolve("snapshot_dt=2025-10-01");
    }

    private List<String> columns(Path snapshot) throws SQLException {
        return duckDb.rows(
                "select distinct name from parquet_schema('%s/*.parquet') where type is not null".formatted(snapshot));
    }

    private static List<Path> filesOf(Path snapshot) throws IOException {
        try (var children = Files.list(snapshot)) {
            return children.filter(child -> child.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private static void readAll(Path file) throws IOException {
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(new Configuration(false))
                .build()) {
            while (reader.read() != null) {
                // The file is read for the failure only.
            }
        }
    }
}
