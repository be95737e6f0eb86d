package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.HOME;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.JobCatalog;
import com.omc.flywheel.sequence.athena.QueryFailure;
import com.omc.flywheel.sequence.athena.QueryScript;
import com.omc.flywheel.sequence.deployment.JobSettings;
import com.omc.flywheel.sequence.recorded.RecordedService;
import com.omc.flywheel.testdata.Fault;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs every job by the settings that an environment has, on buckets and databases of its own, and tells what each asked
 * of the services: when it is run first, again, with another snapshot, and after a failure.
 */
final class ObservedJobs {
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "111122223333";
    private static final String WORKGROUP = "primary";
    private static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:flywheel-dev";
    private static final String OCTOBER = "2025-10-01";
    private static final String NOVEMBER = "2025-11-01";
    private static final List<String> BUCKETS =
            List.of("cluster", "parts", "bucketed", "identity", "runs", "results", "reports", "code");

    private static final Map<String, String> FOLDERS = Map.of(
            "source", "lake/opus/",
            "split_cluster", "cluster/data/",
            "split_part", "parts/data/",
            "bucketed", "bucketed/tables/",
            "identity", "identity/tables/",
            "runs", "runs/of/",
            "athena_results", "results/athena/",
            "artifacts", "code/flywheel/");
    private static final Map<String, String> NAMES = Map.of(
            "staged_database", "staged",
            "final_database", "final",
            "part_database", "flywheel_local",
            "athena_workgroup", WORKGROUP,
            "membership_id", Collaboration.MEMBERSHIP,
            "report_bucket", "reports",
            "sns_topic_arn", TOPIC);

    private final Path data;
    private final Map<String, Set<Need>> needs = new TreeMap<>();
    private final RequestNeeds requestNeeds = new RequestNeeds(
            REGION,
            ACCOUNT,
            WORKGROUP,
            List.of(
                    RecordedService.cleanRooms(Collaboration.RECORDED.resolve("cleanrooms")),
                    RecordedService.entityResolution(Collaboration.RECORDED.resolve("entityresolution"))));

    ObservedJobs(Path data) {
        this.data = data;
    }

    /** What the file of permissions is rendered with; the module of Terraform makes the same of its variables. */
    static Map<String, String> permissionValues() {
        Map<String, String> values = new TreeMap<>(NAMES);
        FOLDERS.forEach((name, folder) -> {
            values.put(name, folder);
            values.put(name + "_bucket", folder.substring(0, folder.indexOf('/')));
        });
        values.putAll(Map.of(
                "staged_prefix", "ext_",
                "bucketed_prefix", "bucketed_",
                "part_prefix", "part_",
                "id_table", "part_addressable_ids_er",
                "cleanrooms_report_prefix", "cleanrooms-reports/",
                "monitor_report_prefix", "data-monitor-reports/"));
        values.putAll(Map.of(
                "partition", "aws",
                "region", REGION,
                "account", ACCOUNT,
                "job_prefix", "etl-omc-flywheel-dev-",
                "kms_key_arn", "_NONE_",
                "source_kms_key_arn", "_NONE_",
                "topic_kms_key_arn", "_NONE_"));
        return values;
    }

    /** What the sequences are rendered with. */
    static Map<String, String> sequenceValues() {
        return Map.of(
                "job_prefix",
                "etl-omc-flywheel-dev-",
                "environment",
                "dev",
                "start_command",
                "run-sequence/run aws",
                "env_option",
                " --env dev",
                "sns_topic_arn",
                TOPIC,
                "runs_bucket",
                "runs",
                "runs_prefix",
                "of/",
                "runs_root",
                "s3://" + FOLDERS.get("runs"),
                "split_cluster_root",
                "s3://" + FOLDERS.get("split_cluster"),
                "split_part_root",
                "s3://" + FOLDERS.get("split_part"));
    }

    static Map<String, JobSettings> settings() {
        Map<String, String> values = new TreeMap<>(NAMES);
        FOLDERS.forEach((name, folder) -> values.put(name + "_root", "s3://" + folder));
        values.put("athena_results", "s3://" + FOLDERS.get("athena_results"));
        values.putAll(Map.of(
                "clustered_mapping",
                mapping("wide.csv").toString(),
                "partitioned_mapping",
                mapping("wide.csv").toString(),
                "ids_mapping",
                mapping("ids.csv").toString(),
                "kms_key_id",
                "_NONE_",
                "bucket_count",
                "8",
                "id_buckets",
                "4"));
        return JobSettings.read(HOME, values, Map.of());
    }

    /** What each job asked for, by its name. */
    Map<String, Set<Need>> run() throws IOException {
        try (Lake lake = new Lake(Files.createDirectory(data.resolve("pipelines")));
                Topic topic = new Topic();
                Observed observed = new Observed(lake.environment(), topic.endpoint())) {
            runPipelines(lake, observed);
        }
        try (Collaboration collaboration = new Collaboration(Files.createDirectory(data.resolve("collaboration")));
                Topic topic = new Topic();
                Observed observed = new Observed(collaboration.environment(), topic.endpoint())) {
            collaboration.lake().createBucket("reports");
            collaboration.registerMappedTables();
            observed.run("generate-cleanrooms-report");
            observed.run("generate-cleanrooms-report");
            // It looks for the membership itself; the recorded account has two.
            observed.fail("generate-cleanrooms-report", "MEMBERSHIP_ID", "_NONE_");
        }
        return needs;
    }

    private static void runPipelines(Lake lake, Observed observed) throws IOException {
        BUCKETS.forEach(lake::createBucket);
        NAMES.forEach((name, value) -> {
            if (name.endsWith("_database")) {
                lake.catalog().createDatabase(new CatalogName(value));
            }
        });
        Path wide = lake.mapping(
                "ibe_01,customer_user_id,Key,Customer_User_id,",
                "ibe_01,ibe1802,Home value range,IBE1802,1802",
                "ibe_02,ibe2001,Age,IBE2001,2001",
                "ibe_02,ibe3001,x,IBE3001,3001",
                "ibe_02,ibe4001,x,IBE4001,4001");
        lake.store().write(mapping("wide.csv"), Files.readAllBytes(wide), "text/csv");
        lake.store()
                .write(
                        mapping("ids.csv"),
                        Files.readAllBytes(
                                HOME.resolve("test-data/mapping/omc_flywheel_addressable_ids_table_split_part.csv")),
                        "text/csv");
        GeneratorOptions snapshots = GeneratorOptions.defaults().withRows(200).withMapping(wide);
        lake.generate(snapshots);

        observed.run("resolve-snapshot", "EXECUTION", "nightly-1");
        observed.run("resolve-snapshot", "EXECUTION", "nightly-1");
        runBucketed(lake, observed);
        runPartitioned(lake, observed);
        observed.run("generate-data-monitor-report", "FRESHNESS_DAYS", "45", "FAIL_ON", "none");

        lake.generate(snapshots.withFaults(Fault.CORRUPT_PAGE));
        for (String split : List.of("infobase-split-and-bucket", "infobase-split-and-part")) {
            observed.fail(split, "SNAPSHOT_DT", NOVEMBER, "FORCE", "true");
            observed.run(split, "RECOVER_ONLY", "true");
        }
    }

    private static void runBucketed(Lake lake, Observed observed) {
        for (String force : List.of("false", "true")) {
            observed.run("infobase-split-and-bucket", "SNAPSHOT_DT", NOVEMBER, "FORCE", force);
            observed.run("addressable-bucket", "SNAPSHOT_DT", NOVEMBER, "FORCE", force);
            observed.run("register-staged-tables");
            observed.run("register-staged-tables", "S3_ROOT", "s3://cluster/data/addressable_ids/");
        }
        failByAthena(lake, observed, "create-athena-bucketed-tables");
        for (String force : List.of("false", "true")) {
            observed.run("create-athena-bucketed-tables", "ENGINE", "spark", "FORCE", force, "KEEP_VERSIONS", "1");
        }
    }

    private static void runPartitioned(Lake lake, Observed observed) {
        lake.athena().whenever(sql -> sql.startsWith("MSCK"), QueryScript.succeeding());
        for (String snapshot : List.of(OCTOBER, NOVEMBER)) {
            split(observed, snapshot, "false");
        }
        observed.run("prepare-part-tables");
        failByAthena(lake, observed, "create-part-addressable-ids-er-table");
        for (String force : List.of("false", "true")) {
            observed.run(
                    "create-part-addressable-ids-er-table", "ENGINE", "spark", "FORCE", force, "KEEP_VERSIONS", "1");
        }
        split(observed, NOVEMBER, "true");
        observed.run("prepare-part-tables", "RETAIN_SNAPSHOTS", "1", "RETAIN_DRY_RUN", "false");
    }

    private static void split(Observed observed, String snapshot, String force) {
        observed.run("infobase-split-and-part", "SNAPSHOT_DT", snapshot, "FORCE", force);
        observed.run("addressable-split-and-part", "SNAPSHOT_DT", snapshot, "FORCE", force);
        for (String dataSet : List.of("infobase_attributes/", "addressable_ids/")) {
            observed.run("register-part-tables", "SNAPSHOT_DT", snapshot, "SOURCE_PATH", "s3://parts/data/" + dataSet);
        }
    }

    private static void failByAthena(Lake lake, Observed observed, String job) {
        lake.athena()
                .whenever(
                        sql -> sql.startsWith("CREATE TABLE"),
                        QueryScript.failing(new QueryFailure("HIVE_BAD_DATA: no", 2, 1006, false, "no")));
        observed.fail(job);
    }

    private static S3Uri mapping(String name) {
        return S3Uri.parse("s3://" + FOLDERS.get("artifacts")).folder("mapping").file(name);
    }

    /** Proxies before all services. */
    private final class Observed implements AutoCloseable {
        private final RecordingProxy s3;
        private final Map<String, RecordingProxy> services = new LinkedHashMap<>();
        private final Map<String, String> environment;

        Observed(Map<String, String> behind, URI topic) throws IOException {
            this.environment = new TreeMap<>(behind);
            environment.put("AWS_ENDPOINT_URL_SNS", topic.toString());
            this.s3 = new RecordingProxy(URI.create(environment.get("AWS_ENDPOINT_URL_S3")));
            environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                if (variable.getKey().startsWith("AWS_ENDPOINT_URL_")
                        && !variable.getKey().endsWith("_S3")) {
                    RecordingProxy proxy = new RecordingProxy(URI.create(variable.getValue()));
                    services.put(variable.getKey(), proxy);
                    variable.setValue(proxy.endpoint().toString());
                }
            }
        }

        void run(String job, String... namesAndValues) {
            observe(job, () -> Lake.run(environment, definition(job), arguments(job, namesAndValues)));
        }

        void fail(String job, String... namesAndValues) {
            observe(job, () -> {
                try {
                    Lake.run(environment, definition(job), arguments(job, namesAndValues));
                } catch (JobFailure expected) {
                    return;
                }
                throw new AssertionError(job + " did not fail");
            });
        }

        private void observe(String job, Runnable work) {
            int before = s3.requests().size();
            Map<String, Integer> beforeByService = new LinkedHashMap<>();
            services.forEach(
                    (name, proxy) -> beforeByService.put(name, proxy.requests().size()));
            work.run();
            Set<Need> asked = needs.computeIfAbsent(job, any -> new LinkedHashSet<>());
            add(asked, s3, before, RequestNeeds::ofS3);
            services.forEach((name, proxy) -> add(asked, proxy, beforeByService.get(name), requestNeeds::ofService));
        }

        private void add(
                Set<Need> asked,
                RecordingProxy proxy,
                int from,
                Function<RecordingProxy.Request, Set<Need>> needsOfARequest) {
            List<RecordingProxy.Request> requests = proxy.requests();
            requests.subList(from, requests.size()).forEach(request -> asked.addAll(needsOfARequest.apply(request)));
        }

        private static JobDefinition<?> definition(String name) {
            return JobCatalog.all().stream()
                    .filter(job -> job.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        private static Map<String, String> arguments(String job, String... namesAndValues) {
            Map<String, String> arguments = new TreeMap<>(settings().get(job).arguments());
            for (int i = 0; i < namesAndValues.length; i += 2) {
                arguments.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            return arguments;
        }

        @Override
        public void close() {
            s3.close();
            services.values().forEach(RecordingProxy::close);
        }
    }

    /** Answers as Amazon SNS does. */
    private static final class Topic implements AutoCloseable {
        private static final String SENT =
                """
                <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                  <PublishResult><MessageId>1</MessageId></PublishResult>
                  <ResponseMetadata><RequestId>2</RequestId></ResponseMetadata>
                </PublishResponse>
                """;

        private final HttpServer server;

        Topic() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] answer = SENT.getBytes(StandardCharsets.UTF_8);
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("Content-Type", "text/xml");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
