package com.omc.flywheel.testdata;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.Types.optional;

import java.util.function.LongFunction;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** What a column of the wide table holds: a Parquet type and where its values come from. The column's name decides the kind. */
// The annotations and the functions have no state; Error Prone cannot know that.
@SuppressWarnings("ImmutableEnumChecker")
enum ColumnKind {
    FLAG(PrimitiveTypeName.BINARY, stringType(), 30, 5, ColumnValues::flags),
    CODE(PrimitiveTypeName.BINARY, stringType(), 20, 5, ColumnValues::codes),
    BAND(PrimitiveTypeName.BINARY, stringType(), 12, 4, ColumnValues::bands),
    PLACE(PrimitiveTypeName.BINARY, stringType(), 4, 2, ColumnValues::places),
    WORD(PrimitiveTypeName.BINARY, stringType(), 3, 1, ColumnValues::words),
    INTEGER(PrimitiveTypeName.INT32, null, 10, 38, ColumnValues::integers),
    LONG(PrimitiveTypeName.INT64, null, 3, 8, ColumnValues::longs),
    SMALL_DECIMAL(PrimitiveTypeName.INT32, decimalType(2, 9), 3, 2, ColumnValues::cents),
    DECIMAL(PrimitiveTypeName.INT64, decimalType(2, 15), 2, 2, ColumnValues::longCents),
    WIDE_DECIMAL(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, decimalType(4, 20), 1, 1, ColumnKind::wideDecimals),
    DOUBLE(PrimitiveTypeName.DOUBLE, null, 4, 28, ColumnValues::doubles),
    DATE(PrimitiveTypeName.INT32, dateType(), 4, 2, ColumnValues::dates),
    TIMESTAMP(PrimitiveTypeName.INT64, timestampType(true, TimeUnit.MICROS), 2, 1, ColumnValues::timestamps),
    BOOLEAN(PrimitiveTypeName.BOOLEAN, null, 2, 1, ColumnValues::booleans);

    /** The bytes that 20 decimal digits and a sign take. */
    private static final int WIDE_DECIMAL_LENGTH = 9;

    private final PrimitiveTypeName primitive;
    private final LogicalTypeAnnotation logical;
    private final int weight;
    private final int marketIndexWeight;
    private final LongFunction<ColumnValues> values;

    ColumnKind(
            PrimitiveTypeName primitive,
            LogicalTypeAnnotation logical,
            int weight,
            int marketIndexWeight,
            LongFunction<ColumnValues> values) {
        this.primitive = primitive;
        this.logical = logical;
        this.weight = weight;
        this.marketIndexWeight = marketIndexWeight;
        this.values = values;
    }

    /** The kind of a lower-case column name; {@code miacs} columns, the market indices, are mostly numbers. */
    static ColumnKind of(String column) {
        boolean marketIndex = column.startsWith("miacs");
        int total = 0;
        for (ColumnKind kind : values()) {
            total += kind.weight(marketIndex);
        }
        int draw = SplitMix.uniform(SplitMix.hash(column), total);
        for (ColumnKind kind : values()) {
            draw -= kind.weight(marketIndex);
            if (draw < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind for column " + column);
    }

    PrimitiveType type(String name) {
        var type = optional(primitive).as(logical);
        return primitive == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                ? type.length(WIDE_DECIMAL_LENGTH).named(name)
                : type.named(name);
    }

    ColumnValues values(long columnHash) {
        return values.apply(columnHash);
    }

    /** A kind of another Parquet type: what a producer makes of the column after an innocent change. */
    ColumnKind otherType() {
        return primitive == PrimitiveTypeName.BINARY ? LONG : WORD;
    }

    private int weight(boolean marketIndex) {
        return marketIndex ? marketIndexWeight : weight;
    }

    private static ColumnValues wideDecimals(long columnHash) {
        return ColumnValues.wideDecimals(columnHash, WIDE_DECIMAL_LENGTH);
    }
}
