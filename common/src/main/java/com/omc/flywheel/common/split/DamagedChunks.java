package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Finds, after a table failed, the files and columns whose pages cannot be read: Spark's exception names neither. It
 * reads the table's columns again, as a Spark job over the files.
 */
final class DamagedChunks {
    private final SparkSession spark;
    private final SnapshotFolder folder;

    DamagedChunks(SparkSession spark, SnapshotFolder folder) {
        this.spark = spark;
        this.folder = folder;
    }

    /** The damaged column chunks, for example {@code column IBE1802 of part-00001.parquet}; empty when all can be read. */
    List<String> find(List<SourceColumn> columns) {
        List<String> files = new ArrayList<>(folder.dataFiles().stream()
                .map(StoredObject::uri)
                .map(S3Uri::toHadoop)
                .toList());
        List<String> names =
                new ArrayList<>(columns.stream().map(SourceColumn::sourceName).toList());
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(files, files.size())
                .flatMap(file -> damaged(new Path(file), names, hadoop.value()).iterator())
                .collect();
    }

    private static List<String> damaged(Path file, List<String> names, Configuration hadoop) throws IOException {
        List<String> damaged = new ArrayList<>();
        HadoopInputFile input = HadoopInputFile.fromPath(file, hadoop);
        for (String name : names) {
            try (ParquetFileReader reader = ParquetFileReader.open(input)) {
                MessageType schema = reader.getFileMetaData().getSchema();
                Type column = schema.getFields().stream()
                        .filter(field -> field.getName().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow();
                reader.setRequestedSchema(new MessageType(schema.getName(), column));
                readEveryPage(reader, schema.getColumnDescription(new String[] {column.getName()}));
            } catch (IOException | RuntimeException unreadable) {
                damaged.add("column %s of %s".formatted(name, file.getName()));
            }
        }
        return damaged;
    }

    /** Reading is the check: page headers, checksums where there are any, and decompression. */
    private static void readEveryPage(ParquetFileReader reader, ColumnDescriptor column) throws IOException {
        PageReadStore rowGroup = reader.readNextRowGroup();
        while (rowGroup != null) {
            PageReader pages = rowGroup.getPageReader(column);
            pages.readDictionaryPage();
            DataPage page = pages.readPage();
            while (page != null) {
                page = pages.readPage();
            }
            rowGroup = reader.readNextRowGroup();
        }
    }
}
