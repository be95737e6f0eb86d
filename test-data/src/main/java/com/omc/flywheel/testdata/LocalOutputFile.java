package com.omc.flywheel.testdata;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file on the local disk. Hadoop's own local file system would leave a checksum file beside each one, and Parquet's
 * writer closes a file that it has finished but not one that it could not finish: closing this does.
 */
final class LocalOutputFile implements OutputFile, Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream stream;
    private final Path path;

    LocalOutputFile(Path path) throws IOException {
        this.path = path;
        this.stream = new BufferedOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), BUFFER_BYTES);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new CountedStream(stream);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        throw new IOException("cannot overwrite " + path + ", because generated files are written once");
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    private static final class CountedStream extends PositionOutputStream {
        private final OutputStream stream;
        private long position;

        private CountedStream(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int data) throws IOException {
            stream.write(data);
            position++;
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            stream.write(data, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
