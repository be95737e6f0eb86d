package com.omc.flywheel.common.job;

import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.progress.Progress;
import com.omc.flywheel.common.publish.Holder;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.query.QueryEngines;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.RequestCount;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * The ports that a job is handed.
 *
 * @param store where data and manifests lie
 * @param footers reads Parquet footers from the same store
 * @param catalog where tables are described
 * @param queries what runs statements
 * @param services what reports ask, or tell
 * @param sparkStart starts Spark at the first call and gives the same session at every later one
 * @param clock the time, for names and manifests
 * @param runId the name of this run
 * @param process where it runs, for a person who looks for it
 * @param progress what a person watches
 * @param requests what tasks tell of the requests that they sent
 * @param jarVersion the version of the program, for manifests
 */
public record JobContext(
        ObjectStore store,
        FooterReader footers,
        TableCatalog catalog,
        QueryEngines queries,
        Services services,
        Supplier<SparkSession> sparkStart,
        Clock clock,
        RunId runId,
        String process,
        Progress progress,
        RequestCount requests,
        String jarVersion) {

    /** Spark, started by the first call: arguments, mapping and footers are checked before. */
    public SparkSession spark() {
        return sparkStart.get();
    }

    /** This run, as one that asks for a data set. */
    public Holder holder(String job, Duration timeToLive) {
        return new Holder(runId, job, process, timeToLive);
    }
}
