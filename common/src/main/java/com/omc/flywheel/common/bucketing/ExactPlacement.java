package com.omc.flywheel.common.bucketing;

import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Sends every row to the shuffle partition that a table names, instead of the one that a hash happens to give.
 *
 * <p>Spark places a row of {@code repartition(n, column)} by {@code pmod(murmur3(column, 42), n)}. So the column is made
 * of numbers that this hash sends to the wanted partitions: exact, without an RDD or a partitioner of our own.
 */
public final class ExactPlacement {
    // The seed of Spark's HashPartitioning.
    private static final int SEED = 42;

    private ExactPlacement() {}

    /**
     * The column to repartition by.
     *
     * @param bucket a column of numbers from 0
     * @param partitionOfBucket the partition of each, from 0
     * @param partitions how many there are
     */
    public static Column column(Column bucket, int[] partitionOfBucket, int partitions) {
        int[] numbers = numbersByPartition(partitions);
        Integer[] numberOfBucket = new Integer[partitionOfBucket.length];
        for (int i = 0; i < partitionOfBucket.length; i++) {
            numberOfBucket[i] = numbers[partitionOfBucket[i]];
        }
        return element_at(lit(numberOfBucket), bucket.plus(1));
    }

    /** For each partition a number that Spark sends there. */
    static int[] numbersByPartition(int partitions) {
        int[] numbers = new int[partitions];
        boolean[] found = new boolean[partitions];
        int missing = partitions;
        for (int number = 0; missing > 0; number++) {
            int partition = Math.floorMod(Murmur3_x86_32.hashInt(number, SEED), partitions);
            if (!found[partition]) {
                found[partition] = true;
                numbers[partition] = number;
                missing--;
            }
        }
        return numbers;
    }
}
