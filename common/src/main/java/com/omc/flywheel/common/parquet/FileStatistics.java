package com.omc.flywheel.common.parquet;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.Type;

/**
 * What one Parquet file tells of its rows without any of them being read.
 *
 * @param file where it is
 * @param rows of all its row groups
 * @param columns by their names in lower case, in the file's order
 */
public record FileStatistics(S3Uri file, long rows, Map<String, ColumnStatistics> columns) {
    public FileStatistics {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    static FileStatistics of(S3Uri file, ParquetMetadata footer) {
        long rows = 0;
        Map<String, OptionalLong> nulls = new HashMap<>();
        for (BlockMetaData rowGroup : footer.getBlocks()) {
            rows += rowGroup.getRowCount();
            for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
                nulls.merge(chunk.getPath().toArray()[0], nulls(chunk, rowGroup.getRowCount()), FileStatistics::sum);
            }
        }
        Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
        for (Type column : footer.getFileMetaData().getSchema().getFields()) {
            String type = ParquetColumnType.of(column)
                    .map(ParquetColumnType::catalogType)
                    .orElseGet(column::toString);
            columns.merge(
                    column.getName().toLowerCase(Locale.ROOT),
                    new ColumnStatistics(type, nulls(column, nulls)),
                    // Readers cannot tell two names apart that differ by case, so nobody knows what they would see.
                    (first, second) -> new ColumnStatistics(first.type(), OptionalLong.empty()));
        }
        return new FileStatistics(file, rows, columns);
    }

    private static OptionalLong nulls(Type column, Map<String, OptionalLong> ofChunks) {
        if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
            // Statistics count the values of a nested column, and these are not its rows.
            return OptionalLong.empty();
        }
        if (column.isRepetition(Type.Repetition.REQUIRED)) {
            return OptionalLong.of(0);
        }
        return ofChunks.getOrDefault(column.getName(), OptionalLong.of(0));
    }

    private static OptionalLong nulls(ColumnChunkMetaData chunk, long rows) {
        Statistics<?> statistics = chunk.getStatistics();
        // Writers leave statistics out where the least and greatest values are long: parquet-java above 4,096 bytes.
        // Of rows that are not there a writer may have counted anything.
        return statistics != null && statistics.isNumNullsSet() && statistics.getNumNulls() <= rows
                ? OptionalLong.of(statistics.getNumNulls())
                : OptionalLong.empty();
    }

    /** Unknown as soon as one of the two is. */
    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }

    /**
     * One column of one file.
     *
     * @param type as the catalog writes it; what the catalog has no name for is as Parquet writes it
     * @param nulls the rows without a value; empty where the file does not tell
     */
    public record ColumnStatistics(String type, OptionalLong nulls) {}
}
