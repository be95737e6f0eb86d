package com.omc.flywheel.sequence.faults;

import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * As much of an executor as committing a task asks for: Spark's commit protocol looks up there whether it must ask the
 * driver first. Leaves a Spark that runs in this JVM alone; one task at a time, since there is one such environment.
 */
final class TaskEnvironment {
    private TaskEnvironment() {}

    static synchronized <T> T during(Supplier<T> work) {
        if (SparkEnv.get() != null) {
            return work.get();
        }
        SparkConf conf = new SparkConf(false).set("spark.hadoop.outputCommitCoordination.enabled", "false");
        SparkEnv.set(
                new SparkEnv("tests", null, null, null, null, null, null, null, null, null, null, null, null, conf));
        try {
            return work.get();
        } finally {
            SparkEnv.set(null);
        }
    }
}
