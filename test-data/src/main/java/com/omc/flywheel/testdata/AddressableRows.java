package com.omc.flywheel.testdata;

import static com.omc.flywheel.testdata.ColumnValues.DEFINITION;
import static com.omc.flywheel.testdata.ColumnValues.REPETITION;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The addressable-id table of one snapshot: one row for each person who can be reached. Of the wide table's people one in
 * {@value #UNREACHABLE_ONE_IN} is missing, and people whom the wide table does not know yet are added, one for every
 * {@value #UNKNOWN_ONE_IN}.
 */
final class AddressableRows implements TableRows {
    private static final int UNREACHABLE_ONE_IN = 16;
    private static final int UNKNOWN_ONE_IN = 20;
    private static final Binary[] MATCH_LEVELS = {constant("I"), constant("H"), constant("A"), constant("Z")};

    private static final MessageType SCHEMA = new MessageType(
            "addressable_ids",
            List.of(
                    WideTable.keyField(WideTable.KEY),
                    text("Hashed_Email"),
                    text("Hashed_Phone"),
                    text("Mobile_Ad_Id"),
                    text("IP_ADDRESS"),
                    text("MATCH_LEVEL_CODE"),
                    Types.optional(PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                            .named("Updated_Timestamp"),
                    Types.optional(PrimitiveTypeName.BOOLEAN).named("consent_flag"),
                    Types.optional(PrimitiveTypeName.INT32).named("LOAD_BATCH_NUMBER")));

    private final Population population;
    private final long snapshotMicros;
    private final int snapshotDay;
    private final int[] positions;

    AddressableRows(Population population, LocalDate snapshot) {
        this.population = population;
        this.snapshotMicros = snapshot.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000L;
        this.snapshotDay = (int) snapshot.toEpochDay();
        this.positions = IntStream.range(0, population.size() + population.size() / UNKNOWN_ONE_IN)
                .filter(this::isReachable)
                .toArray();
    }

    @Override
    public int count() {
        return positions.length;
    }

    @Override
    public MessageType schema() {
        return SCHEMA;
    }

    @Override
    public void write(int column, int from, int to, ColumnWriter writer) {
        for (int row = from; row < to; row++) {
            long person = population.person(positions[row]);
            write(column, person, SplitMix.mix(population.hash(person) + column), writer);
        }
    }

    private void write(int column, long person, long bits, ColumnWriter writer) {
        switch (column) {
            case 0 -> write(population.key(person), writer);
            case 1 -> writeSometimes(85, bits, AddressableRows::digest, writer);
            case 2 -> writeSometimes(60, bits, AddressableRows::digest, writer);
            case 3 -> writeSometimes(45, bits, AddressableRows::deviceId, writer);
            case 4 -> writeSometimes(70, bits, AddressableRows::testAddress, writer);
            case 5 -> write(MATCH_LEVELS[SplitMix.skewed(bits, MATCH_LEVELS.length)], writer);
            case 6 ->
                writer.write(
                        snapshotMicros - SplitMix.skewed(bits, 400 * 24 * 3_600) * 1_000_000L, REPETITION, DEFINITION);
            case 7 -> writer.write(SplitMix.uniform(bits, 100) < 92, REPETITION, DEFINITION);
            case 8 -> writer.write(snapshotDay, REPETITION, DEFINITION);
            default -> throw new IllegalArgumentException("no column " + column);
        }
    }

    private boolean isReachable(int position) {
        return position >= population.size()
                || SplitMix.uniform(population.hash(population.person(position)), UNREACHABLE_ONE_IN) != 0;
    }

    private static Type text(String name) {
        return Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    private static void writeSometimes(int percent, long bits, LongFunction<String> text, ColumnWriter writer) {
        if (SplitMix.uniform(bits, 100) < percent) {
            write(Binary.fromString(text.apply(SplitMix.mix(bits))), writer);
        } else {
            writer.writeNull(0, 0);
        }
    }

    /** Writers of several files use it at a time: of the kind that {@code Binary.fromString} makes, reading moves a position. */
    private static Binary constant(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Binary value, ColumnWriter writer) {
        writer.write(value, REPETITION, DEFINITION);
    }

    /** Of the form of a SHA-256 in hexadecimal; nobody's address was hashed for it. */
    private static String digest(long bits) {
        StringBuilder digest = new StringBuilder(64);
        for (int part = 0; part < 4; part++) {
            digest.append("%016x".formatted(SplitMix.mix(bits + part)));
        }
        return digest.toString();
    }

    private static String deviceId(long bits) {
        return new UUID(bits, SplitMix.mix(bits)).toString();
    }

    /** From 198.18.0.0/15, which is set aside for tests of networks. */
    private static String testAddress(long bits) {
        return "198.%d.%d.%d".formatted(18 + SplitMix.uniform(bits, 2), SplitMix.uniform(bits >>> 8, 256), bits >>> 56);
    }
}
