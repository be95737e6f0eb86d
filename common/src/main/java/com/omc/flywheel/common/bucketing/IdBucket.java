package com.omc.flywheel.common.bucketing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The {@code id_bucket} of a key: {@code pmod(xxhash64(key), buckets)}; no Hive bucket, and never equal to one but by chance.
 *
 * <p>The hash is taken from a library that is not Spark's, beside the expression of {@link IdBucketColumn} that places the
 * rows, so that each checks the other; both are held against vectors that engines made.
 */
public final class IdBucket {
    /** What Spark's {@code xxhash64} begins with, and so what it gives for NULL. */
    private static final long SEED = 42;

    private static final XXHash64 HASH = XXHashFactory.safeInstance().hash64();

    private IdBucket() {}

    /** The hash of a string's UTF-8 bytes. */
    public static long hash(byte[] utf8) {
        return HASH.hash(utf8, 0, utf8.length, SEED);
    }

    /** The hash of a bigint. */
    public static long hash(long value) {
        return hash(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    /** The hash of an int, or of a date as its days since 1970-01-01. */
    public static long hash(int value) {
        return hash(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    /** The hash of NULL, whatever the type: all rows without a key are in bucket 42 of 256. */
    public static long hashOfNull() {
        return SEED;
    }

    /** The bucket that rows of this hash belong to. */
    public static int of(long hash, int buckets) {
        return (int) Math.floorMod(hash, (long) buckets);
    }
}
