package com.omc.flywheel.common.parquet;

import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.columns.SourceColumns;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.Sha256;
import com.omc.flywheel.common.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
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
        MessageType schema = footers.get(0).schema();
        List<String> sourceNames =
                schema.getFields().stream().map(Type::getName).toList();

        List<String> problems = new ArrayList<>(SourceColumns.problemsOf(sourceNames));
        problems.addAll(unknownTypes(schema));
        for (int i = 1; i < footers.size(); i++) {
            problems.addAll(
                    differences(folder.dataFiles().get(i).uri(), footers.get(i).schema(), schema));
        }
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
        return new SourceTable(folder, schema, columns(schema, footers), rows, fingerprint(folder));
    }

    private List<FileFooter> readAll(List<StoredObject> files) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_A_TIME, files.size()));
        try {
            List<Future<FileFooter>> reading = files.stream()
                    .map(file -> pool.submit(() -> read(file.uri())))
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

    private FileFooter read(S3Uri file) {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.toHadoop()), hadoop))) {
            return FileFooter.of(reader.getFooter());
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

    private static List<String> unknownTypes(MessageType schema) {
        List<String> unknown = schema.getFields().stream()
                .filter(column -> ParquetColumnType.of(column).isEmpty())
                .map(column -> "%s (%s)".formatted(column.getName(), oneLine(column)))
                .toList();
        return unknown.isEmpty()
                ? List.of()
                : List.of("columns of types that the catalog does not know: " + Names.list(unknown));
    }

    /** What a file says of its columns that the first file says otherwise; order and nullability may differ. */
    private static List<String> differences(S3Uri file, MessageType schema, MessageType first) {
        Map<String, Type> expected = byLowerCaseName(first);
        Map<String, Type> found = byLowerCaseName(schema);
        List<String> problems = new ArrayList<>();

        List<String> missing = expected.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            problems.add("file %s lacks columns that other files have: %s".formatted(file.name(), Names.list(missing)));
        }
        List<String> added = found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .toList();
        if (!added.isEmpty()) {
            problems.add("file %s has columns that other files lack: %s".formatted(file.name(), Names.list(added)));
        }
        List<String> changed = expected.entrySet().stream()
                .filter(entry -> found.containsKey(entry.getKey()))
                .filter(entry ->
                        !ParquetColumnType.of(entry.getValue()).equals(ParquetColumnType.of(found.get(entry.getKey()))))
                .map(entry -> "%s is %s, elsewhere %s"
                        .formatted(entry.getKey(), typeName(found.get(entry.getKey())), typeName(entry.getValue())))
                .toList();
        if (!changed.isEmpty()) {
            problems.add("file %s has columns of another type: %s".formatted(file.name(), Names.list(changed)));
        }
        return problems;
    }

    private static Map<String, Type> byLowerCaseName(MessageType schema) {
        Map<String, Type> columns = new LinkedHashMap<>();
        for (Type column : schema.getFields()) {
            columns.put(column.getName().toLowerCase(Locale.ROOT), column);
        }
        return columns;
    }

    private static String typeName(Type column) {
        return ParquetColumnType.of(column).map(ParquetColumnType::toString).orElseGet(() -> oneLine(column));
    }

    private static String oneLine(Type column) {
        return column.toString().replaceAll("\\s+", " ");
    }

    private static SourceColumns columns(MessageType schema, List<FileFooter> footers) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (FileFooter footer : footers) {
            footer.compressedBytes()
                    .forEach((name, size) -> bytes.merge(name.toLowerCase(Locale.ROOT), size, Long::sum));
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
            text.append("%s %d %s%n".formatted(folder.uri().relativize(file.uri()), file.bytes(), file.etag()));
        }
        return Sha256.of(text.toString());
    }
}
