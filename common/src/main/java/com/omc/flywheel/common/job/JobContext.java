package com.omc.flywheel.common.job;

import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.progress.Progress;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.ObjectStore;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * The ports that a job is handed.
 *
 * @param store where data and manifests lie
 * @param footers reads Parquet footers from the same store
 * @param sparkStart starts Spark at the first call and gives the same session at every later one
 * @param clock the time, for names and manifests
 * @param runId the name of this run
 * @param progress what a person watches
 * @param jarVersion the version of the program, for manifests
 */
public record JobContext(
        ObjectStore store,
        FooterReader footers,
        Supplier<SparkSession> sparkStart,
        Clock clock,
        RunId runId,
        Progress progress,
        String jarVersion) {

    /** Spark, started by the first call: arguments, mapping and footers are checked before. */
    public SparkSession spark() {
        return sparkStart.get();
    }
}
