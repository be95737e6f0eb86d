package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.storage.HadoopFailures;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
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
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (Type column : schema.getFields()) {
                if (names.stream().anyMatch(name -> name.equalsIgnoreCase(column.getName()))
                        && !canBeRead(reader, new MessageType(schema.getName(), column))) {
                    damaged.add("column %s of %s".formatted(column.getName(), file.getName()));
                }
            }
        }
        return damaged;
    }

    /** Reading is the check: page headers, checksums where there are any, and decompression. */
    private static boolean canBeRead(ParquetFileReader reader, MessageType oneColumn) throws IOException {
        reader.setRequestedSchema(oneColumn);
        ColumnDescriptor column = oneColumn.getColumns().get(0);
        try {
            for (int rowGroup = 0; rowGroup < reader.getRowGroups().size(); rowGroup++) {
                PageReader pages = reader.readRowGroup(rowGroup).getPageReader(column);
                pages.readDictionaryPage();
                DataPage page = pages.readPage();
                while (page != null) {
                    page = pages.readPage();
                }
            }
            return true;
        } catch (IOException | RuntimeException unreadable) {
            if (HadoopFailures.ofStorage("reading " + column, unreadable).isPresent()) {
                throw unreadable;
            }
            return false;
        }
    }
}
