package com.omc.flywheel.common.parquet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * What is kept of one file's footer; the footer itself holds 1,743 column chunks for every row group.
 *
 * @param schema the columns, an object that files of equal columns share
 * @param rows the rows of all row groups
 * @param compressedBytes of each column of the schema, in its order
 */
record FileFooter(MessageType schema, long rows, List<Long> compressedBytes) {

    /** Keeps what is needed of a footer; the interner gives one object for equal schemas. */
    static FileFooter of(ParquetMetadata metadata, SchemaInterner schemas) {
        long rows = 0;
        Map<String, Long> bytes = new HashMap<>();
        for (BlockMetaData rowGroup : metadata.getBlocks()) {
            rows += rowGroup.getRowCount();
            for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
                bytes.merge(chunk.getPath().toArray()[0], chunk.getTotalSize(), Long::sum);
            }
        }
        MessageType schema = schemas.intern(metadata.getFileMetaData().getSchema());
        List<Long> inOrder = schema.getFields().stream()
                .map(Type::getName)
                .map(name -> bytes.getOrDefault(name, 0L))
                .toList();
        return new FileFooter(schema, rows, inOrder);
    }
}
