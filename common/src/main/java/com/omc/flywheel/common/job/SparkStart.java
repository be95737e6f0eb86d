package com.omc.flywheel.common.job;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Starts Spark when it is first asked for, and stops what it started. */
final class SparkStart implements AutoCloseable {
    private final SparkSettings settings;
    private final String name;
    private final SparkConf more;
    private SparkSession session;

    SparkStart(SparkSettings settings, String name) {
        this(settings, name, new SparkConf(false));
    }

    /**
     * The same with more settings.
     *
     * @param more those that only this session has
     */
    SparkStart(SparkSettings settings, String name, SparkConf more) {
        this.settings = settings;
        this.name = name;
        this.more = more;
    }

    synchronized SparkSession session() {
        if (session == null) {
            SparkConf conf = settings.spark(name);
            for (Tuple2<String, String> setting : more.getAll()) {
                conf.set(setting._1(), setting._2());
            }
            session = SparkSession.builder().config(conf).getOrCreate();
        }
        return session;
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.stop();
            session = null;
        }
    }
}
