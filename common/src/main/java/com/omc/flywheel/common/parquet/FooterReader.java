package com.omc.flywheel.common.parquet;

import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.columns.SourceColumns;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.Sha256;
import com.omc.flywheel.common.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads the footers of a snapshot, each once and several at a time, and checks that its files agree. */
public final class FooterReader {
    private static final int AT_A_TIME = 16;

    private final Configuration hadoop;

    public FooterReader(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * Describes a snapshot.
     *
     * @throws JobFailure BAD_DATA naming every file that is not readable Parquet, every column that a file lacks or
     *     holds with another type, every illegal or colliding name and unknown type, or that there are no rows
     */
    public SourceTable describe(SnapshotFolder folder) {
        List<FileFooter> footers = readAll(folder.dataFiles());
        List<String> names =
                folder.dataFiles().stream().map(file -> file.uri().name()).toList();
        SchemaComparison comparison = new SchemaComparison(names, footers);
        List<String> problems = new ArrayList<>(comparison.problems());
        long rows = footers.stream().mapToLong(FileFooter::rows).sum();
        if (rows == 0) {
            problems.add("its %d files hold no rows".formatted(footers.size()));
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "snapshot %s cannot be read as one table; mend it at the producer:".formatted(folder.uri()),
                    problems);
        }
        MessageType schema = comparison.meant();
        return new SourceTable(folder, schema, columns(schema, footers), rows, fingerprint(folder));
    }

    /**
     * The columns of one file, in its order.
     *
     * @throws JobFailure BAD_DATA when it is not readable Parquet, and naming every illegal or colliding name and unknown
     *     type
     */
    public List<SourceColumn> columnsOf(S3Uri file) {
        List<FileFooter> footers = List.of(read(file, new SchemaInterner()));
        List<String> problems = new SchemaComparison(List.of(file.name()), footers).problems();
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "file %s cannot be read as a part of a table; write it again:".formatted(file),
                    problems);
        }
        return columns(footers.get(0).schema(), footers).all();
    }

    /**
     * What each of these files holds, in their order.
     *
     * @throws JobFailure BAD_DATA naming every file that is not readable Parquet
     */
    public List<FileContents> contents(List<StoredObject> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        List<FileFooter> footers = readAll(files);
        List<FileContents> contents = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            contents.add(FileContents.of(files.get(i).uri(), footers.get(i)));
        }
        return contents;
    }

    /**
     * What one file tells of its rows.
     *
     * @throws JobFailure BAD_DATA when it is not readable Parquet, and as the store has it when it cannot be opened
     */
    public FileStatistics statistics(S3Uri file) {
        return read(file, footer -> FileStatistics.of(file, footer));
    }

    private List<FileFooter> readAll(List<StoredObject> files) {
        SchemaInterner schemas = new SchemaInterner();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_A_TIME, files.size()));
        try {
            List<Future<FileFooter>> reading = files.stream()
                    .map(file -> pool.submit(() -> read(file.uri(), schemas)))
                    .toList();
            List<FileFooter> footers = new ArrayList<>();
            List<JobFailure> failures = new ArrayList<>();
            for (Future<FileFooter> footer : reading) {
                try {
                    footers.add(footer.get());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof JobFailure failure)) {
                        throw new IllegalStateException("reading a footer failed", e.getCause());
                    }
                    failures.add(failure);
                }
            }
            if (!failures.isEmpty()) {
                throw combined(failures, files.size());
            }
            return footers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading footers", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private FileFooter read(S3Uri file, SchemaInterner schemas) {
        return read(file, footer -> FileFooter.of(footer, schemas));
    }

    private <T> T read(S3Uri file, Function<ParquetMetadata, T> kept) {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.toHadoop()), hadoop))) {
            return kept.apply(reader.getFooter());
        } catch (IOException | RuntimeException e) {
            throw UnreadableFile.failure(file, e);
        }
    }

    private static JobFailure combined(List<JobFailure> failures, int files) {
        JobFailure first = failures.get(0);
        if (failures.size() == 1) {
            return first;
        }
        List<String> messages = failures.stream().map(JobFailure::getMessage).toList();
        JobFailure all = JobFailure.ofAll(
                first.kind(), "%d of %d files cannot be read:".formatted(failures.size(), files), messages);
        failures.forEach(all::addSuppressed);
        return all;
    }

    private static SourceColumns columns(MessageType schema, List<FileFooter> footers) {
        Map<String, Long> bytes = new HashMap<>();
        for (FileFooter footer : footers) {
            List<Type> columns = footer.schema().getFields();
            for (int i = 0; i < columns.size(); i++) {
                bytes.merge(
                        columns.get(i).getName().toLowerCase(Locale.ROOT),
                        footer.compressedBytes().get(i),
                        Long::sum);
            }
        }
        return SourceColumns.of(schema.getFields().stream()
                .map(column -> new SourceColumn(
                        ColumnName.parse(column.getName()),
                        column.getName(),
                        ParquetColumnType.of(column).orElseThrow().catalogType(),
                        bytes.get(column.getName().toLowerCase(Locale.ROOT))))
                .toList());
    }

    private static String fingerprint(SnapshotFolder folder) {
        StringBuilder text = new StringBuilder();
        for (StoredObject file : folder.dataFiles()) {
            text.append(folder.uri().relativize(file.uri()))
                    .append(' ')
                    .append(file.bytes())
                    .append(' ')
                    .append(file.etag())
                    .append('\n');
        }
        return Sha256.of(text.toString());
    }
}
