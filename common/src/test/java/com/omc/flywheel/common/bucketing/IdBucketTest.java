package com.omc.flywheel.common.bucketing;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.job.SparkExtension;
import com.omc.flywheel.testdata.GoldenVectors;
import com.omc.flywheel.testdata.GoldenVectors.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The number of a partition {@code id_bucket}, by our way and by Spark's, against vectors that engines made. */
@ExtendWith(SparkExtension.class)
class IdBucketTest {
    private static final StructType TEXT =
            new StructType().add("readable", "string").add("text", "string");

    private final SparkSession spark;

    IdBucketTest(SparkSession spark) {
        this.spark = spark;
    }

    static List<GoldenVectors.IdBucket> vectors() throws IOException {
        return GoldenVectors.idBuckets(Path.of(System.getProperty("flywheel.home")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isTheOneThatEnginesGive(GoldenVectors.IdBucket vector) {
        Object key = key(vector);

        assertThat(Numbering.ID_BUCKET.of(key, 256)).isEqualTo(vector.bucketOf256());
        assertThat(IdBucket.of(vector.hash(), 256)).isEqualTo(vector.bucketOf256());
    }

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void isTheSameAsAColumnOfSpark(ValueType type) throws IOException {
        List<Row> keys = new ArrayList<>();
        Map<String, Integer> expected = new TreeMap<>();
        for (GoldenVectors.IdBucket vector : vectors()) {
            if (vector.type() == type) {
                keys.add(RowFactory.create(vector.readable(), vector.text().orElse(null)));
                expected.put(vector.readable(), vector.bucketOf256());
            }
        }
        Column key = col("text").cast(type.name().toLowerCase(Locale.ROOT));

        Map<String, Integer> found = new TreeMap<>();
        spark.createDataFrame(keys, TEXT)
                .select(col("readable"), Numbering.ID_BUCKET.column(key, 256))
                .collectAsList()
                .forEach(row -> found.put(row.getString(0), row.getInt(1)));

        assertThat(found).hasSizeGreaterThan(10).isEqualTo(expected);
    }

    @Test
    void putsEveryRowWithoutAKeyIntoBucket42Of256() {
        assertThat(Numbering.ID_BUCKET.of(null, 256)).isEqualTo(42);
    }

    private static Object key(GoldenVectors.IdBucket vector) {
        if (vector.text().isEmpty()) {
            return null;
        }
        String text = vector.text().get();
        return switch (vector.type()) {
            case STRING -> text.getBytes(StandardCharsets.UTF_8);
            case BIGINT -> Long.valueOf(text);
            case INT -> Integer.valueOf(text);
            case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
        };
    }
}
