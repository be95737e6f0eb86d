package com.omc.flywheel.common.registration;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.NoServices;
import com.omc.flywheel.common.parquet.FolderAsS3;
import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.progress.Progress;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.PublishedDataSet;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.RequestCount;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** What a registration works with, in memory; files that are read as Parquet are a folder of the machine. */
final class Workshop {
    static final RunId RUN = new RunId("20251203T031500Z-0000000a");
    static final RunId OTHER_RUN = new RunId("20251203T031500Z-0000000b");

    final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    /** A registration has no partitions, and deletes nothing. */
    final InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases("lake_db")
            .forbid(
                    "delete",
                    "createDatabase",
                    "locationsAt",
                    "partitions",
                    "createPartitions",
                    "updatePartitions",
                    "deletePartitions");

    final List<String> steps = new ArrayList<>();
    private final Path machine;
    private final Clock clock = Clock.fixed(Instant.parse("2025-12-03T03:20:00Z"), ZoneOffset.UTC);

    Workshop(Path machine) {
        this.machine = machine;
    }

    /** A context without Spark. */
    JobContext context() {
        return new JobContext(
                store,
                new FooterReader(FolderAsS3.configuration(machine)),
                catalog,
                null,
                new NoServices(),
                () -> {
                    throw new AssertionError("a registration needs no Spark");
                },
                clock,
                RUN,
                "process 1",
                new Steps(),
                new RequestCount(),
                "0.1.0");
    }

    /** Publishes tables together with real files that have these tables' columns. */
    void publishWithFiles(String root, TableEntry... tables) throws IOException {
        publish(root, Layout.CLUSTERED, tables);
        for (TableEntry table : tables) {
            writeFile(S3Uri.parse(root + table.files().get(0).key()), table.columns());
        }
    }

    /** Writes a real file of these columns and no rows in place of what was there. */
    void writeFile(S3Uri file, List<ColumnEntry> columns) throws IOException {
        MessageType schema = new MessageType(
                "table", columns.stream().map(Workshop::parquetColumn).toList());
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toHadoop());
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(path, FolderAsS3.configuration(machine)))
                .withConf(FolderAsS3.configuration(machine))
                .withType(schema)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build()
                .close();
    }

    private static Type parquetColumn(ColumnEntry column) {
        // A split keeps the spelling of the mapping; another tool need not.
        String name = column.name().equals("customer_user_id") ? "Customer_User_id" : column.name();
        return switch (column.type()) {
            case "string" -> Types.optional(BINARY).as(stringType()).named(name);
            case "int" -> Types.optional(INT32).named(name);
            case "bigint" -> Types.optional(INT64).named(name);
            case "nanoseconds" ->
                Types.optional(INT64).as(timestampType(true, TimeUnit.NANOS)).named(name);
            default -> throw new IllegalArgumentException("no test has a column of type " + column.type());
        };
    }

    PublishedDataSet dataSet(String root, Layout layout) {
        return new PublishedDataSet(store, S3Uri.parse(root), "a-split", layout, clock);
    }

    Manifest publish(String root, Layout layout, TableEntry... tables) {
        return dataSet(root, layout).publish(List.of(tables));
    }

    static RegistrationOptions options(String job, String prefix) {
        return new RegistrationOptions(
                job,
                new CatalogName("lake_db"),
                "--DATABASE",
                new TablePrefix(prefix),
                false,
                new ColumnBudget(100),
                false,
                Duration.ofMinutes(5),
                4);
    }

    static RegistrationOptions takingOver(RegistrationOptions options) {
        return new RegistrationOptions(
                options.job(),
                options.database(),
                options.databaseArgument(),
                options.prefix(),
                true,
                options.budget(),
                options.strictBudget(),
                options.timeToLive(),
                options.parallelism());
    }

    static RegistrationOptions withBudget(RegistrationOptions options, int columns, boolean strict) {
        return new RegistrationOptions(
                options.job(),
                options.database(),
                options.databaseArgument(),
                options.prefix(),
                options.takeOver(),
                new ColumnBudget(columns),
                strict,
                options.timeToLive(),
                options.parallelism());
    }

    static RegistrationOptions in(RegistrationOptions options, String database) {
        return new RegistrationOptions(
                options.job(),
                new CatalogName(database),
                options.databaseArgument(),
                options.prefix(),
                options.takeOver(),
                options.budget(),
                options.strictBudget(),
                options.timeToLive(),
                options.parallelism());
    }

    private final class Steps implements Progress {
        @Override
        public void phase(String name, int count) {}

        @Override
        public void step(String text) {
            synchronized (steps) {
                steps.add(text);
            }
        }

        @Override
        public void done() {}
    }
}
