package com.omc.flywheel.common.versions;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.parquet.FolderAsS3;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.query.CreateTableAs;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.query.Statement;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * An engine that writes real Parquet, a file for each of two buckets with names as Athena gives them, as many rows as the
 * source says that it has. It refuses a folder that is not empty, as Athena does, and can be told to do wrong.
 */
final class WritingEngine implements QueryEngine {
    private final Path machine;
    private final Configuration hadoop;
    private final InMemoryObjectStore store;
    private final InMemoryTableCatalog catalog;
    private final Map<String, List<String>> written = new TreeMap<>();
    private final List<CreateTableAs> statements = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** What comes out otherwise than it should. */
    Optional<String> badSource = Optional.empty();

    int rowsMissing;
    boolean withoutLastColumn;
    Optional<Integer> otherBucketCount = Optional.empty();
    Map<String, String> otherParameters = Map.of();
    Optional<String> otherName = Optional.empty();
    boolean withoutTable;
    boolean marksSuccess;
    Optional<S3Uri> otherLocation = Optional.empty();
    Optional<JobFailure> failure = Optional.empty();
    Optional<JobFailure> unprepared = Optional.empty();
    Runnable meanwhile = () -> {};

    WritingEngine(Path machine, InMemoryObjectStore store, InMemoryTableCatalog catalog) {
        this.machine = machine;
        this.hadoop = FolderAsS3.configuration(machine);
        this.store = store;
        this.catalog = catalog;
    }

    /** The statements that were begun. */
    synchronized List<CreateTableAs> statements() {
        return List.copyOf(statements);
    }

    synchronized List<String> stopped() {
        return List.copyOf(stopped);
    }

    /** How many ran at once at most. */
    int most() {
        return most.get();
    }

    /** Everything that was written to a folder by a statement that ended. */
    synchronized Optional<List<String>> writtenTo(String location) {
        return Optional.ofNullable(written.get(location));
    }

    @Override
    public void prepare(Statement statement) {
        if (unprepared.isPresent()) {
            throw unprepared.get();
        }
    }

    @Override
    public void run(Statement statement, RunId run, Consumer<String> started) {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            CreateTableAs create = (CreateTableAs) statement;
            int number;
            synchronized (this) {
                statements.add(create);
                number = statements.size();
            }
            started.accept("query-%d-of-%s".formatted(number, run));
            write(create);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public synchronized void stop(String queryId) {
        stopped.add(queryId);
    }

    private void write(CreateTableAs create) throws IOException {
        if (!store.list(create.location()).isEmpty()) {
            throw new JobFailure(FailureKind.BAD_DATA, "HIVE_PATH_ALREADY_EXISTS: " + create.location());
        }
        StoredTable source = catalog.find(create.source()).orElseThrow();
        boolean bad = badSource.filter(source.id().table().value()::equals).isPresent() || badSource.isEmpty();
        List<CatalogColumn> columns = source.columns();
        List<CatalogColumn> inFiles = withoutLastColumn && bad ? columns.subList(0, columns.size() - 1) : columns;
        int rows = Integer.parseInt(source.parameters().get(VersionsFixture.ROWS_OF_SOURCE)) - (bad ? rowsMissing : 0);
        List<String> keys = new ArrayList<>();
        keys.add(writeFile(create, "20251102_031500_00007_abcde_bucket-00000", inFiles, rows / 2));
        keys.add(writeFile(
                create,
                bad ? otherName.orElse("20251102_031500_00007_abcde_bucket-00001") : "000001_0",
                inFiles,
                rows - rows / 2));
        if (marksSuccess) {
            S3Uri mark = create.location().file("_SUCCESS");
            store.write(mark, new byte[] {'{', '}'}, "");
            keys.add(mark.toString());
        }
        meanwhile.run();
        if (bad && failure.isPresent()) {
            throw failure.get();
        }
        synchronized (this) {
            written.put(create.location().toString(), keys);
        }
        if (!withoutTable) {
            catalog.create(
                    create.table(),
                    new TableDefinition(
                            "",
                            columns.stream()
                                    .map(column -> new CatalogColumn(column.name(), column.type(), ""))
                                    .toList(),
                            List.of(),
                            otherLocation.orElse(create.location()),
                            create.buckets()
                                    .map(buckets -> new Buckets(
                                            buckets.column(),
                                            bad ? otherBucketCount.orElse(buckets.count()) : buckets.count())),
                            otherParameters));
        }
    }

    private String writeFile(CreateTableAs create, String name, List<CatalogColumn> columns, int rows)
            throws IOException {
        S3Uri file = create.location().resolve(name);
        Path onMachine = machine.resolve(file.bucket()).resolve(file.key());
        Files.createDirectories(onMachine.getParent());
        MessageType schema = new MessageType(
                "row", columns.stream().map(WritingEngine::column).toList());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toHadoop()))
                .withConf(hadoop)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withType(schema)
                .build()) {
            for (int row = 0; row < rows; row++) {
                writer.write(new SimpleGroupFactory(schema).newGroup());
            }
        }
        store.write(file, Files.readAllBytes(onMachine), "");
        return file.toString();
    }

    private static Type column(CatalogColumn column) {
        return switch (column.type()) {
            case "string" -> Types.optional(BINARY).as(stringType()).named(column.name());
            case "bigint" -> Types.optional(INT64).named(column.name());
            // As engines may write them.
            case "int", "smallint" -> Types.optional(INT32).named(column.name());
            default -> throw new IllegalArgumentException(column.type());
        };
    }
}
