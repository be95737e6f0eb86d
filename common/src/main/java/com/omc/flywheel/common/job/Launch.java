package com.omc.flywheel.common.job;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.catalog.GlueTableCatalog;
import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.progress.BarProgress;
import com.omc.flywheel.common.progress.LineProgress;
import com.omc.flywheel.common.progress.Progress;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.HadoopRequests;
import com.omc.flywheel.common.storage.RequestCount;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.util.VersionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that wires a job: arguments, S3, Spark, clock and progress from the environment that it runs in. */
public final class Launch {
    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);
    /** What Spark calls this process when tasks run in it too. */
    private static final String DRIVER = "driver";

    private final Map<String, String> environment;
    private final PrintStream out;

    /**
     * A launch.
     *
     * @param environment the variables that name endpoints and regions
     * @param out where help, progress and the summary go
     */
    public Launch(Map<String, String> environment, PrintStream out) {
        this.environment = Map.copyOf(environment);
        this.out = out;
    }

    /** Runs a job; empty when only its help was asked for. */
    public <A extends Record> Optional<JobSummary> run(JobDefinition<A> job, List<String> tokens) {
        ArgumentRecord<A> record = job.argumentRecord();
        ArgumentRecord.Parsed<A> parsed = record.read(job.name(), tokens);
        if (parsed.helpAsked()) {
            out.print(record.help(job.name(), job.purpose()));
            return Optional.empty();
        }
        parsed.notes().forEach(note -> LOG.info("{}", note));
        HadoopVersion.require(VersionInfo.getVersion());

        A arguments = parsed.arguments();
        Clock clock = Clock.systemUTC();
        Instant began = clock.instant();
        RunId run = RunId.begin(clock, new SecureRandom().nextInt());
        String version = ProgramVersion.read();
        LOG.info("{} {} starting as run {}: {}", job.name(), version, run, record.describe(arguments));

        Map<String, String> reached = environmentOf(arguments);
        S3Connection connection = S3Connection.fromEnvironment(reached).withRegionOfMachine();
        if (arguments instanceof EncryptedOutput encrypted) {
            connection = connection.withKmsKeyId(encrypted.kmsKeyId());
        }
        SparkSettings settings = new SparkSettings(connection);
        Progress progress = progress(clock);
        try (S3ObjectStore store = S3ObjectStore.connect(connection);
                GlueTableCatalog catalog = GlueTableCatalog.connect(
                        ServiceEndpoint.fromEnvironment("AWS Glue", "AWS_ENDPOINT_URL_GLUE", reached));
                AwsServices services = new AwsServices(reached);
                SparkStart spark = new SparkStart(settings, job.name());
                Engines queries = new Engines(reached, clock, spark::session, catalog, store)) {
            FooterReader footers = new FooterReader(settings.hadoop());
            RequestCount requests = new RequestCount();
            JobContext context = new JobContext(
                    store,
                    footers,
                    catalog,
                    queries,
                    services,
                    spark::session,
                    clock,
                    run,
                    thisProcess(environment),
                    progress,
                    requests,
                    version);
            boolean recoverOnly = arguments instanceof DataSetArguments target
                    && target.publish().recoverOnly();
            try {
                JobSummary summary = recoverOnly
                        ? RecoverOnly.run(job.name(), (DataSetArguments) arguments, context)
                        : job.body().apply(arguments, context);
                progress.done();
                out.print(summary.render());
                LOG.info(
                        "{} ended well in {} s{}",
                        job.name(),
                        Duration.between(began, clock.instant()).toSeconds(),
                        PeakMemory.read().map(peak -> ", peak memory " + peak).orElse(""));
                return Optional.of(summary);
            } finally {
                progress.done();
                requests.told("store", store.requests());
                if (arguments instanceof DataSetArguments target && !recoverOnly) {
                    tellOfHadoop(requests, settings, target);
                }
                out.printf("%,d requests to S3%n", requests.total());
                if (catalog.requests() > 0) {
                    out.printf("%,d requests to the catalog%n", catalog.requests());
                }
            }
        }
    }

    /** A job that is told a region goes there, whatever the machine's is. */
    private Map<String, String> environmentOf(Record arguments) {
        if (!(arguments instanceof RegionArgument region) || region.awsRegion().isEmpty()) {
            return environment;
        }
        Map<String, String> told = new HashMap<>(environment);
        told.put("AWS_REGION", region.awsRegion().get());
        return told;
    }

    /** A count is no reason to fail. */
    private static void tellOfHadoop(RequestCount requests, SparkSettings settings, DataSetArguments arguments) {
        try {
            List<S3Uri> places = List.of(arguments.sourcePath(), arguments.targetPath());
            requests.told(DRIVER, HadoopRequests.sentTo(settings.hadoop(), places));
        } catch (UncheckedIOException e) {
            LOG.warn("the requests of Hadoop are not counted: {}", e.getMessage());
        }
    }

    private static String thisProcess(Map<String, String> environment) {
        String process = "process " + ProcessHandle.current().pid();
        return Optional.ofNullable(environment.get("HOSTNAME"))
                .filter(host -> !host.isBlank())
                .map(host -> process + " on " + host)
                .orElse(process);
    }

    @SuppressWarnings("SystemConsoleNull") // Right on Java 17, the only one that the build and Glue 5.1 have.
    private Progress progress(Clock clock) {
        boolean terminal = System.console() != null;
        return terminal ? new BarProgress(out, clock) : new LineProgress(clock);
    }
}
