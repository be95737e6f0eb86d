package com.omc.flywheel.common.job;

import org.apache.spark.sql.SparkSession;

/** Starts Spark when it is first asked for, and stops what it started. */
final class SparkStart implements AutoCloseable {
    private final SparkSettings settings;
    private final String name;
    private SparkSession session;

    SparkStart(SparkSettings settings, String name) {
        this.settings = settings;
        this.name = name;
    }

    synchronized SparkSession session() {
        if (session == null) {
            session = SparkSession.builder().config(settings.spark(name)).getOrCreate();
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
