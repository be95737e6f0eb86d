package com.omc.flywheel.testdata;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Parquet's writer lists the encodings of a column chunk in the order of identity hash codes, which differs from one process
 * to the next. Sorting them makes equal files of equal rows.
 */
final class FooterOrder {
    /** The four bytes of the footer's length and the four of the magic number. */
    private static final int TAIL_BYTES = 8;

    private FooterOrder() {}

    static void settle(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() - TAIL_BYTES);
            byte[] footer = new byte[Integer.reverseBytes(file.readInt())];
            long start = file.length() - TAIL_BYTES - footer.length;
            file.seek(start);
            file.readFully(footer);
            byte[] settled = sorted(footer);
            if (settled.length != footer.length) {
                throw new IOException("cannot rewrite the footer of %s in place, because it has %d bytes instead of %d"
                        .formatted(path, settled.length, footer.length));
            }
            file.seek(start);
            file.write(settled);
        }
    }

    private static byte[] sorted(byte[] footer) throws IOException {
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
        for (RowGroup rowGroup : metadata.getRow_groups()) {
            for (ColumnChunk chunk : rowGroup.getColumns()) {
                Collections.sort(chunk.getMeta_data().getEncodings());
            }
        }
        ByteArrayOutputStream settled = new ByteArrayOutputStream(footer.length);
        Util.writeFileMetaData(metadata, settled);
        return settled.toByteArray();
    }
}
