package com.omc.flywheel.common.parquet;

import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/** What is kept of one file's footer: the footer itself holds 1,743 column chunks for every row group. */
record FileFooter(MessageType schema, long rows, Map<String, Long> compressedBytes) {

    static FileFooter of(ParquetMetadata metadata) {
        long rows = 0;
        Map<String, Long> compressedBytes = new HashMap<>();
        for (BlockMetaData rowGroup : metadata.getBlocks()) {
            rows += rowGroup.getRowCount();
            for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
                compressedBytes.merge(chunk.getPath().toArray()[0], chunk.getTotalSize(), Long::sum);
            }
        }
        return new FileFooter(metadata.getFileMetaData().getSchema(), rows, compressedBytes);
    }
}
