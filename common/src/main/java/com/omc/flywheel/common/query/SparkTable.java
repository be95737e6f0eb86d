package com.omc.flywheel.common.query;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.util.CharVarcharUtils;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.InMemoryFileIndex;
import org.apache.spark.sql.execution.datasources.NoopCache$;
import org.apache.spark.sql.execution.datasources.PartitionPath;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

/**
 * A table of the catalog as rows: its columns and types as the catalog has them and not as some file has them, its
 * partition keys after them, its files as they are at the time of the call.
 *
 * <p>A column that a file lacks is NULL. A partition is read from its own location, wherever that is; one without files,
 * or without a folder, has no rows. Spark is not told of buckets: it has a numbering of its own, by which it would look for
 * keys in the wrong files (SPARK-19256). {@code DataFrameReader} finds partitions by the names of folders only, which is
 * why this class makes what that reader makes.
 */
final class SparkTable {
    // Hive's default of hive.exec.default.partition.name.
    private static final String NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__";

    private final SparkSession spark;
    private final TableCatalog catalog;

    SparkTable(SparkSession spark, TableCatalog catalog) {
        this.spark = spark;
        this.catalog = catalog;
    }

    /**
     * The rows of a table.
     *
     * @throws JobFailure ENVIRONMENT for a table that Spark cannot read by its definition, with every reason
     */
    Dataset<Row> rows(StoredTable table) {
        return rows(table, Optional.empty());
    }

    /**
     * The rows of a table, or of one snapshot of it; its other partitions are not looked at then.
     *
     * @param snapshot of a table with the partition key {@code snapshot_dt}
     * @throws JobFailure as above
     */
    Dataset<Row> rows(StoredTable table, Optional<SnapshotDate> snapshot) {
        List<String> problems = new ArrayList<>();
        if (!isParquet(table.format())) {
            problems.add("it is not stored as Parquet");
        }
        StructType columns = schema(table.columns(), problems);
        StructType keys = schema(table.partitionKeys(), problems);
        List<Path> roots = new ArrayList<>();
        Option<PartitionSpec> partitions = Option.empty();
        if (table.partitionKeys().isEmpty()) {
            path(table.location(), "its location", problems).ifPresent(roots::add);
        } else {
            List<PartitionPath> paths = new ArrayList<>();
            for (StoredPartition partition : partitions(table, snapshot)) {
                partition(partition, keys, problems).ifPresent(paths::add);
            }
            paths.forEach(path -> roots.add(path.path()));
            partitions = Option.apply(
                    new PartitionSpec(keys, JavaConverters.asScalaBuffer(paths).toSeq()));
        }
        refuse(table.id(), problems);

        scala.collection.immutable.Map<String, String> options = Map$.MODULE$.empty();
        if (partitions.isEmpty()) {
            // Folders named key=value under a table without partitions are folders like any other to Athena.
            options = options.updated("recursiveFileLookup", "true");
        }
        InMemoryFileIndex files = new InMemoryFileIndex(
                spark,
                JavaConverters.asScalaBuffer(roots).toSeq(),
                options,
                Option.apply(columns),
                NoopCache$.MODULE$,
                partitions,
                Option.empty());
        if (partitions.isDefined()) {
            requireFlat(table.id(), files, roots);
        }
        return spark.baseRelationToDataFrame(
                new HadoopFsRelation(files, keys, columns, Option.empty(), new ParquetFileFormat(), options, spark));
    }

    private List<StoredPartition> partitions(StoredTable table, Optional<SnapshotDate> snapshot) {
        List<StoredPartition> all = catalog.partitions(table.id());
        if (snapshot.isEmpty()) {
            return all;
        }
        int key =
                table.partitionKeys().stream().map(CatalogColumn::name).toList().indexOf(SnapshotDate.COLUMN);
        String wanted = snapshot.get().toString();
        return all.stream()
                .filter(partition -> partition.values().get(key).equals(wanted))
                .toList();
    }

    private static boolean isParquet(StorageFormat format) {
        return format.serde().equals(StorageFormat.PARQUET.serde());
    }

    private static StructType schema(List<CatalogColumn> columns, List<String> problems) {
        List<StructField> fields = new ArrayList<>();
        for (CatalogColumn column : columns) {
            type(column, problems)
                    .ifPresent(type -> fields.add(DataTypes.createStructField(column.name(), type, true)));
        }
        return DataTypes.createStructType(fields);
    }

    private static Optional<DataType> type(CatalogColumn column, List<String> problems) {
        try {
            DataType type = new CatalystSqlParser().parseDataType(column.type());
            // Spark reads char and varchar of files as the text that they hold.
            return Optional.of(CharVarcharUtils.replaceCharVarcharWithString(type));
        } catch (Exception unknown) {
            problems.add(
                    "column %s has the type %s, which Spark does not know".formatted(column.name(), column.type()));
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String location, String what, List<String> problems) {
        try {
            return Optional.of(new Path(S3Uri.parse(location).asFolder().toHadoop()));
        } catch (IllegalArgumentException e) {
            problems.add("%s is no folder of S3: %s".formatted(what, e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<PartitionPath> partition(
            StoredPartition partition, StructType keys, List<String> problems) {
        String name = "partition " + partition.values();
        if (!isParquet(partition.format())) {
            problems.add(name + " is not stored as Parquet");
        }
        Optional<Path> path = path(partition.location(), "the location of " + name, problems);
        Optional<InternalRow> values = values(partition.values(), keys, name, problems);
        return path.flatMap(found -> values.map(row -> new PartitionPath(row, found)));
    }

    private static Optional<InternalRow> values(
            List<String> texts, StructType keys, String name, List<String> problems) {
        if (texts.size() != keys.size()) {
            problems.add(name + " has another number of values than the table has partition keys");
            return Optional.empty();
        }
        Object[] values = new Object[texts.size()];
        for (int i = 0; i < values.length; i++) {
            StructField key = keys.apply(i);
            try {
                values[i] = value(texts.get(i), key.dataType());
            } catch (RuntimeException e) {
                problems.add("%s cannot be read as %s of type %s"
                        .formatted(name, key.name(), key.dataType().catalogString()));
                return Optional.empty();
            }
        }
        return Optional.of(new GenericInternalRow(values));
    }

    /** A value as Spark holds it inside. */
    private static Object value(String text, DataType type) {
        if (text.equals(NULL_PARTITION)) {
            return null;
        }
        return switch (type.typeName()) {
            case "string" -> UTF8String.fromString(text);
            case "date" -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
            case "integer" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "short" -> Short.valueOf(text);
            case "byte" -> Byte.valueOf(text);
            default -> throw new IllegalArgumentException(type.typeName());
        };
    }

    /** Spark reads the files directly in a partition's folder, Athena those in folders under it too. */
    private static void requireFlat(TableId table, InMemoryFileIndex files, List<Path> roots) {
        Set<Path> folders = new HashSet<>(roots);
        List<String> deeper = new ArrayList<>();
        for (FileStatus file : JavaConverters.seqAsJavaList(files.allFiles())) {
            if (!folders.contains(file.getPath().getParent())) {
                deeper.add(file.getPath() + " lies deeper than its partition");
            }
        }
        refuse(table, deeper);
    }

    private static void refuse(TableId table, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "Spark cannot read table %s by its definition: %s; correct the table in the catalog, or let Athena run the query"
                            .formatted(table, Names.list(problems)));
        }
    }
}
