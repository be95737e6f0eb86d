package com.omc.flywheel.common.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

class FileStatisticsTest {
    private static final PrimitiveType AGE = Types.optional(INT32).named("age");

    @Test
    void countsNulls() {
        assertThat(ageOf(10, 3).nulls()).hasValue(3);
    }

    /** Such a count ended the report on every table. */
    @Test
    void believesNoMoreNullsThanRows() {
        assertThat(ageOf(10, 11).nulls()).isEmpty();
    }

    private static FileStatistics.ColumnStatistics ageOf(long rows, long nulls) {
        Statistics<?> statistics =
                Statistics.getBuilderForReading(AGE).withNumNulls(nulls).build();
        BlockMetaData rowGroup = new BlockMetaData();
        rowGroup.setRowCount(rows);
        rowGroup.addColumn(ColumnChunkMetaData.get(
                ColumnPath.get("age"), AGE, CompressionCodecName.SNAPPY, null, Set.of(), statistics, 4, 0, rows, 1, 1));
        FileMetaData schema = new FileMetaData(new MessageType("file", AGE), Map.of(), "a writer");
        return FileStatistics.of(S3Uri.parse("s3://lake/a.parquet"), new ParquetMetadata(schema, List.of(rowGroup)))
                .columns()
                .get("age");
    }
}
