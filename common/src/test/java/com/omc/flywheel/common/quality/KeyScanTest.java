package com.omc.flywheel.common.quality;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class KeyScanTest {
    private static final String KEY = "customer_user_id";

    private final SparkSession shared;

    @TempDir
    private Path machine;

    private SparkSession spark;
    private ParquetLake lake;
    private KeyScan scan;

    KeyScanTest(SparkSession shared) {
        this.shared = shared;
    }

    @BeforeEach
    void serveTheFolder() {
        lake = new ParquetLake(machine);
        spark = lake.session(shared);
        scan = new KeyScan(spark, KEY);
    }

    @ParameterizedTest
    @EnumSource
    void countsRowsAndMissingAndRepeatedKeysOfEveryType(KeyType type) {
        // 0..9, 0..4 once more, 0 a third time, and two rows without a key.
        String key =
                type == KeyType.DATE ? "date_add(date'2025-01-01', cast(id as int))" : "cast(id as %s)".formatted(type);
        Dataset<Row> rows = spark.sql(
                "select %s as customer_user_id, id as other from (select explode(array_repeat(id, 1 + int(id < 5) + int(id = 0))) as id from range(10)) union all select null, 1 union all select null, 2"
                        .formatted(key));

        TableKeys keys = scan.scan("t", written("t", rows, 3));

        assertThat(keys.rows()).isEqualTo(18);
        assertThat(keys.nullKeys()).isEqualTo(2);
        assertThat(keys.distinctKeys()).isEqualTo(10);
        assertThat(keys.duplicateKeys()).isEqualTo(6);
        assertThat(keys.fingerprint().type()).isEqualTo(type);
        assertThat(keys.fingerprint().keys()).isEqualTo(16);
    }

    @Test
    void findsARepeatedKeyInAnotherFolderThanThatOfItsBucket() {
        List<FileSize> files = new ArrayList<>();
        files.addAll(lake.write("part/snapshot_dt=2025-11-01/id_bucket=3", ids("k", 0, 10), 1));
        files.addAll(lake.write("part/snapshot_dt=2025-11-01/id_bucket=4", ids("k", 9, 20), 1));

        TableKeys keys = scan.scan("part", lake.contents(files));

        assertThat(keys.duplicateKeys()).isEqualTo(1);
        assertThat(keys.rows()).isEqualTo(21);
    }

    @Test
    void takesTheEmptyTextForAKeyAndNullForNone() {
        TableKeys keys = scan.scan(
                "t", written("t", spark.sql("select explode(array('', '', null, 'a')) as customer_user_id"), 1));

        assertThat(keys.nullKeys()).isEqualTo(1);
        assertThat(keys.duplicateKeys()).isEqualTo(1);
        assertThat(keys.distinctKeys()).isEqualTo(2);
    }

    @Test
    void readsTheKeyUnderWhateverCaseItsNameHas() {
        TableKeys keys = scan.scan("t", written("t", spark.sql("select 'a' as Customer_User_id, 1 as b"), 1));

        assertThat(keys.nullKeys()).isZero();
        assertThat(new KeyScan(spark, "CUSTOMER_USER_ID").scan("t", lake.contents(lake.list("t"))))
                .isEqualTo(keys);
    }

    @Test
    void givesTablesOfEqualKeysOneFingerprintWhateverTheirOrderAndFiles() {
        TableKeys one = scan.scan("one", written("one", ids("k", 0, 1_000), 1));
        TableKeys other = scan.scan("other", written("other", ids("k", 0, 1_000).orderBy("customer_user_id"), 4));

        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
        assertThat(one.files()).hasSize(1);
        assertThat(other.files()).hasSize(4);
    }

    @Test
    void tellsTablesApartThatDifferInOneKeyOrInHowOftenTheyHaveIt() {
        KeyFingerprint plain = fingerprint("plain", "select explode(array('a', 'b', 'c')) as customer_user_id");

        assertThat(fingerprint("another", "select explode(array('a', 'b', 'd')) as customer_user_id"))
                .isNotEqualTo(plain);
        assertThat(fingerprint("aab", "select explode(array('a', 'a', 'b', 'c')) as customer_user_id"))
                .isNotEqualTo(fingerprint("abb", "select explode(array('a', 'b', 'b', 'c')) as customer_user_id"));
        assertThat(fingerprint("fewer", "select explode(array('a', 'b')) as customer_user_id"))
                .isNotEqualTo(plain);
        assertThat(fingerprint("text", "select '1' as customer_user_id"))
                .isNotEqualTo(fingerprint("number", "select 1 as customer_user_id"));
        // Missing keys are no keys.
        assertThat(fingerprint("missing", "select explode(array('a', 'b', 'c', null)) as customer_user_id"))
                .isEqualTo(plain);
    }

    @Test
    void usesTwoHashesThatDoNotFollowFromEachOther() {
        List<Long> sums = fingerprint("t", "select 'a' as customer_user_id").sums();

        assertThat(sums).hasSize(4).doesNotHaveDuplicates().allMatch(sum -> sum >= 0 && sum < 1L << 32);
    }

    @Test
    void countsTheSharedKeysOfTwoTables() {
        // 0..99 with 0..9 twice, and 60..159.
        TableKeys left = scan.scan("left", written("left", ids("k", 0, 100).union(ids("k", 0, 10)), 2));
        TableKeys right = scan.scan(
                "right", written("right", ids("k", 60, 160).union(spark.sql("select cast(null as string)")), 2));

        assertThat(scan.overlap(left, right)).isEqualTo(new KeyOverlap(100, 100, 40));
        assertThat(scan.overlap(right, left).onlyLeft()).isEqualTo(60);
    }

    @Test
    void takesNoMissingKeyForASharedOne() {
        TableKeys left =
                scan.scan("left", written("left", spark.sql("select cast(null as string) as customer_user_id"), 1));
        TableKeys right =
                scan.scan("right", written("right", ids("k", 0, 5).union(spark.sql("select cast(null as string)")), 1));

        assertThat(left.distinctKeys()).isZero();
        assertThat(scan.overlap(left, right)).isEqualTo(new KeyOverlap(0, 5, 0));
        assertThat(scan.overlap(left, left)).isEqualTo(new KeyOverlap(0, 0, 0));
    }

    @Test
    void readsNothingAgainForTablesLikeOnesThatItKnows() throws IOException {
        TableKeys one = scan.scan("one", written("one", ids("k", 0, 10), 1));
        TableKeys other = scan.scan("other", written("other", ids("k", 5, 20), 1));
        KeyOverlap overlap = scan.overlap(one, other);
        TableKeys alike = scan.scan("alike", written("alike", ids("k", 5, 20), 2));
        for (FileSize file : List.of(lake.list("one"), lake.list("other"), lake.list("alike")).stream()
                .flatMap(List::stream)
                .toList()) {
            Files.delete(lake.path(file.file().key()));
        }

        assertThat(alike.distinctKeys()).isEqualTo(15);
        assertThat(scan.overlap(other, alike)).isEqualTo(new KeyOverlap(15, 15, 15));
        assertThat(scan.overlap(one, alike)).isEqualTo(overlap);
    }

    @Test
    void refusesToCompareKeysOfTwoTypes() {
        TableKeys text = scan.scan("part_ids", written("ids", spark.sql("select '1' as customer_user_id"), 1));
        TableKeys number = scan.scan("part_age", written("age", spark.sql("select 1L as customer_user_id"), 1));

        assertFails(FailureKind.BAD_DATA, () -> scan.overlap(text, number))
                .hasMessageContaining("part_ids and part_age")
                .hasMessageContaining("customer_user_id is string in the one and bigint in the other");
    }

    @Test
    void refusesATableWithoutFiles() {
        assertFails(FailureKind.MISSING_INPUT, () -> scan.scan("part_t", lake.contents(List.of())))
                .hasMessageContaining("table part_t")
                .hasMessageContaining("it has no files");
    }

    @Test
    void refusesATableOfWhichSomeFilesLackTheKey() {
        List<FileSize> files = new ArrayList<>(lake.write("t/a", spark.sql("select 'x' as customer_user_id"), 1));
        files.addAll(lake.write("t/b", spark.sql("select 'x' as another_id"), 1));

        assertFails(FailureKind.BAD_DATA, () -> scan.scan("part_t", lake.contents(files)))
                .hasMessageContaining("table part_t")
                .hasMessageContaining("1 of its 2 files have no column customer_user_id");
    }

    @Test
    void refusesATableWhoseFilesHaveTheKeyInSeveralTypesOrInOneThatNoKeyMayHave() {
        List<FileSize> files = new ArrayList<>(lake.write("t/a", spark.sql("select 1 as customer_user_id"), 1));
        files.addAll(lake.write("t/b", spark.sql("select 1L as customer_user_id"), 1));

        assertFails(FailureKind.BAD_DATA, () -> scan.scan("part_t", lake.contents(files)))
                .hasMessageContaining("customer_user_id is bigint, int in its files and must be one of string, bigint");
        assertFails(
                        FailureKind.BAD_DATA,
                        () -> scan.scan("part_d", written("d", spark.sql("select 1.5D as customer_user_id"), 1)))
                .hasMessageContaining("customer_user_id is double");
    }

    @Test
    void countsNoPartOfATableOfWhichAFileCannotBeRead() throws IOException {
        List<FileSize> files = new ArrayList<>(lake.write("t", ids("k", 0, 5), 1));
        files.add(lake.damage("t/z.parquet", "no Parquet".getBytes(StandardCharsets.UTF_8)));

        assertFails(FailureKind.BAD_DATA, () -> scan.scan("part_t", lake.contents(files)))
                .hasMessageContaining("1 of its 2 files cannot be read")
                .hasMessageContaining("s3://lake/t/z.parquet");
    }

    @Test
    void saysThatATableChangedBetweenItsFootersAndItsRows() throws IOException {
        TableContents contents = written("t", ids("k", 0, 5), 1);
        Path file = lake.path(contents.read().get(0).file().key());
        written("more", ids("k", 0, 50), 1);
        Files.delete(file);
        Files.copy(lake.path(lake.list("more").get(0).file().key()), file);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));

        assertFails(FailureKind.CONFLICT, () -> scan.scan("part_t", contents))
                .hasMessageContaining("part_t: its footers tell 5 rows and 0 without a key, reading it gave 50 and 0");
    }

    @Test
    void saysThatAFileWentAwayAlsoWhereThePlatformIgnoresSuchFiles() throws IOException {
        spark.conf().set("spark.sql.files.ignoreMissingFiles", "true");
        spark.conf().set("spark.sql.files.ignoreCorruptFiles", "true");
        TableContents contents = written("t", ids("k", 0, 5), 1);
        Files.delete(lake.path(contents.read().get(0).file().key()));

        assertFails(FailureKind.CONFLICT, () -> scan.scan("part_t", contents)).hasMessageContaining("table part_t");
    }

    @Test
    void doesNotTakeAKeyThatThePlatformPassesOverForAMissingOne() {
        TableContents contents = written("t", spark.sql("select 'a' as Customer_User_id"), 1);
        spark.conf().set("spark.sql.caseSensitive", "true");

        assertFails(FailureKind.CONFLICT, () -> scan.scan("part_t", contents))
                .hasMessageContaining("reading it gave 1 and 1")
                .hasMessageContaining("spark.sql.caseSensitive");
    }

    @Test
    void namesTheFileWhoseDataAreDamaged() throws IOException {
        TableContents contents = written("t", ids("k", 0, 20_000), 1);
        Path file = lake.path(contents.read().get(0).file().key());
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 100; i < 10_000; i++) {
            bytes[i] = (byte) 0xFF;
        }
        Files.write(file, bytes);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));

        assertFails(FailureKind.BAD_DATA, () -> scan.scan("part_t", contents))
                .hasMessageContaining("reading the keys of table part_t failed by what it reads")
                .hasMessageContaining(file.getFileName().toString());
    }

    private KeyFingerprint fingerprint(String table, String sql) {
        return scan.scan(table, written(table, spark.sql(sql), 1)).fingerprint();
    }

    private TableContents written(String folder, Dataset<Row> rows, int files) {
        return lake.contents(lake.write(folder, rows, files));
    }

    private Dataset<Row> ids(String prefix, long from, long to) {
        return spark.range(from, to).selectExpr("concat('%s', id) as customer_user_id".formatted(prefix));
    }
}
