package com.omc.flywheel.common.bucketing;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.input_file_name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.SparkExtension;
import com.omc.flywheel.testdata.GoldenVectors;
import com.omc.flywheel.testdata.GoldenVectors.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class HiveBucketedFilesTest {
    private static final StructType TEXT =
            new StructType().add("readable", "string").add("text", "string");
    private static final StructType KEY = new StructType().add("id", "string").add("number", "int");

    private final SparkSession spark;

    @TempDir
    Path folder;

    HiveBucketedFilesTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void putEveryRowIntoTheBucketThatHiveAndTrinoGive(ValueType type) throws IOException {
        List<Row> keys = new ArrayList<>();
        Map<String, Integer> expected = new TreeMap<>();
        for (GoldenVectors.HiveBucket vector :
                GoldenVectors.hiveBuckets(Path.of(System.getProperty("flywheel.home")))) {
            if (vector.type() == type) {
                keys.add(RowFactory.create(vector.readable(), vector.text().orElse(null)));
                expected.put(vector.readable(), vector.bucketOf256());
            }
        }
        SparkSession session = spark.newSession();
        // Some of the dates are older than the calendar.
        session.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
        Dataset<Row> rows = session.createDataFrame(keys, TEXT)
                .select(
                        col("readable"),
                        col("text").cast(type.name().toLowerCase(Locale.ROOT)).as("id"));

        write(session, rows.repartition(4), 256);

        HiveBucketedFiles.requireOneForEachBucket("the folder", names(), 256);
        Map<String, Integer> found = new TreeMap<>();
        for (Row row : spark.read()
                .parquet(out())
                .select(col("readable"), input_file_name())
                .collectAsList()) {
            found.put(row.getString(0), bucketOf(row.getString(1)));
        }
        assertThat(found).hasSizeGreaterThan(15).isEqualTo(expected);
    }

    @Test
    void areOneForEachBucketWithItsRowsInTheOrderOfTheKeys() throws IOException {
        write(spark, customers(4000), 16);

        List<String> names = names();
        assertThat(names).hasSize(16);
        HiveBucketedFiles.requireOneForEachBucket("the folder", names, 16);
        long rows = 0;
        for (String name : names) {
            List<Row> file = spark.read().parquet(out() + "/" + name).collectAsList();
            List<String> keys = new ArrayList<>();
            file.forEach(row -> keys.add(row.getString(0)));
            assertThat(keys)
                    .isSortedAccordingTo(Comparator.nullsFirst(Comparator.naturalOrder()))
                    .allMatch(key -> bucket(key, 16) == bucketOf(name));
            rows += keys.size();
        }
        assertThat(rows).isEqualTo(4002);
    }

    @Test
    void haveMissingAndEmptyKeysInTheFirstBucket() throws IOException {
        write(spark, customers(0), 16);

        assertThat(names()).singleElement().asString().startsWith("00000_0_");
        assertThat(spark.read().parquet(out()).collectAsList())
                .containsExactly(RowFactory.create(null, -1), RowFactory.create("", -2));
    }

    @Test
    void areNotCutWhateverTheSessionSays() throws IOException {
        SparkSession cutting = spark.newSession();
        cutting.conf().set("spark.sql.files.maxRecordsPerFile", "10");

        write(cutting, customers(500), 4);

        assertThat(names()).hasSize(4);
    }

    @Test
    void stayWhenMoreAreWritten() throws IOException {
        write(spark, customers(100), 4);
        List<String> before = names();

        write(spark, customers(100), 4);

        assertThat(names()).hasSize(8).containsAll(before);
    }

    @ParameterizedTest
    @CsvSource({"256,2,6", "256,100,256", "1,8,1"})
    void areWrittenByAsManyTasksAsKeepTheCoresBusy(int buckets, int cores, int tasks) {
        assertThat(HiveBucketedFiles.tasks(buckets, cores)).isEqualTo(tasks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "part-00000-3f1c_00000.c000.snappy.parquet",
                "00000_0_part-00000-3f1c_00000.c000.gz.parquet",
                "00016_0_part-00000-3f1c_00016.c000.snappy.parquet",
                "00003_0_part-00007-3f1c_00003.c001.snappy.parquet",
                "0_part-00000-3f1c_00000.c000.snappy.parquet"
            })
    void areRefusedWhenTheirNamesAreNotHives(String name) {
        List<String> names = List.of("00003_0_part-00007-3f1c_00003.c000.snappy.parquet", name);

        assertFails(
                        FailureKind.ENVIRONMENT,
                        () -> HiveBucketedFiles.requireOneForEachBucket("s3://lake/bucketed/", names, 16))
                .hasMessageContaining("s3://lake/bucketed/ should hold one file")
                .hasMessageContaining(name)
                .hasMessageContaining("let Athena make the table");
    }

    @Test
    void mayBeFewerThanTheBuckets() {
        List<String> names = List.of("00003_0_part-00007-3f1c_00003.c000.snappy.parquet");

        assertThatCode(() -> HiveBucketedFiles.requireOneForEachBucket("s3://lake/bucketed/", names, 16))
                .doesNotThrowAnyException();
    }

    private void write(SparkSession session, Dataset<Row> rows, int buckets) {
        new HiveBucketedFiles(session).write(rows, out(), "id", buckets, Map.of());
    }

    /** So many customers, from several partitions and in no order, and one row each with a missing and an empty key. */
    private Dataset<Row> customers(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i * 7919 % count;
            rows.add(RowFactory.create("customer-" + number, number));
        }
        rows.add(RowFactory.create("", -2));
        rows.add(RowFactory.create(null, -1));
        return spark.createDataFrame(rows, KEY).repartition(3);
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(out()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static int bucket(String key, int buckets) {
        int hash = key == null ? HiveBucket.hashOfNull() : HiveBucket.hash(key.getBytes(StandardCharsets.UTF_8));
        return HiveBucket.of(hash, buckets);
    }

    private static int bucketOf(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return Integer.parseInt(name.substring(0, name.indexOf('_')));
    }
}
