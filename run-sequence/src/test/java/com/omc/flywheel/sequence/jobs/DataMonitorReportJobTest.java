package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.IDS_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.addressableArguments;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Holder;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.jobs.addressablesplitandpart.AddressableSplitAndPartJob;
import com.omc.flywheel.jobs.createathenabucketedtables.CreateAthenaBucketedTablesJob;
import com.omc.flywheel.jobs.createpartaddressableidsertable.CreatePartAddressableIdsErTableJob;
import com.omc.flywheel.jobs.generatedatamonitorreport.GenerateDataMonitorReportJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesJob;
import com.omc.flywheel.jobs.registerparttables.RegisterPartTablesJob;
import com.omc.flywheel.jobs.registerstagedtables.RegisterStagedTablesJob;
import com.omc.flywheel.sequence.awsjson.RequestFault;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor over everything that both pipelines have made; each test breaks one thing and mends it again. */
class DataMonitorReportJobTest {
    private static final S3Uri BASE = ROOT.folder("bucketed");
    private static final S3Uri PARTS = ROOT.folder("split_part");
    private static final S3Uri WIDE_PARTS = PARTS.folder("infobase_attributes");
    private static final S3Uri IDS_PARTS = PARTS.folder("addressable_ids");
    private static final S3Uri IDENTITY = ROOT.folder("identity");
    private static final S3Uri IDS_MAPPING = ROOT.folder("mapping").file("ids.csv");
    private static final S3Uri REPORTS = ROOT.folder("data-monitor-reports");
    private static final String REPORT = "ACX_Data_Monitor_Report";
    private static final String NOVEMBER = "2025-11-01";

    @TempDir
    static Path data;

    private static Lake lake;

    private final Deque<Runnable> mend = new ArrayDeque<>();
    private static final AtomicInteger REPORTS_MADE = new AtomicInteger();

    @BeforeAll
    static void runBothPipelines() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping(
                "ibe_01,customer_user_id,Key,Customer_User_id,",
                "ibe_01,ibe1802,Home value range,IBE1802,1802",
                "ibe_02,ibe2001,Age,IBE2001,2001");
        lake.generate(GeneratorOptions.defaults().withRows(1_000).withMapping(mapping));
        lake.catalog().createDatabase(new CatalogName("lake"));
        lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments("SNAPSHOT_DT", NOVEMBER));
        lake.run(AddressableBucketJob.DEFINITION, addressableArguments("SNAPSHOT_DT", NOVEMBER));
        for (S3Uri root : List.of(WIDE_TARGET, IDS_TARGET)) {
            lake.run(RegisterStagedTablesJob.DEFINITION, Map.of("DATABASE", "lake", "S3_ROOT", root.toString()));
        }
        lake.run(
                CreateAthenaBucketedTablesJob.DEFINITION,
                Map.of(
                        "ENGINE", "spark",
                        "STAGED_DB", "lake",
                        "FINAL_DB", "lake",
                        "BUCKETED_BASE", BASE.toString(),
                        "BUCKET_COUNT", "8"));
        storeMappingOfIds();
        for (String snapshot : List.of("2025-10-01", NOVEMBER)) {
            lake.run(
                    InfobaseSplitAndPartJob.DEFINITION,
                    splitArguments("SNAPSHOT_DT", snapshot, "TARGET_PATH", WIDE_PARTS.toString(), "ID_BUCKETS", "4"));
            lake.run(
                    AddressableSplitAndPartJob.DEFINITION,
                    addressableArguments(
                            "SNAPSHOT_DT",
                            snapshot,
                            "TARGET_PATH",
                            IDS_PARTS.toString(),
                            "CSV_FILE",
                            IDS_MAPPING.toString(),
                            "ID_BUCKETS",
                            "4"));
        }
        lake.run(RegisterPartTablesJob.DEFINITION, Map.of("STAGED_DB", "lake", "SOURCE_PATH", PARTS.toString()));
        lake.run(PreparePartTablesJob.DEFINITION, Map.of("DATABASE", "lake", "REPAIR", "catalog"));
        lake.run(
                CreatePartAddressableIdsErTableJob.DEFINITION,
                Map.of("ENGINE", "spark", "DATABASE", "lake", "LOCATION", IDENTITY.toString()));
    }

    private static void storeMappingOfIds() {
        StringBuilder mapping = new StringBuilder(
                "OMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN,FUNCTION_DESCRIPTION,OPUS_COLUMN,ELEMENT_NUMBER\r\n");
        for (String column : List.of(
                "hashed_email",
                "hashed_phone",
                "mobile_ad_id",
                "ip_address",
                "match_level_code",
                "updated_timestamp",
                "consent_flag",
                "load_batch_number")) {
            mapping.append("addressable_ids,%s,x,x,1\r\n".formatted(column));
        }
        lake.store().write(IDS_MAPPING, mapping.toString().getBytes(StandardCharsets.UTF_8), "text/csv");
    }

    @AfterEach
    void mendWhatIsBroken() {
        lake.glue().faults().clear();
        mend.forEach(Runnable::run);
    }

    @AfterAll
    static void stopLake() {
        lake.close();
    }

    @Test
    void findsNothingWhereEverythingIsAsTheJobsLeftIt() throws Exception {
        Map<String, String> before = everythingButReports();

        Report report = monitor("KEY_CHECKS", "scan");

        assertThat(report.alerts()).isEmpty();
        assertThat(report.criteria())
                .containsExactlyEntriesOf(orderedMap(
                        "external tables created", "pass",
                        "bucketed tables created with proper bucketing", "pass",
                        "snapshot in the table comments", "pass",
                        "no permission errors", "only on AWS",
                        "joins on buckets", "pass",
                        "file counts fit the table sizes", "pass"));
        assertThat(report.tables()).hasSize(10);
        JsonNode table = report.table("part_ibe_01");
        assertThat(table.at("/rows/inFiles").asLong()).isEqualTo(1_000);
        assertThat(table.at("/rows/inStaged").asLong()).isEqualTo(1_000);
        assertThat(table.at("/partitions/onS3").asInt()).isEqualTo(8);
        assertThat(table.at("/keys/distinct").asLong()).isEqualTo(1_000);
        assertThat(report.table("bucketed_ibe_01").at("/buckets/withFiles").asInt())
                .isEqualTo(8);
        assertThat(report.json.at("/overlaps")).hasSize(6);
        assertThat(report.json.at("/overlaps/0/both").asLong()).isPositive();
        assertThat(report.files)
                .extracting(file -> file.substring(file.lastIndexOf('/')))
                .allMatch(name ->
                        name.matches("/ACX_Data_Monitor_Report_\\d+_\\d{8}_\\d{6}(\\.json|_Tables\\.csv|\\.html)"))
                .hasSize(3);
        assertThat(everythingButReports()).isEqualTo(before);
    }

    @Test
    void missesAPartitionOfTheCatalog() throws Exception {
        TableId id = id("part_ibe_01");
        StoredPartition gone = partition(id, NOVEMBER, "2");
        lake.catalog().deletePartitions(id, List.of(gone.values()));
        mend.push(() -> add(id, gone.values(), gone.location()));

        assertOneAlert("error", "partitions", id)
                .contains("1 of its 8 partitions are not in the catalog: snapshot_dt=2025-11-01/id_bucket=2")
                .contains("next: run prepare-part-tables --DATABASE lake --TABLE_PREFIX part_");
    }

    @Test
    void findsAPartitionThatS3DoesNotHave() throws Exception {
        TableId id = id("part_ibe_02");
        List<String> values = List.of("2024-01-01", "0");
        add(id, values, WIDE_PARTS + "IBE_02/snapshot_dt=2024-01-01/id_bucket=0/");
        mend.push(() -> lake.catalog().deletePartitions(id, List.of(values)));

        assertOneAlert("error", "partitions", id)
                .contains(
                        "1 partitions are in the catalog beside its 8, without files: snapshot_dt=2024-01-01/id_bucket=0")
                .contains("prepare-part-tables")
                .contains("--DROP_STALE true");
    }

    /** Defect D11: values are compared as what they mean. */
    @Test
    void takesAnotherSpellingOfABucketForTheSame() throws Exception {
        TableId id = id("part_ibe_01");
        StoredPartition partition = partition(id, NOVEMBER, "3");
        lake.catalog().deletePartitions(id, List.of(partition.values()));
        add(id, List.of(NOVEMBER, "03"), partition.location());
        mend.push(() -> {
            lake.catalog().deletePartitions(id, List.of(List.of(NOVEMBER, "03")));
            add(id, partition.values(), partition.location());
        });

        assertThat(monitor().alerts()).isEmpty();
    }

    @Test
    void missesABucketFile() throws Exception {
        StoredTable table = lake.table("lake.bucketed_ibe_01");
        StoredObject file = lake.store().list(S3Uri.parse(table.location())).stream()
                .filter(object -> object.uri().name().startsWith("00003"))
                .findFirst()
                .orElseThrow();
        delete(file.uri());

        assertOneAlert("error", "buckets", table.id())
                .contains("1 of its 8 files are not there: 00003_0_")
                .contains("next: run create-athena-bucketed-tables --STAGED_DB lake ")
                .contains("--BUCKET_COUNT 8 --BUCKETED_BASE " + BASE)
                .endsWith("--TABLES_FILTER ibe_01 --FORCE true");
        assertThat(monitor("FAIL_ON", "none").criteria())
                .containsEntry("bucketed tables created with proper bucketing", "fail")
                .containsEntry("joins on buckets", "fail");
    }

    @Test
    void missesAFileOfAManifest() throws Exception {
        StoredObject file = lake.store().list(WIDE_TARGET.folder("IBE_02")).get(0);
        delete(file.uri());

        assertOneAlert("error", "files", id("ext_ibe_02"))
                .contains("files are not there: IBE_02/")
                .contains("run infobase-split-and-bucket --SNAPSHOT_DT 2025-11-01 --TARGET_PATH " + WIDE_TARGET
                        + " --FORCE true");
    }

    /** What is found while a run is at work may be over when it has ended. */
    @Test
    void doesNotAccuseARunThatIsAtWork() throws Exception {
        Holder holder = new Holder(
                new RunId("20251201T031500Z-0000abcd"),
                "infobase-split-and-bucket",
                "process 1",
                Duration.ofMinutes(5));
        delete(lake.store().list(WIDE_TARGET.folder("IBE_02")).get(0).uri());

        try (HeldDataSet held =
                new DataSetPublisher(lake.store(), new DataSet(WIDE_TARGET), Clock.systemUTC()).hold(holder)) {
            held.requireHeld();
            assertOneAlert("warning", "files", id("ext_ibe_02"))
                    .contains("is being written by run 20251201T031500Z-0000abcd")
                    .contains("next: look again when that run has ended");
        }
    }

    @Test
    void readsWhatACommentSays() throws Exception {
        StoredTable table = lake.table("lake.ext_ibe_01");
        Map<String, String> parameters = new HashMap<>(table.parameters());
        parameters.put("comment", "Bucketed table");
        change(table, table.columns(), table.location(), parameters);
        mend.push(() -> change(table, table.columns(), table.location(), table.parameters()));

        assertOneAlert("error", "comment and location", table.id())
                .contains("its comment is not \"snapshot_dt=2025-11-01; run=")
                .contains("run register-staged-tables --DATABASE lake --TABLE_PREFIX ext_ --S3_ROOT " + WIDE_TARGET);
        assertThat(monitor("FAIL_ON", "none").criteria()).containsEntry("snapshot in the table comments", "fail");
    }

    @Test
    void findsTablesThatReadersAreSentElsewhereBy() throws Exception {
        for (String name : List.of("ext_ibe_01", "bucketed_ibe_01", "part_ibe_01")) {
            StoredTable table = lake.table("lake." + name);
            change(table, table.columns(), "s3://lake/elsewhere/", table.parameters());
            mend.push(() -> change(table, table.columns(), table.location(), table.parameters()));

            assertOneAlert("error", "comment and location", table.id())
                    .contains("its location ")
                    .contains("s3://lake/elsewhere/");

            mend.pop().run();
        }
    }

    @Test
    void knowsAnOldSnapshot() throws Exception {
        List<String> alerts = monitor("FAIL_ON", "none", "FRESHNESS_DAYS", "45").alerts();

        assertThat(alerts)
                .hasSize(4)
                .allMatch(alert -> alert.startsWith("error s3://lake/") && alert.contains(" freshness: "))
                .anyMatch(
                        alert -> alert.contains(
                                "snapshot 2025-11-01, which lake.bucketed_ibe_01, lake.bucketed_ibe_02, lake.ext_ibe_01, lake.ext_ibe_02 show"));
    }

    @Test
    void missesTheKeyColumn() throws Exception {
        StoredTable table = lake.table("lake.ext_ibe_02");
        mend.push(() -> change(table, table.columns(), table.location(), table.parameters()));
        change(
                table,
                table.columns().stream()
                        .filter(column -> !column.name().equals("customer_user_id"))
                        .toList(),
                table.location(),
                table.parameters());

        assertOneAlert("error", "schema contract", table.id())
                .contains("it has no column customer_user_id;")
                .contains("run register-staged-tables");
        assertThat(monitor("FAIL_ON", "none").criteria()).containsEntry("external tables created", "fail");
    }

    @Test
    void countsColumnsByItsLimit() throws Exception {
        assertThat(monitor("FAIL_ON", "none", "MAX_COLUMNS", "3").alerts())
                .hasSize(5)
                .allMatch(alert ->
                        alert.matches("warning lake\\.(part_ibe_0[12]|[a-z]+_addressable_ids) column budget: .*"));
    }

    /** The journal and the manifest are changed alike, as a defect of the writing run would. */
    @Test
    void findsOtherRowsThanTheManifestHas() throws Exception {
        for (StoredObject object : lake.store().list(WIDE_PARTS.folder("_flywheel"))) {
            String name = object.uri().name();
            if (name.equals("manifest.json") || name.equals("done.json")) {
                byte[] content = lake.store().read(object.uri()).orElseThrow();
                mend.push(() -> lake.store().write(object.uri(), content, "application/json"));
                String changed =
                        new String(content, StandardCharsets.UTF_8).replace("\"rows\" : 1000,", "\"rows\" : 1010,");
                lake.store().write(object.uri(), changed.getBytes(StandardCharsets.UTF_8), "application/json");
            }
        }

        assertThat(monitor("FAIL_ON", "none").alerts())
                .hasSize(2)
                .allMatch(alert -> alert.matches("error lake.part_ibe_0[12] rows: .*"))
                .allMatch(
                        alert -> alert.contains("its files hold 1,000 rows, the manifest of " + WIDE_PARTS + " 1,010"));
        assertThat(monitor("COUNT_TOLERANCE_PCT", "1").alerts()).isEmpty();
    }

    /** Defect B32: a role lacked permissions, and the report was of nothing. */
    @Test
    void saysWhichGrantIsMissingAndReportsTheRest() throws Exception {
        lake.glue()
                .faults()
                .onEvery(
                        "AWSGlue.GetPartitions",
                        request -> request.path("TableName").asText().equals("part_ibe_01"),
                        RequestFault.deniedByIam(
                                "glue:GetPartitions", "arn:aws:glue:us-east-1:111122223333:table/lake/part_ibe_01"));

        Report report = monitor("FAIL_ON", "none");

        assertThat(report.alerts())
                .singleElement()
                .asString()
                .startsWith(
                        "error lake.part_ibe_01 partitions: could not be checked: ACCESS_DENIED: glue:GetPartitions")
                .contains("next: grant what the refusal names");
        assertThat(report.criteria()).containsEntry("no permission errors", "fail");
        assertThat(report.tables()).hasSize(10);
    }

    /** The first tables of a family are there before the last. */
    @Test
    void doesNotMissTheCopiesThatARunIsMaking() throws Exception {
        StoredTable table = lake.table("lake.bucketed_ibe_02");
        lake.catalog().delete(table.id());
        mend.push(() -> lake.catalog()
                .create(
                        table.id(),
                        new TableDefinition(
                                table.description(),
                                table.columns(),
                                table.partitionKeys(),
                                S3Uri.parse(table.location()),
                                table.buckets(),
                                table.parameters())));

        assertThat(monitor("FAIL_ON", "none").alerts())
                .singleElement()
                .asString()
                .startsWith("error lake.bucketed_* registration: 1 external tables have no bucketed copy: ibe_02");

        Holder holder = new Holder(
                new RunId("20251201T031500Z-0000abcd"),
                "create-athena-bucketed-tables",
                "process 1",
                Duration.ofMinutes(5));
        try (HeldDataSet held = new DataSetPublisher(lake.store(), new DataSet(BASE), Clock.systemUTC()).hold(holder)) {
            held.requireHeld();
            assertThat(monitor("FAIL_ON", "none").alerts())
                    .singleElement()
                    .asString()
                    .startsWith("warning lake.bucketed_* registration: ")
                    .contains("is being written by run 20251201T031500Z-0000abcd");
        }
    }

    /** A data set that keeps one snapshot has no other to compare with. */
    @Test
    void comparesTablesOfOneSnapshotWithTheReportBefore() throws Exception {
        String series = "Series";
        Report first = monitor("REPORT_NAME", series, "OUTPUT", "json", "FAIL_ON", "none");
        JsonNode counted = first.table("ext_ibe_01");
        assertThat(counted.at("/nullRatesOf").asText()).isEqualTo(NOVEMBER);
        assertThat(counted.at("/nullRatesSince").isNull()).isTrue();
        S3Uri file = S3Uri.parse(first.files.get(0));
        String older = new String(lake.store().read(file).orElseThrow(), StandardCharsets.UTF_8)
                .replace("\"nullRatesOf\" : \"2025-11-01\"", "\"nullRatesOf\" : \"2025-10-01\"")
                .replaceAll("(\"rows\" : (\\d+),\\s+\"nulls\" : )\\d+", "$1$2");
        // Long before the next one of this name.
        lake.store()
                .write(
                        REPORTS.file(series + "_20251101_000000.json"),
                        older.getBytes(StandardCharsets.UTF_8),
                        "application/json");
        lake.store().delete(List.of(file));

        Report second = monitor("REPORT_NAME", series, "FAIL_ON", "none");

        assertThat(second.table("bucketed_ibe_02").at("/nullRatesSince").asText())
                .isEqualTo("2025-10-01");
        assertThat(second.alerts())
                .hasSize(7)
                .allMatch(
                        alert -> alert.matches(
                                "warning lake\\.(ext|bucketed|part)_[a-z0-9_]+ null rates: since snapshot 2025-10-01: .*was null in every row before.*"))
                .noneMatch(alert -> alert.contains("lake.part_ibe"));
    }

    @Test
    void tellsTheTopicBeforeItFails() throws Exception {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        try (Topic topic = new Topic(sent)) {
            assertThatThrownBy(() -> run(topic.environment(), "FRESHNESS_DAYS", "45", "SNS_TOPIC_ARN", Topic.ARN))
                    .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(FailureKind.BAD_DATA));

            assertThat(sent)
                    .singleElement()
                    .asString()
                    .contains("Action=Publish")
                    .contains("&TopicArn=" + Topic.ARN)
                    .contains(": 4 errors, 0 warnings")
                    .contains("  cause: snapshot 2025-11-01, which ")
                    .contains("  next: see that the producer ")
                    .contains("report:\ns3://lake/data-monitor-reports/");

            sent.clear();
            run(topic.environment(), "SNS_TOPIC_ARN", Topic.ARN);

            assertThat(sent).isEmpty();
        }
    }

    @Test
    void failsWhenTheTopicCannotBeTold() throws Exception {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        int before = lake.store().list(REPORTS).size();
        try (Topic topic = new Topic(sent)) {
            topic.refuse();

            assertThatThrownBy(() -> run(
                            topic.environment(), "FRESHNESS_DAYS", "45", "FAIL_ON", "none", "SNS_TOPIC_ARN", Topic.ARN))
                    .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(FailureKind.ACCESS_DENIED))
                    .hasMessageContaining("was not told of 4 errors and 0 warnings")
                    .hasMessageContaining("they are in the report: s3://lake/data-monitor-reports/");
        }
        assertThat(lake.store().list(REPORTS)).hasSize(before + 3);
    }

    /** Answers as Amazon SNS does. */
    private static final class Topic implements AutoCloseable {
        static final String ARN = "arn:aws:sns:us-east-1:111122223333:data-monitor";
        private static final String SENT =
                """
                <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                  <PublishResult><MessageId>1</MessageId></PublishResult>
                  <ResponseMetadata><RequestId>2</RequestId></ResponseMetadata>
                </PublishResponse>
                """;
        private static final String REFUSED =
                """
                <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                  <Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>because</Message></Error>
                  <RequestId>2</RequestId>
                </ErrorResponse>
                """;

        private final HttpServer server;
        private final AtomicBoolean refuses = new AtomicBoolean();

        Topic(List<String> sent) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                sent.add(URLDecoder.decode(
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8));
                byte[] answer = (refuses.get() ? REFUSED : SENT).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "text/xml");
                exchange.sendResponseHeaders(refuses.get() ? 403 : 200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
        }

        void refuse() {
            refuses.set(true);
        }

        Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>(lake.environment());
            environment.put(
                    "AWS_ENDPOINT_URL_SNS",
                    "http://localhost:%d".formatted(server.getAddress().getPort()));
            return environment;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void failsAfterItHasWrittenWhatItFound() {
        int before = lake.store().list(REPORTS).size();

        assertThatThrownBy(() -> run("FRESHNESS_DAYS", "45"))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.BAD_DATA))
                .hasMessageContaining(
                        "4 errors and 0 warnings in 10 tables; all are in the report s3://lake/data-monitor")
                .hasMessageContaining("freshness");

        assertThat(lake.store().list(REPORTS)).hasSize(before + 3);
    }

    private AbstractStringAssert<?> assertOneAlert(String severity, String check, TableId table) throws Exception {
        List<String> alerts = monitor("FAIL_ON", "none").alerts();
        assertThat(alerts).hasSize(1);
        return assertThat(alerts.get(0)).startsWith("%s %s %s: ".formatted(severity, table, check));
    }

    /** A file goes, and comes back as it was: one that is written again may have another tag. */
    private void delete(S3Uri file) throws IOException {
        Path there = lake.files(file);
        Path away = data.resolve("away-" + REPORTS_MADE.get());
        Files.move(there, away);
        mend.push(() -> {
            try {
                Files.move(away, there);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static TableId id(String table) {
        return TableId.of("lake", table);
    }

    private static StoredPartition partition(TableId id, String... values) {
        return lake.catalog().partitions(id).stream()
                .filter(partition -> partition.values().equals(List.of(values)))
                .findFirst()
                .orElseThrow();
    }

    private static void add(TableId id, List<String> values, String location) {
        assertThat(lake.catalog()
                        .createPartitions(
                                id,
                                List.of(new PartitionDefinition(
                                        values,
                                        S3Uri.parse(location),
                                        lake.catalog().find(id).orElseThrow().columns()))))
                .isEmpty();
    }

    private static void change(
            StoredTable table, List<CatalogColumn> columns, String location, Map<String, String> parameters) {
        lake.catalog()
                .update(
                        lake.catalog().find(table.id()).orElseThrow(),
                        new TableDefinition(
                                table.description(),
                                columns,
                                table.partitionKeys(),
                                S3Uri.parse(location),
                                table.buckets(),
                                parameters));
    }

    /** Every object but the reports, with the tag of its content. */
    private static Map<String, String> everythingButReports() {
        Map<String, String> contents = new HashMap<>();
        lake.store().list(ROOT).stream()
                .filter(object -> !REPORTS.contains(object.uri()))
                .forEach(object -> contents.put(object.uri().toString(), object.etag()));
        return contents;
    }

    private static Map<String, String> orderedMap(String... keysAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private record Report(JsonNode json, List<String> files) {
        List<String> alerts() {
            List<String> alerts = new ArrayList<>();
            json.at("/alerts")
                    .forEach(alert -> alerts.add("%s %s %s: %s; next: %s"
                            .formatted(
                                    alert.at("/severity").asText(),
                                    alert.at("/subject").asText(),
                                    alert.at("/check").asText(),
                                    alert.at("/cause").asText(),
                                    alert.at("/next").asText())));
            return alerts;
        }

        Map<String, String> criteria() {
            Map<String, String> criteria = new LinkedHashMap<>();
            json.at("/criteria")
                    .forEach(line -> criteria.put(
                            line.at("/line").asText(), line.at("/outcome").asText()));
            return criteria;
        }

        List<JsonNode> tables() {
            List<JsonNode> tables = new ArrayList<>();
            json.at("/tables").forEach(tables::add);
            return tables;
        }

        JsonNode table(String name) {
            return tables().stream()
                    .filter(table -> table.at("/table").asText().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Report monitor(String... namesAndValues) throws IOException {
        String summary = run(namesAndValues);
        List<String> files = summary.lines()
                .filter(line -> line.startsWith("report: "))
                .map(line -> line.substring("report: ".length()))
                .toList();
        JsonNode json = new ObjectMapper()
                .readTree(lake.store().read(S3Uri.parse(files.get(0))).orElseThrow());
        return new Report(json, files);
    }

    private String run(String... namesAndValues) {
        return run(lake.environment(), namesAndValues);
    }

    private static String run(Map<String, String> environment, String... namesAndValues) {
        // The time in their names counts seconds.
        String name = REPORT + "_" + REPORTS_MADE.incrementAndGet();
        Map<String, String> arguments = new LinkedHashMap<>(Map.of(
                "REPORT_NAME", name,
                "REPORT_BUCKET", "lake",
                "DATABASE", "lake",
                "BUCKET_COUNT", "8",
                "FRESHNESS_DAYS", "100000",
                "KEY_CHECKS", "manifest"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        JobDefinition<?> job = GenerateDataMonitorReportJob.DEFINITION;
        return Lake.run(environment, job, arguments).render();
    }
}
