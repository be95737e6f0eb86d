package com.omc.flywheel.common.parquet;

import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * The type of a flat Parquet column, and what the Glue catalog calls it.
 *
 * <p>Source: the Parquet format's LogicalTypes.md, and the Hive types that Athena documents for Parquet ("Data types in
 * Amazon Athena"). What neither names (nested columns, unsigned and nanosecond types, times, UUIDs) is an error and not
 * a guess.
 *
 * @param catalogType for example {@code decimal(10,2)}
 * @param localTime whether a timestamp is a wall clock's and not an instant; the catalog does not tell them apart
 */
record ParquetColumnType(String catalogType, boolean localTime) {

    // Hive, Athena and Spark alike.
    private static final int MOST_DIGITS = 38;

    /** Empty when no table of ours may carry the type. */
    static Optional<ParquetColumnType> of(Type column) {
        if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
            return Optional.empty();
        }
        PrimitiveType type = column.asPrimitiveType();
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal.getPrecision() > MOST_DIGITS
                    ? Optional.empty()
                    : simple("decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")");
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> annotation == null ? simple("boolean") : Optional.empty();
            case FLOAT -> annotation == null ? simple("float") : Optional.empty();
            case DOUBLE -> annotation == null ? simple("double") : Optional.empty();
            case INT96 -> simple("timestamp");
            case INT32 -> ofInt32(annotation);
            case INT64 -> ofInt64(annotation);
            case BINARY -> ofBinary(annotation);
            case FIXED_LEN_BYTE_ARRAY -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return localTime ? catalogType + " without time zone" : catalogType;
    }

    private static Optional<ParquetColumnType> ofInt32(LogicalTypeAnnotation annotation) {
        if (annotation == null) {
            return simple("int");
        }
        if (annotation instanceof DateLogicalTypeAnnotation) {
            return simple("date");
        }
        if (annotation instanceof IntLogicalTypeAnnotation integer && integer.isSigned()) {
            return switch (integer.getBitWidth()) {
                case 8 -> simple("tinyint");
                case 16 -> simple("smallint");
                case 32 -> simple("int");
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Optional<ParquetColumnType> ofInt64(LogicalTypeAnnotation annotation) {
        if (annotation == null) {
            return simple("bigint");
        }
        if (annotation instanceof IntLogicalTypeAnnotation integer
                && integer.isSigned()
                && integer.getBitWidth() == 64) {
            return simple("bigint");
        }
        if (annotation instanceof TimestampLogicalTypeAnnotation timestamp && timestamp.getUnit() != TimeUnit.NANOS) {
            return Optional.of(new ParquetColumnType("timestamp", !timestamp.isAdjustedToUTC()));
        }
        return Optional.empty();
    }

    private static Optional<ParquetColumnType> ofBinary(LogicalTypeAnnotation annotation) {
        if (annotation == null) {
            return simple("binary");
        }
        boolean text = annotation instanceof StringLogicalTypeAnnotation
                || annotation instanceof EnumLogicalTypeAnnotation
                || annotation instanceof JsonLogicalTypeAnnotation;
        return text ? simple("string") : Optional.empty();
    }

    private static Optional<ParquetColumnType> simple(String catalogType) {
        return Optional.of(new ParquetColumnType(catalogType, false));
    }
}
