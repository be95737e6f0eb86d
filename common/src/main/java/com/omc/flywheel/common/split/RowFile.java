package com.omc.flywheel.common.split;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;

/** One Parquet file of Spark's rows, written by parquet-java with Spark's own conversion; it knows its size. */
final class RowFile implements AutoCloseable {
    private final CountingFile file;
    private final ParquetWriter<InternalRow> writer;

    /** Opens the file; the configuration holds the schema as Spark's Parquet source prepares it. */
    RowFile(Path path, Configuration hadoop, long rowGroupBytes) throws IOException {
        this.file = new CountingFile(HadoopOutputFile.fromPath(path, hadoop));
        this.writer = new Builder(file)
                .withConf(hadoop)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize(rowGroupBytes)
                .build();
    }

    void write(InternalRow row) throws IOException {
        writer.write(row);
    }

    /** Ends the file; the size is known from then on. */
    @Override
    public void close() throws IOException {
        writer.close();
    }

    long bytes() {
        return file.bytes;
    }

    private static final class Builder extends ParquetWriter.Builder<InternalRow, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<InternalRow> getWriteSupport(Configuration hadoop) {
            return new ParquetWriteSupport();
        }
    }

    /** Counts what goes into the file: a magic file that is not committed says 0 when it is asked. */
    private static final class CountingFile implements OutputFile {
        private final OutputFile file;
        private long bytes;

        CountingFile(OutputFile file) {
            this.file = file;
        }

        @Override
        public PositionOutputStream create(long blockSizeHint) throws IOException {
            return counting(file.create(blockSizeHint));
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
            return counting(file.createOrOverwrite(blockSizeHint));
        }

        @Override
        public boolean supportsBlockSize() {
            return file.supportsBlockSize();
        }

        @Override
        public long defaultBlockSize() {
            return file.defaultBlockSize();
        }

        private PositionOutputStream counting(PositionOutputStream stream) {
            return new DelegatingPositionOutputStream(stream) {
                @Override
                public long getPos() throws IOException {
                    return stream.getPos();
                }

                @Override
                public void close() throws IOException {
                    bytes = stream.getPos();
                    super.close();
                }
            };
        }
    }
}
