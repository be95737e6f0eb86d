package com.omc.flywheel.testdata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The committed hashes and buckets of {@code test-data/golden}, computed by Hive, Spark and Trino and by none of our code.
 * Both methods return the same values in the same order.
 */
public final class GoldenVectors {
    private GoldenVectors() {}

    /** The SQL type of a value. */
    public enum ValueType {
        STRING,
        BIGINT,
        INT,
        DATE
    }

    /**
     * A value and what Hive's bucketing version 1 makes of it.
     *
     * @param text the string itself, decimal digits or a date like 2025-10-01; empty for NULL
     * @param readable the value in ASCII, for the name of a test
     * @param hash the signed hash, before its sign bit is cleared
     */
    public record HiveBucket(
            ValueType type, Optional<String> text, String readable, int hash, int bucketOf256, int bucketOf16) {}

    /**
     * A value and what Spark's {@code xxhash64} makes of it.
     *
     * @param text as in {@link HiveBucket}
     * @param readable as in {@link HiveBucket}
     */
    public record IdBucket(ValueType type, Optional<String> text, String readable, long hash, int bucketOf256) {}

    /** Reads {@code hive-bucket-v1.csv} below the root folder of the repository. */
    public static List<HiveBucket> hiveBuckets(Path repositoryRoot) throws IOException {
        return read(
                repositoryRoot,
                "hive-bucket-v1.csv",
                fields -> new HiveBucket(
                        type(fields),
                        text(fields),
                        fields[3],
                        Integer.parseInt(fields[4]),
                        Integer.parseInt(fields[5]),
                        Integer.parseInt(fields[6])));
    }

    /** Reads {@code id-bucket-xxhash64.csv} below the root folder of the repository. */
    public static List<IdBucket> idBuckets(Path repositoryRoot) throws IOException {
        return read(
                repositoryRoot,
                "id-bucket-xxhash64.csv",
                fields -> new IdBucket(
                        type(fields), text(fields), fields[3], Long.parseLong(fields[4]), Integer.parseInt(fields[5])));
    }

    private static <V> List<V> read(Path repositoryRoot, String name, Function<String[], V> vector) throws IOException {
        Path file = repositoryRoot.resolve("test-data").resolve("golden").resolve(name);
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> vector.apply(line.split(",", -1)))
                .toList();
    }

    private static ValueType type(String[] fields) {
        return ValueType.valueOf(fields[0].toUpperCase(Locale.ROOT));
    }

    private static Optional<String> text(String[] fields) {
        return Boolean.parseBoolean(fields[1])
                ? Optional.empty()
                : Optional.of(new String(Base64.getDecoder().decode(fields[2]), StandardCharsets.UTF_8));
    }
}
