package com.omc.flywheel.common.job;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.query.AthenaQueryEngine;
import com.omc.flywheel.common.query.AthenaSettings;
import com.omc.flywheel.common.query.AthenaShutdownHooks;
import com.omc.flywheel.common.query.Pause;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.query.QueryEngines;
import com.omc.flywheel.common.query.SparkQueryEngine;
import com.omc.flywheel.common.storage.ObjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** The engines of one job, connected when they are asked for and closed with it. */
final class Engines implements QueryEngines, AutoCloseable {
    private final Map<String, String> environment;
    private final Clock clock;
    private final Supplier<SparkSession> spark;
    private final TableCatalog catalog;
    private final ObjectStore store;
    private final List<AthenaQueryEngine> connected = new ArrayList<>();

    Engines(
            Map<String, String> environment,
            Clock clock,
            Supplier<SparkSession> spark,
            TableCatalog catalog,
            ObjectStore store) {
        this.environment = environment;
        this.clock = clock;
        this.spark = spark;
        this.catalog = catalog;
        this.store = store;
    }

    @Override
    public synchronized QueryEngine athena(AthenaSettings settings) {
        AthenaQueryEngine engine = AthenaQueryEngine.connect(
                ServiceEndpoint.fromEnvironment("Amazon Athena", "AWS_ENDPOINT_URL_ATHENA", environment),
                settings,
                clock,
                Pause.sleeping(),
                new Random(new SecureRandom().nextLong()),
                AthenaShutdownHooks.ofRuntime());
        connected.add(engine);
        return engine;
    }

    @Override
    public QueryEngine spark() {
        return new SparkQueryEngine(spark, catalog, store);
    }

    @Override
    public synchronized void close() {
        connected.forEach(AthenaQueryEngine::close);
    }
}
