package com.omc.flywheel.common.job;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.catalog.GlueTableCatalog;
import com.omc.flywheel.common.catalog.ReadOnlyCatalog;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.entityresolution.EntityResolution;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.notice.Notices;
import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.progress.LineProgress;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.query.AthenaSettings;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.query.QueryEngines;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.ReadOnlyStore;
import com.omc.flywheel.common.storage.RequestCount;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Jobs in this process for whoever plans: they read what is there, and are refused every change, every query and Spark.
 */
public final class PlanningJobs implements AutoCloseable {
    private final S3ObjectStore store;
    private final GlueTableCatalog catalog;
    private final Configuration hadoop;
    private final Clock clock;
    private final RunId run;

    private PlanningJobs(S3ObjectStore store, GlueTableCatalog catalog, Configuration hadoop, Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.hadoop = hadoop;
        this.clock = clock;
        this.run = RunId.begin(clock, new SecureRandom().nextInt());
    }

    /** Connects to servers that let everyone in; what must have a name there has that of the environment's key. */
    public static PlanningJobs connectAnonymously(Map<String, String> environment, Clock clock) {
        S3Connection connection = S3Connection.fromEnvironment(environment);
        Configuration hadoop = new SparkSettings(connection).hadoop();
        hadoop.set("fs.s3a.access.key", environment.get("AWS_ACCESS_KEY_ID"));
        hadoop.set("fs.s3a.secret.key", environment.get("AWS_SECRET_ACCESS_KEY"));
        return new PlanningJobs(
                S3ObjectStore.connectAnonymously(connection),
                GlueTableCatalog.connectAnonymously(glue(environment)),
                hadoop,
                clock);
    }

    private static ServiceEndpoint glue(Map<String, String> environment) {
        return ServiceEndpoint.fromEnvironment("AWS Glue", "AWS_ENDPOINT_URL_GLUE", environment);
    }

    /** The store, to read. */
    public ObjectStore store() {
        return new ReadOnlyStore(store);
    }

    /** The catalog, to read. */
    public TableCatalog catalog() {
        return new ReadOnlyCatalog(catalog);
    }

    /** The time of the plan. */
    public Clock clock() {
        return clock;
    }

    /** The run that this plan would be; nothing carries its name. */
    public RunId run() {
        return run;
    }

    /**
     * Reads a job's arguments as the job does, and does nothing.
     *
     * @throws JobFailure BAD_ARGUMENT with every problem there is
     */
    public void check(JobDefinition<?> job, List<String> tokens) {
        job.argumentRecord().read(job.name(), tokens);
    }

    /**
     * Runs a job that comes to its end without changing anything, as the arguments must tell it to.
     *
     * @throws JobFailure CONFLICT when it goes to change something all the same; what the job throws
     */
    public <A extends Record> JobSummary run(JobDefinition<A> job, List<String> tokens) {
        ArgumentRecord<A> record = job.argumentRecord();
        JobContext context = new JobContext(
                store(),
                new FooterReader(hadoop),
                catalog(),
                new NoEngines(),
                new NoServices(),
                () -> {
                    throw refused("Spark");
                },
                clock,
                run,
                "a plan",
                new LineProgress(clock),
                new RequestCount(),
                ProgramVersion.read());
        return job.body().apply(record.read(job.name(), tokens).arguments(), context);
    }

    @Override
    public void close() {
        store.close();
        catalog.close();
    }

    private static JobFailure refused(String what) {
        return new JobFailure(
                FailureKind.CONFLICT,
                "a plan was about to ask for %s, and a plan only reads; report this as an error of this program"
                        .formatted(what));
    }

    /** Engines that nobody may ask. */
    private static final class NoEngines implements QueryEngines {
        @Override
        public QueryEngine athena(AthenaSettings settings) {
            throw refused("Athena");
        }

        @Override
        public QueryEngine spark() {
            throw refused("Spark");
        }
    }

    /** Services that nobody may ask. */
    private static final class NoServices implements Services {
        @Override
        public CleanRooms cleanRooms() {
            throw refused("Clean Rooms");
        }

        @Override
        public EntityResolution entityResolution() {
            throw refused("Entity Resolution");
        }

        @Override
        public Notices notices() {
            throw refused("a notification");
        }
    }
}
