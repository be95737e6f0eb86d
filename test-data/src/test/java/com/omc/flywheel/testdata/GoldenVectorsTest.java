package com.omc.flywheel.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.testdata.GoldenVectors.HiveBucket;
import com.omc.flywheel.testdata.GoldenVectors.IdBucket;
import com.omc.flywheel.testdata.GoldenVectors.ValueType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoldenVectorsTest {
    private static final Path ROOT = Path.of(System.getProperty("flywheel.home"));

    @Test
    void haveTheSameValuesInBothNumberings() throws IOException {
        List<HiveBucket> hive = GoldenVectors.hiveBuckets(ROOT);
        List<IdBucket> ids = GoldenVectors.idBuckets(ROOT);
        assertThat(hive).hasSizeGreaterThan(100).extracting(HiveBucket::type).contains(ValueType.values());
        assertThat(ids.stream().map(id -> List.of(id.type(), id.text(), id.readable())))
                .isEqualTo(hive.stream()
                        .map(bucket -> List.of(bucket.type(), bucket.text(), bucket.readable()))
                        .toList());
    }

    @Test
    void haveANullOfEachTypeAndAnEmptyString() throws IOException {
        List<HiveBucket> hive = GoldenVectors.hiveBuckets(ROOT);
        assertThat(hive.stream().filter(bucket -> bucket.text().isEmpty()).map(HiveBucket::type))
                .containsExactlyInAnyOrder(ValueType.values());
        assertThat(hive)
                .filteredOn(bucket -> bucket.text().equals(Optional.of("")))
                .hasSize(1);
    }

    @Test
    void areDecodedAsUtf8() throws IOException {
        assertThat(GoldenVectors.hiveBuckets(ROOT))
                .extracting(HiveBucket::text)
                .contains(Optional.of("\u00e9"), Optional.of("\ud83d\ude00"), Optional.of("line\r\nbreak"));
    }

    /** Hive's first version hashes ASCII text and numbers as Java does. */
    @Test
    void agreeWithJavaWhereHiveDoes() throws IOException {
        for (HiveBucket bucket : GoldenVectors.hiveBuckets(ROOT)) {
            String text = bucket.text().orElse("");
            if (bucket.type() == ValueType.STRING && text.chars().allMatch(character -> character < 128)) {
                assertThat(bucket.hash()).as(bucket.readable()).isEqualTo(text.hashCode());
            }
            if (bucket.type() == ValueType.BIGINT && bucket.text().isPresent()) {
                assertThat(bucket.hash()).as(text).isEqualTo(Long.hashCode(Long.parseLong(text)));
            }
        }
    }

    @Test
    void haveBucketsThatFollowFromTheHashes() throws IOException {
        assertThat(GoldenVectors.hiveBuckets(ROOT))
                .allMatch(bucket -> bucket.bucketOf256() == (bucket.hash() & 255))
                .allMatch(bucket -> bucket.bucketOf16() == (bucket.hash() & 15));
        assertThat(GoldenVectors.idBuckets(ROOT))
                .allMatch(bucket -> bucket.bucketOf256() == Math.floorMod(bucket.hash(), 256));
    }
}
