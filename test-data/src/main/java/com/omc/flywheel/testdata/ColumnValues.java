package com.omc.flywheel.testdata;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Turns 48 random bits into a value of one column. Nothing is allocated for a value. */
interface ColumnValues {
    /** The levels of a value that is there, in an optional column that is not in a list. */
    int REPETITION = 0;

    int DEFINITION = 1;

    void write(long bits, ColumnWriter writer);

    static ColumnValues flags(long columnHash) {
        List<List<String>> spellings =
                List.of(List.of("Y"), List.of("Y", "N"), List.of("1"), List.of("1", "0"), List.of("Y", "U"));
        return skewedStrings(spellings.get(SplitMix.uniform(columnHash, spellings.size())));
    }

    static ColumnValues codes(long columnHash) {
        int count = 3 + SplitMix.skewed(columnHash, 60);
        boolean numeric = (columnHash & 1L << 40) != 0;
        return skewedStrings(count, number -> numeric ? "%02d".formatted(number + 1) : letters(number));
    }

    static ColumnValues bands(long columnHash) {
        int count = 6 + SplitMix.uniform(columnHash, 14);
        int step = 5_000 * (1 + SplitMix.uniform(columnHash >>> 31, 5));
        return skewedStrings(count, number -> "$%d-$%d".formatted(number * step, (number + 1) * step - 1));
    }

    static ColumnValues places(long columnHash) {
        int offset = SplitMix.uniform(columnHash, 60_000);
        int count = 300 + SplitMix.uniform(columnHash >>> 31, 3_000);
        return skewedStrings(count, number -> "%05d".formatted((offset + number * 13) % 100_000));
    }

    static ColumnValues words(long columnHash) {
        int offset = SplitMix.uniform(columnHash, Words.COUNT);
        int count = Words.COUNT >>> SplitMix.uniform(columnHash >>> 31, 5);
        return (bits, writer) ->
                writer.write(Words.ALL[(offset + SplitMix.uniform(bits, count)) % Words.COUNT], REPETITION, DEFINITION);
    }

    static ColumnValues integers(long columnHash) {
        int range = new int[] {6, 30, 100, 100, 1_000, 20_000}[SplitMix.uniform(columnHash, 6)];
        int lowest = (columnHash & 1L << 40) == 0 ? 0 : -range / 10;
        return (bits, writer) -> writer.write(lowest + SplitMix.skewed(bits, range), REPETITION, DEFINITION);
    }

    static ColumnValues longs(long columnHash) {
        int range = 100 << SplitMix.uniform(columnHash, 8);
        long step = 7_368_787L * (1 + SplitMix.uniform(columnHash >>> 31, 50));
        return (bits, writer) ->
                writer.write(4_000_000_000L + step * SplitMix.skewed(bits, range), REPETITION, DEFINITION);
    }

    static ColumnValues cents(long columnHash) {
        int range = 1_000 << SplitMix.uniform(columnHash, 5);
        return (bits, writer) -> writer.write(25 * SplitMix.skewed(bits, range) - 2_500, REPETITION, DEFINITION);
    }

    static ColumnValues longCents(long columnHash) {
        int range = 1_000 << SplitMix.uniform(columnHash, 5);
        return (bits, writer) ->
                writer.write(1_000_003L * SplitMix.skewed(bits, range) - 50_000_000_000L, REPETITION, DEFINITION);
    }

    /** Unscaled decimals of more than 18 digits, big-endian in {@code length} bytes. */
    static ColumnValues wideDecimals(long columnHash, int length) {
        BigInteger step = BigInteger.valueOf(1 + SplitMix.uniform(columnHash, 1_000))
                .multiply(BigInteger.TEN.pow(14))
                .add(BigInteger.valueOf(7_919));
        Binary[] values = binaries(512, number -> bigEndian(step.multiply(BigInteger.valueOf(number - 40L)), length));
        return (bits, writer) -> writer.write(values[SplitMix.skewed(bits, values.length)], REPETITION, DEFINITION);
    }

    static ColumnValues doubles(long columnHash) {
        int range = new int[] {101, 1_001, 1_001, 10_001, 1 << 20}[SplitMix.uniform(columnHash, 5)];
        double scale = (columnHash & 1L << 40) == 0 ? 1.0 / range : 100.0 / range;
        return (bits, writer) -> writer.write(SplitMix.uniform(bits, range) * scale, REPETITION, DEFINITION);
    }

    static ColumnValues dates(long columnHash) {
        int span = 365 * (2 + SplitMix.uniform(columnHash, 60));
        int latest = (int) LocalDate.of(2025, 9, 30).toEpochDay();
        return (bits, writer) -> writer.write(latest - SplitMix.skewed(bits, span), REPETITION, DEFINITION);
    }

    /** Whole minutes of at most ninety days, in microseconds. */
    static ColumnValues timestamps(long columnHash) {
        int minutes = 24 * 60 * (5 + SplitMix.uniform(columnHash, 85));
        long first = LocalDate.of(2025, 6, 1).toEpochDay() * 24 * 60;
        return (bits, writer) ->
                writer.write((first + SplitMix.uniform(bits, minutes)) * 60_000_000L, REPETITION, DEFINITION);
    }

    static ColumnValues booleans(long columnHash) {
        int percent = 5 + SplitMix.uniform(columnHash, 90);
        return (bits, writer) -> writer.write(SplitMix.uniform(bits, 100) < percent, REPETITION, DEFINITION);
    }

    private static ColumnValues skewedStrings(List<String> strings) {
        return skewedStrings(strings.size(), strings::get);
    }

    private static ColumnValues skewedStrings(int count, IntFunction<String> string) {
        Binary[] values = binaries(count, number -> utf8(string.apply(number)));
        return (bits, writer) -> writer.write(values[SplitMix.skewed(bits, values.length)], REPETITION, DEFINITION);
    }

    private static Binary[] binaries(int count, IntFunction<byte[]> bytes) {
        Binary[] values = new Binary[count];
        for (int number = 0; number < count; number++) {
            values[number] = Binary.fromConstantByteArray(bytes.apply(number));
        }
        return values;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String letters(int number) {
        return number < 26 ? String.valueOf((char) ('A' + number)) : letters(number / 26 - 1) + letters(number % 26);
    }

    private static byte[] bigEndian(BigInteger number, int length) {
        byte[] shortest = number.toByteArray();
        byte[] padded = new byte[length];
        Arrays.fill(padded, 0, length - shortest.length, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, padded, length - shortest.length, shortest.length);
        return padded;
    }

    /** Short strings that many columns draw from: one copy for all of them. */
    final class Words {
        static final int COUNT = 1 << 16;

        private static final String[] SYLLABLES = {
            "an", "bel", "cor", "dan", "el", "fair", "gro", "hol", "in", "jor", "ken", "lan", "mar", "nor", "ost", "por"
        };

        static final Binary[] ALL = binaries(COUNT, Words::word);

        private Words() {}

        private static byte[] word(int number) {
            StringBuilder word = new StringBuilder();
            for (int shift = 0; shift < 16; shift += 4) {
                word.append(SYLLABLES[(number >>> shift) & 15]);
            }
            // A producer's text is not all ASCII.
            return utf8(number % 997 == 0 ? word.append('é').toString() : word.toString());
        }
    }
}
