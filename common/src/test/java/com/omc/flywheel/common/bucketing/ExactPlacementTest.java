package com.omc.flywheel.common.bucketing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.job.SparkExtension;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class ExactPlacementTest {
    private static final int BUCKETS = 256;
    private static final int ROWS = 2 * BUCKETS;

    private final SparkSession spark;

    ExactPlacementTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 24, 256})
    void sendsEveryRowToThePartitionThatIsNamed(int partitions) {
        // Backwards and uneven, so that neither a hash nor the order of the buckets would do the same.
        int[] partitionOfBucket = IntStream.range(0, BUCKETS)
                .map(bucket -> (BUCKETS - 1 - bucket) * partitions / BUCKETS)
                .toArray();

        List<Row> placed = spark.range(ROWS)
                .select(col("id").mod(BUCKETS).cast("int").as("bucket"))
                .repartition(partitions, ExactPlacement.column(col("bucket"), partitionOfBucket, partitions))
                .select(col("bucket"), spark_partition_id())
                .collectAsList();

        assertThat(placed).hasSize(ROWS).allMatch(row -> row.getInt(1) == partitionOfBucket[row.getInt(0)]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 24, 256, 1000})
    void hasANumberOfItsOwnForEachPartition(int partitions) {
        assertThat(ExactPlacement.numbersByPartition(partitions))
                .hasSize(partitions)
                .doesNotHaveDuplicates();
    }
}
