package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.common.partitions.PartTables.DATABASE;
import static com.omc.flywheel.common.partitions.PartTables.byBucket;
import static com.omc.flywheel.common.partitions.PartTables.bySnapshot;
import static com.omc.flywheel.common.partitions.PartTables.id;
import static com.omc.flywheel.common.partitions.PartTables.parameters;
import static com.omc.flywheel.common.partitions.PartTables.table;
import static com.omc.flywheel.common.partitions.PartTables.with;
import static com.omc.flywheel.common.publish.PartitionedTarget.DATA_SET;
import static com.omc.flywheel.common.publish.PartitionedTarget.NOVEMBER;
import static com.omc.flywheel.common.publish.PartitionedTarget.OCTOBER;
import static com.omc.flywheel.common.publish.PartitionedTarget.SEPTEMBER;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.NoServices;
import com.omc.flywheel.common.partitions.ListedCatalog;
import com.omc.flywheel.common.progress.LineProgress;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.FinishedManifests;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.PartitionedTarget;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.query.AthenaSettings;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.query.QueryEngines;
import com.omc.flywheel.common.query.RepairTable;
import com.omc.flywheel.common.query.Statement;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.RequestCount;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesJob;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparePartTablesJobTest {
    private static final S3Uri PART_TARGET = Lake.ROOT.folder("split_part").folder("infobase_attributes");

    private final PartitionedTarget lake = new PartitionedTarget();
    private final ListedCatalog catalog = new ListedCatalog(DATABASE);
    private final FolderEngines engines = new FolderEngines();
    private final AtomicInteger runs = new AtomicInteger();

    /** What Athena does for a repair: registers the folders that it finds, and nothing else. */
    private final class FolderEngines implements QueryEngines, QueryEngine {
        private static final Pattern PARTITION =
                Pattern.compile("(snapshot_dt=([0-9-]+)/(?:id_bucket=(\\d+)/)?)[^/]+\\.parquet");
        private final List<AthenaSettings> asked = new ArrayList<>();
        private final List<TableId> repaired = new ArrayList<>();
        private ObjectStore store;
        private S3Uri root;

        @Override
        public QueryEngine athena(AthenaSettings settings) {
            asked.add(settings);
            return this;
        }

        @Override
        public QueryEngine spark() {
            throw new AssertionError("nobody asked for Spark");
        }

        @Override
        public synchronized void run(Statement statement, RunId run, Consumer<String> started) {
            assertThat(statement).isInstanceOf(RepairTable.class);
            started.accept("query of " + statement.table());
            repaired.add(statement.table());
            S3Uri folder = root.folder(statement
                    .table()
                    .table()
                    .value()
                    .substring("part_".length())
                    .toUpperCase(Locale.ROOT));
            for (StoredObject object : store.list(folder)) {
                Matcher matcher = PARTITION.matcher(folder.relativize(object.uri()));
                if (matcher.matches()) {
                    String[] values = matcher.group(3) == null
                            ? new String[] {matcher.group(2)}
                            : new String[] {matcher.group(2), matcher.group(3)};
                    if (!catalog.locations(statement.table()).containsKey(String.join("/", values))) {
                        catalog.put(statement.table(), folder + matcher.group(1), StorageFormat.PARQUET, values);
                    }
                }
            }
        }

        @Override
        public void stop(String queryId) {
            throw new AssertionError("nobody asked to stop " + queryId);
        }
    }

    @Test
    void followsTwoSnapshotsAndTheRunsThatWriteOneOfThemAgain(@TempDir Path data) throws Exception {
        try (Lake real = new Lake(data)) {
            Path mapping = real.mapping("IBE_01,ibe1802,x,x,1", "IBE_02,ibe2001,x,x,1");
            real.generate(GeneratorOptions.defaults().withRows(200).withMapping(mapping));
            DataSet dataSet = new DataSet(PART_TARGET);
            catalog.put(byBucket(dataSet, "IBE_01")).put(byBucket(dataSet, "IBE_02"));
            engines.store = real.store();
            engines.root = PART_TARGET;
            split(real, "2025-10-01");
            split(real, "2025-11-01");

            assertThat(athena(real.store()))
                    .startsWith("prepared tables of %s in the database %s".formatted(PART_TARGET, DATABASE))
                    .contains("snapshots: 2025-10-01, 2025-11-01")
                    .contains("run register-part-tables")
                    .doesNotContain("stale partitions", "replaced versions");
            assertThat(engines.repaired).containsExactlyInAnyOrder(id("IBE_01"), id("IBE_02"));
            assertCatalogIsWhatTheManifestsSay(real, 8);
            Manifest first = november(real);

            split(real, "2025-11-01", "FORCE", "true");
            Manifest second = november(real);
            assertThat(second.table("IBE_01").orElseThrow().location()).startsWith("IBE_01/_snapshot_2025-11-01_run_");
            assertThat(row(athena(real.store()), "part_ibe_01")).isEqualTo("part_ibe_01 8 0 4 0 0 400");
            assertCatalogIsWhatTheManifestsSay(real, 8);
            assertThat(real.store().list(PART_TARGET))
                    .extracting(StoredObject::uri)
                    .containsAll(files(first));

            split(real, "2025-11-01", "FORCE", "true");
            assertThat(athena(real.store()))
                    .contains("replaced versions deleted: IBE_01 of 2025-11-01, IBE_02 of 2025-11-01");
            assertCatalogIsWhatTheManifestsSay(real, 8);
            assertThat(real.store().list(PART_TARGET))
                    .extracting(StoredObject::uri)
                    .doesNotContainAnyElementsOf(files(first))
                    .containsAll(files(second))
                    .containsAll(files(november(real)));

            assertThat(run(real.store(), "RETAIN_SNAPSHOTS", "1")).contains("snapshots that would go: 2025-10-01");
            assertCatalogIsWhatTheManifestsSay(real, 8);
            assertThat(run(real.store(), "RETAIN_SNAPSHOTS", "1", "RETAIN_DRY_RUN", "false"))
                    .contains("snapshots deleted: 2025-10-01");
            assertCatalogIsWhatTheManifestsSay(real, 4);
            assertThat(real.store().list(PART_TARGET))
                    .extracting(object -> object.uri().key())
                    .noneMatch(key -> key.contains("2025-10-01"));
        }
    }

    private static void split(Lake real, String snapshot, String... more) {
        Map<String, String> arguments =
                splitArguments("SNAPSHOT_DT", snapshot, "TARGET_PATH", PART_TARGET.toString(), "ID_BUCKETS", "4");
        for (int i = 0; i < more.length; i += 2) {
            arguments.put(more[i], more[i + 1]);
        }
        real.run(InfobaseSplitAndPartJob.DEFINITION, arguments);
    }

    private static Manifest november(Lake real) {
        List<Manifest> finished = finished(real);
        return finished.get(finished.size() - 1);
    }

    private static List<Manifest> finished(Lake real) {
        return FinishedManifests.of(real.store(), new DataSet(PART_TARGET));
    }

    private static List<S3Uri> files(Manifest manifest) {
        return manifest.tables().stream()
                .flatMap(table -> table.files().stream())
                .map(file -> PART_TARGET.resolve(file.key()))
                .toList();
    }

    /** The folders of the files, and nothing else, are the partitions of each table. */
    private void assertCatalogIsWhatTheManifestsSay(Lake real, int partitions) {
        for (String folder : List.of("IBE_01", "IBE_02")) {
            Set<String> folders = new TreeSet<>();
            for (Manifest manifest : finished(real)) {
                TableEntry table = manifest.table(folder).orElseThrow();
                table.files()
                        .forEach(file -> folders.add(
                                PART_TARGET + file.key().substring(0, file.key().lastIndexOf('/') + 1)));
            }
            assertThat(folders).hasSize(partitions);
            assertThat(catalog.locations(id(folder)).values()).containsExactlyInAnyOrderElementsOf(folders);
        }
    }

    /** Defect D16: the repair failed on tables that nobody had described, since that step was missing. */
    @Test
    void asksForTheJobThatDescribesTablesWhereThereIsNone() {
        assertThatThrownBy(() -> run(lake.store(), "DATABASE", "another"))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.MISSING_INPUT))
                .hasMessageContaining("--DATABASE another: the catalog has no such database")
                .hasMessageContaining("run register-part-tables first");
        assertThatThrownBy(() -> run(lake.store()))
                .isInstanceOf(JobFailure.class)
                .hasMessage(
                        "MISSING_INPUT: the database %s has no table part_*; run register-part-tables first, or check --TABLE_PREFIX",
                        DATABASE);
    }

    /** Defect B11: tables of others were rewritten; here they are named, and nothing of them is asked for or changed. */
    @Test
    void leavesTablesOfOthersAlone() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        TableId foreign = id("IBE_01_ER");
        catalog.put(bySnapshot(DATA_SET, "IBE_01"))
                .put(table(foreign, List.of(), DATA_SET, Map.of()))
                .put(table(id("IBE_02"), List.of(), DATA_SET, parameters("another-job", DATA_SET, "IBE_02")));

        assertThat(run(lake.store()))
                .contains("skipped: part_ibe_01_er was not made by this program")
                .contains("skipped: part_ibe_02 is described by the job another-job");

        assertThat(catalog.locations(id("IBE_01"))).hasSize(1);
        assertThat(catalog.calls()).allMatch(call -> call.endsWith(" part_ibe_01"));
    }

    /** Defect B6: failures were counted, and the job ended well. */
    @Test
    void namesEveryTableThatFailsAndPreparesTheOthers() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01", "IBE_02", "IBE_03");
        lake.publish(NOVEMBER, 2, 0, "IBE_01", "IBE_02", "IBE_03");
        Manifest last = lake.publish(NOVEMBER, 3, 0, "IBE_01", "IBE_02", "IBE_03");
        for (String folder : List.of("IBE_01", "IBE_02", "IBE_03")) {
            catalog.put(bySnapshot(DATA_SET, folder));
        }
        for (String folder : List.of("IBE_01", "IBE_03")) {
            String key = last.table(folder).orElseThrow().files().get(0).key();
            lake.store().delete(List.of(DATA_SET.root().resolve(key)));
        }
        List<String> before = lake.dataFiles();

        assertThatThrownBy(() -> run(lake.store()))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("2 of 3 tables failed, the others are prepared and no file is deleted:")
                .hasMessageContaining("%s.part_ibe_01: CONFLICT: ", DATABASE)
                .hasMessageContaining("%s.part_ibe_03: CONFLICT: ", DATABASE);

        assertThat(catalog.locations(id("IBE_02"))).hasSize(1);
        assertThat(catalog.locations(id("IBE_01"))).isEmpty();
        assertThat(lake.dataFiles()).isEqualTo(before);
    }

    @Test
    void preparesAsManyTablesAtATimeAsItIsTold() {
        String[] folders = {"IBE_01", "IBE_02", "IBE_03", "IBE_04", "IBE_05", "IBE_06"};
        lake.publish(NOVEMBER, 1, 0, folders);
        for (String folder : folders) {
            catalog.put(bySnapshot(DATA_SET, folder));
        }
        // Each look waits for another one; every table looks twice.
        CyclicBarrier two = new CyclicBarrier(2);
        catalog.duringLook(() -> {
            try {
                two.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        run(lake.store(), "MAX_CONCURRENCY", "2");

        assertThat(catalog.peak()).isEqualTo(2);
    }

    /** Defect B14: queries were waited for without end. */
    @Test
    void givesEveryQueryADeadline() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.put(bySnapshot(DATA_SET, "IBE_01"));
        engines.store = lake.store();
        engines.root = DATA_SET.root();

        athena(lake.store());

        assertThat(engines.asked)
                .containsExactly(new AthenaSettings(
                        "primary", S3Uri.parse("s3://lake/results/"), Duration.ofSeconds(2), Duration.ofMinutes(60)));
    }

    @Test
    void needsAWorkgroupAndAPlaceForResultsOnlyToAskAthena() {
        assertThatThrownBy(() -> run(lake.store(), "REPAIR", "_NONE_"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("--WORKGROUP: is needed with --REPAIR athena")
                .hasMessageContaining("--RESULTS_S3: is needed with --REPAIR athena");
    }

    @Test
    void warnsOfTablesWhosePartitionsReadersDoNotSee() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.put(with(bySnapshot(DATA_SET, "IBE_01"), "projection.enabled", "true"));

        assertThat(run(lake.store()))
                .contains("warning: %s.part_ibe_01 has projection.enabled=true".formatted(DATABASE));
    }

    /** Defect B33: the check compared a table with itself and did not look again after the repair. */
    @Test
    void changesNothingTheSecondTime() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        catalog.put(bySnapshot(DATA_SET, "IBE_01"));
        assertThat(row(run(lake.store()), "part_ibe_01")).isEqualTo("part_ibe_01 2 2 0 0 0 40");
        int calls = catalog.calls().size();

        assertThat(row(run(lake.store()), "part_ibe_01")).isEqualTo("part_ibe_01 2 0 0 0 0 40");

        assertThat(catalog.calls().subList(calls, catalog.calls().size())).containsExactly("partitions part_ibe_01");
    }

    @Test
    void namesStalePartitionsAndDropsThemWhenItIsTold() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.put(bySnapshot(DATA_SET, "IBE_01"))
                .put(id("IBE_01"), "s3://lake/x/", StorageFormat.PARQUET, "__HIVE_DEFAULT_PARTITION__");

        assertThat(run(lake.store()))
                .contains("stale partitions of part_ibe_01: snapshot_dt=__HIVE_DEFAULT_PARTITION__");
        assertThat(catalog.locations(id("IBE_01"))).hasSize(2);
        assertThat(row(run(lake.store(), "DROP_STALE", "true"), "part_ibe_01")).isEqualTo("part_ibe_01 1 0 0 0 1 20");
        assertThat(catalog.locations(id("IBE_01"))).containsOnlyKeys("2025-11-01");
    }

    /** The catalog goes before the files; what a killed run has half deleted is no missing file of a table. */
    @Test
    void goesOnWithASnapshotThatIsHalfDeleted() {
        lake.publish(SEPTEMBER, 1, 0, "IBE_01");
        Manifest october = lake.publish(OCTOBER, 2, 0, "IBE_01");
        lake.publish(NOVEMBER, 3, 0, "IBE_01");
        catalog.put(bySnapshot(DATA_SET, "IBE_01"));
        run(lake.store());
        lake.store().failCall(1 + deletesBegin(), new JobFailure(FailureKind.SERVICE, "no answer"));

        assertThatThrownBy(() -> run(lake.store(), "RETAIN_SNAPSHOTS", "1", "RETAIN_DRY_RUN", "false"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("SERVICE: no answer");
        assertThat(catalog.locations(id("IBE_01"))).containsOnlyKeys("2025-11-01");
        assertThat(lake.dataFiles()).hasSize(5);
        lake.store()
                .delete(List.of(DATA_SET.root()
                        .resolve(october.table("IBE_01")
                                .orElseThrow()
                                .files()
                                .get(0)
                                .key())));

        assertThat(run(lake.store(), "RETAIN_SNAPSHOTS", "1", "RETAIN_DRY_RUN", "false"))
                .contains("snapshots: 2025-11-01");
        assertThat(catalog.locations(id("IBE_01"))).containsOnlyKeys("2025-11-01");
        assertThat(lake.manifests()).extracting(Manifest::snapshotDt).containsExactly(NOVEMBER);
        assertThat(lake.dataFiles()).hasSize(2);
    }

    /** Queries that began before the switch read the first version; the second one nobody ever came by. */
    @Test
    void keepsTheVersionThatThePartitionsLedToUntilThisRun() {
        catalog.put(bySnapshot(DATA_SET, "IBE_01"));
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        run(lake.store());
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        lake.publish(NOVEMBER, 3, 0, "IBE_01");

        assertThat(run(lake.store()))
                .contains("replaced versions that tables still read: IBE_01 of 2025-11-01 (%s.part_ibe_01)"
                        .formatted(DATABASE))
                .doesNotContain("replaced versions deleted");
        assertThat(lake.dataFiles()).hasSize(6);

        assertThat(run(lake.store())).contains("replaced versions deleted: IBE_01 of 2025-11-01");
        assertThat(lake.dataFiles()).hasSize(4);
    }

    @Test
    void dropsNoPartitionOfASnapshotThatAnotherTableReads() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        catalog.put(bySnapshot(DATA_SET, "IBE_01"));
        run(lake.store());
        catalog.put(table(TableId.of("somebody", "reports"), List.of(), DATA_SET, Map.of()));

        assertThatThrownBy(() -> run(lake.store(), "RETAIN_SNAPSHOTS", "1", "RETAIN_DRY_RUN", "false"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("snapshot 2025-10-01: somebody.reports");

        assertThat(catalog.locations(id("IBE_01"))).containsOnlyKeys("2025-10-01", "2025-11-01");
        assertThat(lake.dataFiles()).hasSize(4);
    }

    @Test
    void namesThePartitionsOfAReplacedVersionThatItDrops() {
        catalog.put(byBucket(DATA_SET, "IBE_01"));
        lake.publish(NOVEMBER, 1, 4, "IBE_01");
        run(lake.store());
        lake.publish(NOVEMBER, 2, 3, "IBE_01");

        assertThat(run(lake.store()))
                .contains("replaced partitions of part_ibe_01: snapshot_dt=2025-11-01/id_bucket=3");
        assertThat(catalog.locations(id("IBE_01"))).hasSize(3);
    }

    /** How many calls a run makes before it deletes the first file. */
    private int deletesBegin() {
        PartitionedTarget other = new PartitionedTarget();
        other.publish(SEPTEMBER, 1, 0, "IBE_01");
        other.publish(OCTOBER, 2, 0, "IBE_01");
        other.publish(NOVEMBER, 3, 0, "IBE_01");
        ListedCatalog listed = new ListedCatalog(DATABASE).put(bySnapshot(DATA_SET, "IBE_01"));
        run(other.store(), listed, Map.of("REPAIR", "catalog"));
        int before = other.store().calls().size();
        run(other.store(), listed, Map.of("RETAIN_SNAPSHOTS", "1", "RETAIN_DRY_RUN", "false", "REPAIR", "catalog"));
        List<String> calls = other.store().calls();
        return calls.stream()
                        .skip(before)
                        .map(call -> call.startsWith("delete") && call.endsWith(".parquet"))
                        .toList()
                        .indexOf(true)
                + 1;
    }

    private String athena(ObjectStore store) {
        return run(
                store, catalog, Map.of("REPAIR", "athena", "WORKGROUP", "primary", "RESULTS_S3", "s3://lake/results/"));
    }

    private String run(ObjectStore store, String... namesAndValues) {
        Map<String, String> arguments = new TreeMap<>(Map.of("REPAIR", "catalog"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return run(store, catalog, arguments);
    }

    private String run(ObjectStore store, ListedCatalog listed, Map<String, String> more) {
        Map<String, String> arguments = new LinkedHashMap<>(Map.of("DATABASE", DATABASE));
        arguments.putAll(more);
        List<String> tokens = new ArrayList<>();
        arguments.forEach((name, value) -> tokens.addAll(List.of("--" + name, value)));
        JobContext context = new JobContext(
                store,
                null,
                listed,
                engines,
                new NoServices(),
                () -> {
                    throw new AssertionError("nobody asked for Spark");
                },
                Clock.systemUTC(),
                new RunId("20251201T031500Z-%08x".formatted(16 * runs.incrementAndGet())),
                "process 1",
                new LineProgress(Clock.systemUTC()),
                new RequestCount(),
                "0.1.0");
        return run(PreparePartTablesJob.DEFINITION, tokens, context);
    }

    private static <A extends Record> String run(JobDefinition<A> job, List<String> tokens, JobContext context) {
        A arguments = job.argumentRecord().read(job.name(), tokens).arguments();
        String summary = job.body().apply(arguments, context).render();
        System.out.print(summary);
        return summary;
    }

    /** A table's row of the summary: partitions, added, switched, stale, dropped, rows. */
    private static String row(String summary, String table) {
        return summary.lines()
                .filter(line -> line.startsWith(table + " "))
                .findFirst()
                .orElseThrow()
                .replaceAll(" +", " ");
    }
}
