package com.omc.flywheel.common.split;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.OutputCommit;
import com.omc.flywheel.common.publish.WrittenFile;
import com.omc.flywheel.common.sizing.FilePlan;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.RequestCount;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import scala.collection.immutable.Map$;

/** Writes one table as one Spark job: a task for each file. */
final class TableWriter {
    // Parquet's own default for a row group.
    private static final long LARGEST_ROW_GROUP_BYTES = 128L << 20;
    // A file of the target size has several row groups, so that engines can read it with several workers.
    private static final int ROW_GROUPS_PER_FILE = 4;
    private static final long SMALLEST_ROW_GROUP_BYTES = 8L << 10;

    private final SparkSession spark;
    private final SplitPlan plan;
    private final SourceRows rows;
    private final DataSet target;
    private final RequestCount requests;

    TableWriter(SparkSession spark, SplitPlan plan, SourceRows rows, DataSet target, RequestCount requests) {
        this.spark = spark;
        this.plan = plan;
        this.rows = rows;
        this.target = target;
        this.requests = requests;
    }

    /**
     * Writes the files, none of which anybody sees before the commit; gives them in the order of their buckets.
     *
     * @param location where they are to lie, from the root of the data set
     */
    List<WrittenFile> write(TablePlan table, String location, FilePlan files, OutputCommit commit, int tableIndex)
            throws IOException {
        // A pool of its own makes Spark's fair scheduler share the cores between the tables.
        spark.sparkContext().setLocalProperty("spark.scheduler.pool", table.folder());
        spark.sparkContext()
                .setJobDescription("%s: write %d files"
                        .formatted(table.folder(), files.files().size()));
        Dataset<Row> placed = rows.placed(table, files);
        requireColumns(table, placed);
        WriteFileTask task = new WriteFileTask(
                commit.forTable(tableIndex, location, prepared(placed)),
                new KeyReader(plan.keyType(), plan.placement().numbering()),
                plan.placement(),
                files,
                rowGroupBytes(plan.targetFileSize()),
                List.of(plan.source().folder().uri(), target.root()));
        // Without this the tasks see Spark's default settings, which refuse to write days before 1582.
        List<WriteFileTask.Result> results = SQLExecution.withSQLConfPropagated(spark, () -> placed.queryExecution()
                .toRdd()
                .toJavaRDD()
                .<WriteFileTask.Result>mapPartitionsWithIndex(task, true)
                .collect());
        results.forEach(result -> requests.told(result.executor(), result.requests()));
        commit.add(results.stream().map(WriteFileTask.Result::task).toList());
        return results.stream()
                .flatMap(result -> result.files().stream())
                .sorted(Comparator.comparingInt(WrittenFile::firstBucket))
                .toList();
    }

    /** Spark resolves names in its own ways; a column that went missing must not go unnoticed. */
    private static void requireColumns(TablePlan table, Dataset<Row> placed) {
        List<String> planned =
                table.columns().stream().map(column -> column.name().value()).toList();
        if (!planned.equals(List.of(placed.columns()))) {
            throw new IllegalStateException("table %s was planned with the columns %s and got %s"
                    .formatted(table.folder(), planned, List.of(placed.columns())));
        }
    }

    static long rowGroupBytes(DataSize targetFileSize) {
        long wanted = targetFileSize.bytes() / ROW_GROUPS_PER_FILE;
        return Math.max(SMALLEST_ROW_GROUP_BYTES, Math.min(LARGEST_ROW_GROUP_BYTES, wanted));
    }

    /** The settings that Spark's Parquet source gives its writers: the schema, timestamps in microseconds, no rebasing. */
    private Configuration prepared(Dataset<Row> placed) throws IOException {
        Job job = Job.getInstance(spark.sessionState().newHadoopConf());
        new ParquetFileFormat().prepareWrite(spark, job, Map$.MODULE$.empty(), placed.schema());
        return job.getConfiguration();
    }
}
