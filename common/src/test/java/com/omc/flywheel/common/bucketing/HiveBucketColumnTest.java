package com.omc.flywheel.common.bucketing;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.job.SparkExtension;
import com.omc.flywheel.testdata.GoldenVectors;
import com.omc.flywheel.testdata.GoldenVectors.HiveBucket;
import com.omc.flywheel.testdata.GoldenVectors.ValueType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class HiveBucketColumnTest {
    private static final StructType TEXT =
            new StructType().add("readable", "string").add("text", "string");

    private final SparkSession spark;

    HiveBucketColumnTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void isTheBucketThatHiveAndTrinoGive(ValueType type) throws IOException {
        List<Row> keys = new ArrayList<>();
        Map<String, List<Integer>> expected = new TreeMap<>();
        for (HiveBucket vector : GoldenVectors.hiveBuckets(Path.of(System.getProperty("flywheel.home")))) {
            if (vector.type() == type) {
                keys.add(RowFactory.create(vector.readable(), vector.text().orElse(null)));
                expected.put(vector.readable(), List.of(vector.bucketOf256(), vector.bucketOf16()));
            }
        }
        Column key = col("text").cast(type.name().toLowerCase(Locale.ROOT));

        Dataset<Row> buckets = spark.createDataFrame(keys, TEXT)
                .select(col("readable"), HiveBucketColumn.of(key, 256), HiveBucketColumn.of(key, 16));

        Map<String, List<Integer>> found = new TreeMap<>();
        buckets.collectAsList().forEach(row -> found.put(row.getString(0), List.of(row.getInt(1), row.getInt(2))));
        assertThat(found).hasSizeGreaterThan(15).isEqualTo(expected);
    }
}
