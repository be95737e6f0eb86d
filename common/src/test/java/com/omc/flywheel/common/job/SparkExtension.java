package com.omc.flywheel.common.job;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link SparkSession}: one for all tests of the JVM, with one thread, stopped when the last has run. Tests
 * share it, so they make their own names and change none of its settings.
 */
public final class SparkExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SparkSession.class;
    }

    @Override
    public SparkSession resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SparkExtension.class))
                .getOrComputeIfAbsent(SharedSession.class, key -> new SharedSession(), SharedSession.class)
                .session;
    }

    /** Closed by JUnit with the root's store. */
    private static final class SharedSession implements AutoCloseable {
        private final SparkSession session = SparkSession.builder()
                .master("local[1]")
                .appName("tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "2")
                // Made as soon as anybody asks for a table by its name.
                .config("spark.sql.warehouse.dir", "target/spark-warehouse")
                .getOrCreate();

        @Override
        public void close() {
            session.stop();
        }
    }
}
