package com.omc.flywheel.testdata;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;

/**
 * Neighbouring rows of a table that make one Parquet file of row groups of {@code rowsPerGroup} rows; the last may be smaller.
 * The file is written column by column: at 1,743 columns, row by row takes twice as long, because each cell then finds its
 * column's dictionary gone from the processor's cache.
 */
record RowRange(TableRows rows, int from, int to, int rowsPerGroup) {
    private static final int PAGES_PER_ROW_GROUP = 2;

    /** One of {@code files} nearly equal ranges. */
    static RowRange ofFile(TableRows rows, int file, int files, int rowGroups) {
        int from = (int) ((long) rows.count() * file / files);
        int to = (int) ((long) rows.count() * (file + 1) / files);
        return new RowRange(rows, from, to, Math.max(1, divideRoundingUp(to - from, rowGroups)));
    }

    void writeTo(Path path) throws IOException {
        int rowsPerPage = divideRoundingUp(rowsPerGroup, PAGES_PER_ROW_GROUP);
        ParquetProperties properties = ParquetProperties.builder()
                .withPageRowCountLimit(rowsPerPage)
                // The size of a page is not looked at before all of its rows are there.
                .withMinRowCountForPageSizeCheck(rowsPerPage)
                .withMaxRowCountForPageSizeCheck(rowsPerPage)
                .build();
        CodecFactory codecs = new CodecFactory(new Configuration(false), properties.getPageSizeThreshold());
        try (LocalOutputFile output = new LocalOutputFile(path)) {
            ParquetFileWriter file = new ParquetFileWriter(
                    output,
                    rows.schema(),
                    ParquetFileWriter.Mode.CREATE,
                    Long.MAX_VALUE,
                    0,
                    properties.getColumnIndexTruncateLength(),
                    properties.getStatisticsTruncateLength(),
                    properties.getPageWriteChecksumEnabled());
            BytesInputCompressor compressor = codecs.getCompressor(CompressionCodecName.SNAPPY);
            file.start();
            for (int row = from; row < to; row += rowsPerGroup) {
                writeRowGroup(row, Math.min(to, row + rowsPerGroup), rowsPerPage, file, compressor, properties);
            }
            file.end(Map.of());
        } finally {
            codecs.release();
        }
        FooterOrder.settle(path);
    }

    // The constructor of Parquet's own page store takes the deprecated type and no other.
    @SuppressWarnings("deprecation")
    private void writeRowGroup(
            int start,
            int end,
            int rowsPerPage,
            ParquetFileWriter file,
            BytesInputCompressor compressor,
            ParquetProperties properties)
            throws IOException {
        MessageType schema = rows.schema();
        ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                (CodecFactory.BytesCompressor) compressor,
                schema,
                properties.getAllocator(),
                properties.getColumnIndexTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        ColumnWriteStore columns = properties.newColumnWriteStore(schema, pages, pages);
        for (int row = start; row < end; row += rowsPerPage) {
            writePages(row, Math.min(end, row + rowsPerPage), columns);
        }
        columns.flush();
        file.startBlock(end - start);
        pages.flushToFileWriter(file);
        file.endBlock();
        columns.close();
    }

    private void writePages(int start, int end, ColumnWriteStore columns) {
        List<ColumnDescriptor> descriptors = rows.schema().getColumns();
        for (int column = 0; column < descriptors.size(); column++) {
            rows.write(column, start, end, columns.getColumnWriter(descriptors.get(column)));
        }
        for (int row = start; row < end; row++) {
            columns.endRecord();
        }
    }

    private static int divideRoundingUp(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
