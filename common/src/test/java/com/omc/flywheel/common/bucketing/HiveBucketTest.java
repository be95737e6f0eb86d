package com.omc.flywheel.common.bucketing;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.testdata.GoldenVectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HiveBucketTest {
    static List<GoldenVectors.HiveBucket> vectors() throws IOException {
        return GoldenVectors.hiveBuckets(Path.of(System.getProperty("flywheel.home")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isTheOneThatHiveAndTrinoGive(GoldenVectors.HiveBucket vector) {
        int hash = hash(vector);

        assertThat(hash).isEqualTo(vector.hash());
        assertThat(HiveBucket.of(hash, 256)).isEqualTo(vector.bucketOf256());
        assertThat(HiveBucket.of(hash, 16)).isEqualTo(vector.bucketOf16());
    }

    @Test
    void isNeverNegative() {
        assertThat(HiveBucket.of(Integer.MIN_VALUE, 256)).isZero();
        assertThat(HiveBucket.of(-1, 256)).isEqualTo(255);
        assertThat(HiveBucket.of(-1, 1)).isZero();
    }

    private static int hash(GoldenVectors.HiveBucket vector) {
        if (vector.text().isEmpty()) {
            return HiveBucket.hashOfNull();
        }
        String text = vector.text().get();
        return switch (vector.type()) {
            case STRING -> HiveBucket.hash(text.getBytes(StandardCharsets.UTF_8));
            case BIGINT -> HiveBucket.hash(Long.parseLong(text));
            case INT -> HiveBucket.hash(Integer.parseInt(text));
            case DATE -> HiveBucket.hash(Math.toIntExact(LocalDate.parse(text).toEpochDay()));
        };
    }
}
