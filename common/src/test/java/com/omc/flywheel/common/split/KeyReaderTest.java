package com.omc.flywheel.common.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.bucketing.Numbering;
import com.omc.flywheel.testdata.GoldenVectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyReaderTest {
    static List<GoldenVectors.HiveBucket> vectors() throws IOException {
        return GoldenVectors.hiveBuckets(Path.of(System.getProperty("flywheel.home")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void findsTheBucketThatHiveAndTrinoGive(GoldenVectors.HiveBucket vector) {
        KeyReader keys = new KeyReader(KeyType.valueOf(vector.type().name()), Numbering.HIVE_BUCKET);

        Object key = keys.key(row(internal(vector)));

        assertThat(keys.bucket(key, 256)).isEqualTo(vector.bucketOf256());
        assertThat(keys.bucket(key, 16)).isEqualTo(vector.bucketOf16());
    }

    @Test
    void ordersStringsByTheirUnsignedBytesAndNullFirst() {
        KeyReader keys = new KeyReader(KeyType.STRING, Numbering.HIVE_BUCKET);
        List<String> inOrder = Arrays.asList(null, "", "A", "a", "ab", "b", "\u00e9", "\ufffd", "\ud83d\ude00");

        List<Object> read = inOrder.stream()
                .map(text -> keys.key(row(UTF8String.fromString(text))))
                .toList();

        assertSortedStrictly(keys, read);
    }

    @ParameterizedTest
    @EnumSource(value = KeyType.class, names = "STRING", mode = EnumSource.Mode.EXCLUDE)
    void ordersNumbersByValueAndNullFirst(KeyType type) {
        KeyReader keys = new KeyReader(type, Numbering.HIVE_BUCKET);
        List<Object> inOrder = type == KeyType.BIGINT
                ? Arrays.asList(null, Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE)
                : Arrays.asList(null, Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE);

        assertSortedStrictly(
                keys, inOrder.stream().map(value -> keys.key(row(value))).toList());
    }

    @Test
    void keepsAKeyWhoseRowIsUsedAgain() {
        UnsafeRow row = new UnsafeRow(1);
        byte[] memory = new byte[24];
        KeyReader keys = new KeyReader(KeyType.STRING, Numbering.HIVE_BUCKET);
        // One word of null bits, then offset 16 and length 5 of the string, then the string.
        ByteBuffer.wrap(memory).order(ByteOrder.nativeOrder()).putLong(8, 16L << 32 | 5);
        System.arraycopy("first".getBytes(StandardCharsets.UTF_8), 0, memory, 16, 5);
        row.pointTo(memory, memory.length);

        Object key = keys.key(row);
        System.arraycopy("other".getBytes(StandardCharsets.UTF_8), 0, memory, 16, 5);

        assertThat((byte[]) key).asString(StandardCharsets.UTF_8).isEqualTo("first");
    }

    private static void assertSortedStrictly(KeyReader keys, List<Object> inOrder) {
        for (int i = 0; i < inOrder.size(); i++) {
            for (int j = 0; j < inOrder.size(); j++) {
                assertThat(Integer.signum(keys.order().compare(inOrder.get(i), inOrder.get(j))))
                        .as("number %d beside number %d", i, j)
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    private static Object internal(GoldenVectors.HiveBucket vector) {
        return vector.text()
                .map(text -> switch (vector.type()) {
                    case STRING -> (Object) UTF8String.fromString(text);
                    case BIGINT -> Long.valueOf(text);
                    case INT -> Integer.valueOf(text);
                    case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
                })
                .orElse(null);
    }

    private static InternalRow row(Object key) {
        return new GenericInternalRow(new Object[] {key});
    }
}
