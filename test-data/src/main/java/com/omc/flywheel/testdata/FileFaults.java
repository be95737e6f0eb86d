package com.omc.flywheel.testdata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/** Spoils files and folders of a snapshot that has been written; each method says where. */
final class FileFaults {
    private static final byte OVERWRITTEN = (byte) 0xFF;

    private FileFaults() {}

    static String cutOff(Path file) throws IOException {
        long length = Files.size(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length / 2);
        }
        return "%s ends after %d of %d bytes".formatted(file, length / 2, length);
    }

    /**
     * Overwrites the first data page of a column in the middle row group. Its header goes too: no reader can make anything of
     * it, whereas a few wrong bytes among the values may pass for other values.
     */
    static String overwritePage(Path file, String sourceName) throws IOException {
        long offset;
        int length;
        int rowGroup;
        try (ParquetFileReader reader = ParquetFileReader.open(
                HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false)))) {
            List<BlockMetaData> rowGroups = reader.getRowGroups();
            rowGroup = rowGroups.size() / 2;
            OffsetIndex pages = reader.readOffsetIndex(chunk(rowGroups.get(rowGroup), sourceName));
            offset = pages.getOffset(0);
            length = pages.getCompressedPageSize(0);
        }
        byte[] garbage = new byte[length];
        Arrays.fill(garbage, OVERWRITTEN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(garbage);
            while (bytes.hasRemaining()) {
                channel.write(bytes, offset + bytes.position());
            }
        }
        return "%s: %d bytes at %d, a page of column %s in row group %d"
                .formatted(file, length, offset, sourceName, rowGroup);
    }

    static String leaveTemporary(Path folder, Path file) throws IOException {
        Path attempt =
                Files.createDirectories(folder.resolve("_temporary/0/_temporary/attempt_202511010000_0001_m_000000_0"));
        Path copy = Files.copy(file, attempt.resolve(fileName(file)));
        cutOff(copy);
        return "%s has %s and no %s".formatted(folder, folder.relativize(copy), SnapshotGenerator.SUCCESS);
    }

    static String addInvalidDateFolder(Path table, Path file) throws IOException {
        Path folder = Files.createDirectory(table.resolve("snapshot_dt=2025-99-99"));
        Files.copy(file, folder.resolve(fileName(file)));
        Files.createFile(folder.resolve(SnapshotGenerator.SUCCESS));
        return "%s holds a file and %s".formatted(folder, SnapshotGenerator.SUCCESS);
    }

    static String addStrayFiles(Path folder, Path file) throws IOException {
        Path notes =
                Files.writeString(folder.resolve("notes.txt"), "Delivered again after the correction of the 3rd.\n");
        Path nested = Files.createDirectory(folder.resolve("previous"));
        Path copy = Files.copy(file, nested.resolve(fileName(file)));
        return "%s has %s and %s".formatted(folder, folder.relativize(notes), folder.relativize(copy));
    }

    private static ColumnChunkMetaData chunk(BlockMetaData rowGroup, String sourceName) {
        ColumnPath path = ColumnPath.get(sourceName);
        return rowGroup.getColumns().stream()
                .filter(chunk -> chunk.getPath().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no column " + sourceName));
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
