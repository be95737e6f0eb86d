package com.omc.flywheel.common.job;

import com.omc.flywheel.common.storage.S3Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** What Spark and S3A must be told before they start, so that a run does the same on Glue, in spark-submit and in tests. */
final class SparkSettings {
    private static final String HADOOP = "spark.hadoop.";

    private final S3Connection connection;

    SparkSettings(S3Connection connection) {
        this.connection = connection;
    }

    /** The settings of the session: those of the platform, then ours. */
    SparkConf spark(String name) {
        SparkConf conf = new SparkConf();
        conf.setIfMissing("spark.master", "local[*]");
        conf.setAppName(name);
        ours().forEach(conf::set);
        hadoopSettings().forEach((key, value) -> conf.set(HADOOP + key, value));
        return conf;
    }

    /** The Hadoop settings that the session will have, for what is read before Spark starts. */
    Configuration hadoop() {
        Configuration hadoop = new Configuration();
        for (Tuple2<String, String> setting : new SparkConf().getAll()) {
            if (setting._1().startsWith(HADOOP)) {
                hadoop.set(setting._1().substring(HADOOP.length()), setting._2());
            }
        }
        hadoopSettings().forEach(hadoop::set);
        return hadoop;
    }

    private static Map<String, String> ours() {
        Map<String, String> settings = new LinkedHashMap<>();
        // Tables that are written at the same time share the cores.
        settings.put("spark.scheduler.mode", "FAIR");
        settings.put("spark.sql.session.timeZone", "UTC");
        // Values go through as they are: no calendar change for old days, no 96-bit timestamps.
        settings.put("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        settings.put("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED");
        settings.put("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
        settings.put("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED");
        settings.put("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED");
        // A damaged or missing file is a failure, whatever the platform's default says.
        settings.put("spark.sql.files.ignoreCorruptFiles", "false");
        settings.put("spark.sql.files.ignoreMissingFiles", "false");
        // A table of 100 columns and its bucket: over Spark's default of 100 fields it gives up code generation.
        settings.put("spark.sql.codegen.maxFields", "200");
        settings.put("spark.sql.caseSensitive", "false");
        // Writes of Spark's own ask Hadoop for the committer of a path's scheme; without these two they rename.
        settings.put(
                "spark.sql.sources.commitProtocolClass", "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol");
        settings.put(
                "spark.sql.parquet.output.committer.class",
                "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter");
        // Tasks answer with records, which Kryo cannot carry.
        settings.put("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
        return settings;
    }

    private Map<String, String> hadoopSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        // A page whose bits have changed is a failure; without this it becomes other values.
        settings.put("parquet.page.verify-checksum.enabled", "true");
        // The columns of a table lie together more often than not: fewer, larger reads. 200,000 rows of 1,743 columns
        // took
        // 2,053 requests for three tables with S3A's 64 KB, and 274 with this.
        settings.put("fs.s3a.readahead.range", "1M");
        settings.put("fs.s3a.committer.name", "magic");
        settings.put("fs.s3a.committer.magic.enabled", "true");
        // A task remembers its uploads itself instead of in two objects for each file, which it would read back.
        settings.put("fs.s3a.committer.magic.track.commits.in.memory.enabled", "true");
        settings.put(
                "mapreduce.outputcommitter.factory.scheme.s3a", "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory");
        // Without a region S3A asks us-east-2 first, which times out in a VPC: "Migrating ... to AWS Glue version 5.1".
        connection.region().ifPresent(region -> settings.put("fs.s3a.endpoint.region", region));
        connection.endpoint().ifPresent(endpoint -> {
            settings.put("fs.s3a.endpoint", endpoint.toString());
            settings.put("fs.s3a.path.style.access", "true");
            settings.put("fs.s3a.connection.ssl.enabled", String.valueOf("https".equals(endpoint.getScheme())));
        });
        connection.kmsKeyId().ifPresent(keyId -> {
            settings.put("fs.s3a.encryption.algorithm", "SSE-KMS");
            settings.put("fs.s3a.encryption.key", keyId);
        });
        return settings;
    }
}
