package com.omc.flywheel.common.bucketing;

import static org.apache.spark.sql.functions.col;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.BucketSpec;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.BucketingUtils;
import org.apache.spark.sql.execution.datasources.DataSource;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

/**
 * Parquet files in Hive's buckets (version 1), which Athena and Trino read without being told by whom they were written:
 * one file for each bucket that has rows, in it the rows in the order of their keys, NULL first.
 *
 * <p>Spark writes them itself when a write has an internal option (SPARK-32709; {@code V1WritesUtils} of Spark 3.5);
 * {@code DataFrameWriter} takes buckets only together with a table of Spark's own catalog, which engines other than Spark
 * read as unbucketed. So this class calls what that writer calls. A misspelt option gives Spark's own buckets without
 * any error: {@link #requireOneForEachBucket} looks at the names that came out.
 */
public final class HiveBucketedFiles {
    // Trino's BackgroundHiveSplitLoader takes the number before the first underscore for the bucket.
    private static final Pattern NAME = Pattern.compile("(\\d{5})_0_.*\\.snappy\\.parquet");
    // Tasks that end early leave their core to others, and no task is too small to be worth its start.
    private static final int TASKS_PER_CORE = 3;

    private final SparkSession spark;

    public HiveBucketedFiles(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Writes all rows; none that is there already is touched.
     *
     * @param folder as Hadoop writes it
     * @param key a column of a {@link KeyType}
     * @param options of the write, for Parquet and for the committer
     */
    public void write(Dataset<Row> rows, String folder, String key, int buckets, Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(options);
        all.put("path", folder);
        all.put("compression", "snappy");
        // A bucket must not be cut into several files, whatever the session says.
        all.put("maxRecordsPerFile", "0");
        all.put(BucketingUtils.optionForHiveCompatibleBucketWrite(), "true");
        DataSource target = new DataSource(
                spark,
                "parquet",
                seq(List.of()),
                Option.empty(),
                seq(List.of()),
                Option.apply(new BucketSpec(buckets, seq(List.of(key)), seq(List.of(key)))),
                immutable(all),
                Option.empty());
        LogicalPlan plan = placed(rows, key, buckets).queryExecution().analyzed();
        Dataset.ofRows(spark, target.planForWriting(SaveMode.Append, plan));
    }

    /**
     * Fails unless every name is that of a bucket's only file.
     *
     * @param folder where they lie, for the message
     * @param names of the files that readers see
     * @throws JobFailure ENVIRONMENT: this Spark does not write what we ask it to
     */
    public static void requireOneForEachBucket(String folder, Collection<String> names, int buckets) {
        List<String> wrong = new ArrayList<>();
        TreeSet<Integer> seen = new TreeSet<>();
        for (String name : names) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                wrong.add(name + " is not named by a bucket");
                continue;
            }
            int bucket = Integer.parseInt(matcher.group(1));
            if (bucket >= buckets) {
                wrong.add("%s is of a bucket beyond the last".formatted(name));
            } else if (!seen.add(bucket)) {
                wrong.add("%s is not the only file of its bucket".formatted(name));
            }
        }
        if (!wrong.isEmpty()) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "%s should hold one file named by Hive's rule for each of %d buckets, but %s; this Spark does not write Hive's buckets: run on Spark 3.5, or let Athena make the table"
                            .formatted(folder, buckets, Names.list(wrong)));
        }
    }

    /** The rows, each bucket whole in one of as many partitions as keep the cores busy. */
    private Dataset<Row> placed(Dataset<Row> rows, String key, int buckets) {
        int tasks = tasks(buckets, spark.sparkContext().defaultParallelism());
        int[] taskOfBucket =
                IntStream.range(0, buckets).map(bucket -> bucket % tasks).toArray();
        Column bucket = HiveBucketColumn.of(col("`" + key + "`"), buckets);
        return rows.repartition(tasks, ExactPlacement.column(bucket, taskOfBucket, tasks));
    }

    static int tasks(int buckets, int cores) {
        return Math.min(buckets, TASKS_PER_CORE * cores);
    }

    private static Seq<String> seq(List<String> values) {
        return JavaConverters.asScalaBuffer(values).toSeq();
    }

    private static scala.collection.immutable.Map<String, String> immutable(Map<String, String> values) {
        scala.collection.immutable.Map<String, String> all = Map$.MODULE$.empty();
        for (Map.Entry<String, String> value : values.entrySet()) {
            all = all.updated(value.getKey(), value.getValue());
        }
        return all;
    }
}
