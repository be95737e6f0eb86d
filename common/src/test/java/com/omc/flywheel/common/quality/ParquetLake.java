package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.parquet.FolderAsS3;
import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The bucket {@code lake} as a folder of the machine, and the Parquet files in it. */
final class ParquetLake {
    private static final S3Uri LAKE = S3Uri.parse("s3://lake/");

    private final Path machine;

    ParquetLake(Path machine) {
        this.machine = machine;
    }

    /** Settings under which Hadoop finds the bucket in the folder. */
    Configuration hadoop() {
        return FolderAsS3.configuration(machine);
    }

    /** A session of its own that finds the bucket in the folder too. */
    SparkSession session(SparkSession shared) {
        SparkSession session = shared.newSession();
        session.conf().set("fs.s3a.impl", FolderAsS3.class.getName());
        session.conf().set("fs.s3a.impl.disable.cache", "true");
        session.conf().set("flywheel.test.folder", machine.toString());
        return session;
    }

    /** Writes one file of these columns, a group for each of the consumers. */
    @SafeVarargs
    final FileSize write(String key, List<Type> columns, Consumer<Group>... rows) throws IOException {
        MessageType schema = new MessageType("row", columns);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                        HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(at(key).toHadoop()), hadoop()))
                .withConf(hadoop())
                .withType(schema)
                // The least that the writer takes, so that a few rows make several row groups.
                .withRowGroupSize(1L)
                .withMinRowCountForPageSizeCheck(1)
                .build()) {
            SimpleGroupFactory groups = new SimpleGroupFactory(schema);
            for (Consumer<Group> row : rows) {
                Group group = groups.newGroup();
                row.accept(group);
                writer.write(group);
            }
        }
        return size(key);
    }

    /** Writes rows as so many files of one folder. */
    List<FileSize> write(String folder, Dataset<Row> rows, int files) {
        rows.repartition(files).write().parquet(path(folder).toString());
        return list(folder);
    }

    FileSize damage(String key, byte[] content) throws IOException {
        Files.createDirectories(path(key).getParent());
        Files.write(path(key), content);
        return size(key);
    }

    /** The Parquet files under a folder, in the order of their names. */
    List<FileSize> list(String folder) {
        try (Stream<Path> files = Files.walk(path(folder))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .map(file -> size(path("").relativize(file).toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TableContents contents(List<FileSize> files) {
        return new ContentsReader(new FooterReader(hadoop()), 3).read(files);
    }

    S3Uri at(String key) {
        return LAKE.resolve(key);
    }

    Path path(String key) {
        return machine.resolve(LAKE.bucket()).resolve(key);
    }

    private FileSize size(String key) {
        try {
            return new FileSize(at(key), Files.size(path(key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
