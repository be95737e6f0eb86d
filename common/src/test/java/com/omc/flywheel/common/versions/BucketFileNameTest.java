package com.omc.flywheel.common.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketFileNameTest {
    @ParameterizedTest
    @CsvSource({
        "20251102_031500_00007_abcde_bucket-00255, 255",
        "20251102_031500_00007_a1b2c_bucket-00007.snappy.parquet, 7",
        "20251102_031500_00007_a1b2c_bucket-00007-0a1b2c3d, 7",
        "00255_0_part-00031-0a1b2c3d_00255.c000.snappy.parquet, 255",
        "000000_0, 0"
    })
    void readsTheBucketFromNamesOfAthenaAndOfSpark(String name, int bucket) {
        assertThat(BucketFileName.bucketOf(name)).isEqualTo(OptionalInt.of(bucket));
    }

    @ParameterizedTest
    @ValueSource(strings = {"part-00000-0a1b_00000.c000.snappy.parquet", "00255.parquet", "_00255_0", "bucket-00007"})
    void findsNoBucketInOtherNames(String name) {
        assertThat(BucketFileName.bucketOf(name)).isEmpty();
    }

    /** It begins as Hive's names do, so readers take the date for the bucket; no table has as many. */
    @Test
    void readsADateForTheBucketOfAFileThatHasNone() {
        assertThat(BucketFileName.bucketOf("20251102_031500_00007_abcde_0a1b2c3d"))
                .hasValue(20251102);
    }

    @Test
    void isNoBucketThatNoNumberHolds() {
        assertThat(BucketFileName.bucketOf("99999999999_0")).isEmpty();
    }
}
