package com.omc.flywheel.common.split;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.omc.flywheel.common.bucketing.ExactPlacement;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.sizing.FilePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The snapshot's rows as Spark reads them: always a few columns, never all of them. */
final class SourceRows {
    // Names that no column of a table can have: ColumnName knows no hyphen.
    private static final String BUCKET = "bucket-of-row";
    private static final String ROWS_OF_KEY = "rows-of-key";

    private final SparkSession spark;
    private final SplitPlan plan;
    private final Map<String, StructField> fields = new HashMap<>();

    SourceRows(SparkSession spark, SplitPlan plan) {
        this.spark = spark;
        this.plan = plan;
        StructType schema = new ParquetToSparkSchemaConverter(
                        spark.sessionState().conf())
                .convert(plan.source().schema());
        for (StructField field : schema.fields()) {
            fields.put(field.name(), field);
        }
    }

    /** Reads the key column once: the rows of each bucket, the missing keys and the repeated ones. */
    KeyStatistics keyStatistics() {
        Column key = col(plan.key().name().value());
        Column rowsOfKey = quoted(ROWS_OF_KEY);
        List<Row> buckets = read(List.of(plan.key()))
                .groupBy(key)
                .agg(count(lit(1)).as(ROWS_OF_KEY))
                .groupBy(plan.placement().numbering().column(key, plan.buckets()))
                .agg(
                        sum(rowsOfKey),
                        sum(when(key.isNull(), rowsOfKey).otherwise(0L)),
                        sum(when(key.isNotNull(), rowsOfKey.minus(1L)).otherwise(0L)))
                .collectAsList();
        List<Long> rowsPerBucket = new ArrayList<>(Collections.nCopies(plan.buckets(), 0L));
        long missing = 0;
        long repeated = 0;
        for (Row bucket : buckets) {
            rowsPerBucket.set(bucket.getInt(0), bucket.getLong(1));
            missing += bucket.getLong(2);
            repeated += bucket.getLong(3);
        }
        return new KeyStatistics(rowsPerBucket, missing, repeated);
    }

    /** A table's rows: one partition for each file, in it bucket after bucket, in a bucket sorted by the key. */
    Dataset<Row> placed(TablePlan table, FilePlan files) {
        Column key = col(plan.key().name().value());
        Column bucket = quoted(BUCKET);
        int count = files.files().size();
        return read(table.columns())
                .withColumn(BUCKET, plan.placement().numbering().column(key, plan.buckets()))
                .repartition(count, ExactPlacement.column(bucket, files.fileOfBucket(), count))
                .sortWithinPartitions(bucket, key)
                .drop(BUCKET);
    }

    private static Column quoted(String name) {
        return col("`" + name + "`");
    }

    /** These columns under their normalised names, every one of them nullable. */
    private Dataset<Row> read(List<SourceColumn> columns) {
        StructType schema = new StructType(columns.stream()
                .map(column -> {
                    StructField field = fields.get(column.sourceName());
                    return new StructField(field.name(), field.dataType(), true, field.metadata());
                })
                .toArray(StructField[]::new));
        Column[] renamed = columns.stream()
                .map(column -> quoted(column.sourceName()).as(column.name().value()))
                .toArray(Column[]::new);
        return spark.read()
                .schema(schema)
                .parquet(plan.source().folder().uri().toHadoop())
                .select(renamed);
    }
}
