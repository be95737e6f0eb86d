package com.omc.flywheel.common.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.bsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.enumType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParquetColumnTypeTest {
    static Stream<Arguments> known() {
        return Stream.of(
                arguments(plain(BOOLEAN), "boolean"),
                arguments(plain(FLOAT), "float"),
                arguments(plain(DOUBLE), "double"),
                arguments(plain(INT32), "int"),
                arguments(plain(INT64), "bigint"),
                arguments(plain(INT96), "timestamp"),
                arguments(plain(BINARY), "binary"),
                arguments(annotated(INT32, intType(8, true)), "tinyint"),
                arguments(annotated(INT32, intType(16, true)), "smallint"),
                arguments(annotated(INT32, intType(32, true)), "int"),
                arguments(annotated(INT64, intType(64, true)), "bigint"),
                arguments(annotated(INT32, dateType()), "date"),
                arguments(annotated(INT32, decimalType(2, 9)), "decimal(9,2)"),
                arguments(annotated(INT64, decimalType(0, 18)), "decimal(18,0)"),
                arguments(annotated(BINARY, decimalType(10, 38)), "decimal(38,10)"),
                arguments(fixed(16, decimalType(2, 38)), "decimal(38,2)"),
                arguments(annotated(INT64, timestampType(true, TimeUnit.MILLIS)), "timestamp"),
                arguments(annotated(INT64, timestampType(true, TimeUnit.MICROS)), "timestamp"),
                arguments(annotated(BINARY, stringType()), "string"),
                arguments(annotated(BINARY, enumType()), "string"),
                arguments(annotated(BINARY, jsonType()), "string"));
    }

    @ParameterizedTest
    @MethodSource("known")
    void isWhatTheCatalogCallsIt(Type column, String catalogType) {
        assertThat(ParquetColumnType.of(column)).get().satisfies(type -> {
            assertThat(type.catalogType()).isEqualTo(catalogType);
            assertThat(type.localTime()).isFalse();
            assertThat(type).hasToString(catalogType);
        });
    }

    static Stream<Type> unknown() {
        return Stream.of(
                annotated(INT32, intType(8, false)),
                annotated(INT32, intType(16, false)),
                annotated(INT32, intType(32, false)),
                annotated(INT64, intType(64, false)),
                annotated(INT32, timeType(true, TimeUnit.MILLIS)),
                annotated(INT64, timeType(true, TimeUnit.MICROS)),
                annotated(INT64, timeType(false, TimeUnit.NANOS)),
                annotated(INT64, timestampType(true, TimeUnit.NANOS)),
                annotated(INT64, timestampType(false, TimeUnit.NANOS)),
                annotated(BINARY, bsonType()),
                annotated(BINARY, decimalType(10, 39)),
                fixed(17, decimalType(2, 39)),
                fixed(16, uuidType()),
                fixed(12, null),
                Types.repeated(INT32).named("repeated"),
                Types.optionalGroup().required(INT32).named("field").named("struct"),
                Types.optionalList().requiredElement(INT32).named("list"),
                Types.optionalMap().key(INT32).requiredValue(INT32).named("map"));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void isEmptyAndNoGuessForWhatNoTableMayCarry(Type column) {
        assertThat(ParquetColumnType.of(column)).isEmpty();
    }

    @Test
    void isTheSameForRequiredAndOptionalColumns() {
        assertThat(ParquetColumnType.of(Types.required(INT32).named("a")))
                .isEqualTo(ParquetColumnType.of(plain(INT32)))
                .isPresent();
    }

    @Test
    void tellsAWallClockFromAnInstantAlthoughTheCatalogDoesNot() {
        Type wallClock = annotated(INT64, timestampType(false, TimeUnit.MICROS));
        Type instant = annotated(INT64, timestampType(true, TimeUnit.MICROS));

        assertThat(ParquetColumnType.of(wallClock)).get().satisfies(type -> {
            assertThat(type.catalogType()).isEqualTo("timestamp");
            assertThat(type).hasToString("timestamp without time zone");
        });
        assertThat(ParquetColumnType.of(wallClock)).isNotEqualTo(ParquetColumnType.of(instant));
    }

    private static Type plain(PrimitiveTypeName physical) {
        return Types.optional(physical).named("a");
    }

    private static Type annotated(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        return Types.optional(physical).as(logical).named("a");
    }

    private static Type fixed(int length, LogicalTypeAnnotation logical) {
        return Types.optional(FIXED_LEN_BYTE_ARRAY).length(length).as(logical).named("a");
    }
}
