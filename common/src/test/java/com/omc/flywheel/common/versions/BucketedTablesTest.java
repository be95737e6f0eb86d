package com.omc.flywheel.common.versions;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.versions.VersionsFixture.BASE;
import static com.omc.flywheel.common.versions.VersionsFixture.BUCKETS;
import static com.omc.flywheel.common.versions.VersionsFixture.CLOCK;
import static com.omc.flywheel.common.versions.VersionsFixture.COLUMNS;
import static com.omc.flywheel.common.versions.VersionsFixture.DATABASE;
import static com.omc.flywheel.common.versions.VersionsFixture.FIRST;
import static com.omc.flywheel.common.versions.VersionsFixture.JOB;
import static com.omc.flywheel.common.versions.VersionsFixture.NOVEMBER;
import static com.omc.flywheel.common.versions.VersionsFixture.NOVEMBERS;
import static com.omc.flywheel.common.versions.VersionsFixture.OCTOBER;
import static com.omc.flywheel.common.versions.VersionsFixture.OCTOBERS;
import static com.omc.flywheel.common.versions.VersionsFixture.SECOND;
import static com.omc.flywheel.common.versions.VersionsFixture.THIRD;
import static com.omc.flywheel.common.versions.VersionsFixture.WIDE;
import static com.omc.flywheel.common.versions.VersionsFixture.id;
import static com.omc.flywheel.common.versions.VersionsFixture.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Holder;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.publish.StoredJson;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketedTablesTest {
    private static final S3Uri IDS = S3Uri.parse("s3://lake/split_cluster/addressable_ids/");
    private static final Duration LIFE = Duration.ofMinutes(5);

    @TempDir
    private Path machine;

    private VersionsFixture lake;

    @BeforeEach
    void startWithNothing() {
        lake = new VersionsFixture(machine);
    }

    @Test
    void copiesTheTablesOfTwoDataSets() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01", "IBE_02");
        publish(IDS, NOVEMBER, OCTOBERS, 20, "addressable_ids");

        VersionsSummary summary = run(FIRST, Optional.empty(), false);

        assertThat(summary.tables())
                .extracting(outcome -> outcome.table().toString())
                .containsExactly("lake.bucketed_addressable_ids", "lake.bucketed_ibe_01", "lake.bucketed_ibe_02");
        assertThat(lake.read("bucketed_addressable_ids")).isEqualTo(OCTOBERS);
        assertThat(lake.read("bucketed_ibe_01")).isEqualTo(NOVEMBERS);
        assertThat(summary.render())
                .contains("lake.bucketed_ibe_02", "built", "20", BASE + "bucketed_ibe_02/run=" + FIRST + "/");
        assertThat(run(SECOND, Optional.empty(), false).render())
                .contains("unchanged")
                .doesNotContain("built");
    }

    @Test
    void skipsTablesThatAnotherJobOrNobodyHasDescribedAndSaysSo() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01");
        TableOrigin part = new TableOrigin("register-part-tables", WIDE, "X", NOVEMBER, NOVEMBERS, "", "1.0");
        lake.catalog.put(id("ext_x"), described(part.parameters()));
        lake.catalog.put(id("ext_y"), described(Map.of()));
        lake.catalog.put(id("ext_z"), described(Map.of("flywheel.job", "register-staged-tables")));

        VersionsSummary summary = run(FIRST, Optional.empty(), false);

        assertThat(summary.tables()).hasSize(1);
        assertThat(summary.skipped())
                .containsExactly(
                        "lake.ext_x: it is described by the job register-part-tables",
                        "lake.ext_y: it was not made by this program",
                        "lake.ext_z: it does not say where it comes from; run register-staged-tables again");
        assertThat(summary.render()).contains("skipped: lake.ext_x: it is described by the job register-part-tables");
    }

    /** B29, B30: the old job had a list of tables of its own, and only warned when one was not there. */
    @Test
    void failsWhenATableIsNotThereAndCopiesWhateverIs() {
        assertFails(FailureKind.MISSING_INPUT, () -> run(FIRST, Optional.empty(), false))
                .hasMessageContaining("there is no table lake.ext_* of register-staged-tables")
                .hasMessageContaining("run register-staged-tables first");
        String[] many = IntStream.range(100, 160).mapToObj(i -> "NEW_" + i).toArray(String[]::new);
        publish(WIDE, NOVEMBER, NOVEMBERS, 2, many);

        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> run(FIRST, Optional.of(TablesFilter.parse("new_100,ibe_99")), false))
                .hasMessageContaining(
                        "--TABLES_FILTER names tables that lake.ext_* of register-staged-tables does not have: ibe_99");
        assertThat(lake.engine.statements()).isEmpty();

        assertThat(run(FIRST, Optional.of(TablesFilter.parse("new_100,EXT_NEW_101")), false)
                        .tables())
                .hasSize(2);
        assertThat(run(SECOND, Optional.empty(), false).tables()).hasSize(60);
    }

    /** B1: two jobs each found a snapshot of their own, and nobody compared them. */
    @Test
    void refusesTablesOfSeveralSnapshotsUnlessTheyAreAllowed() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01", "IBE_02");
        publish(IDS, OCTOBER, OCTOBERS, 20, "addressable_ids");

        assertFails(FailureKind.CONFLICT, () -> run(FIRST, Optional.empty(), false))
                .hasMessageContaining(
                        "the tables are of several snapshots: 2025-10-01 in ADDRESSABLE_IDS; 2025-11-01 in IBE_01, IBE_02")
                .hasMessageContaining("--ALLOW_MIXED_SNAPSHOTS true");
        assertThat(lake.engine.statements()).isEmpty();

        assertThat(run(SECOND, Optional.empty(), true).tables()).hasSize(3);
        assertThat(lake.catalog
                        .find(id("bucketed_addressable_ids"))
                        .orElseThrow()
                        .description())
                .startsWith("snapshot_dt=2025-10-01");
    }

    /** B1: what is copied is what the manifest says, by the run that wrote it, and not what a table said once. */
    @Test
    void refusesATableThatDescribesFilesOfARunBefore() {
        publish(WIDE, OCTOBER, OCTOBERS, 20, "IBE_01");
        manifest(WIDE, NOVEMBER, NOVEMBERS, 20, COLUMNS, "IBE_01");

        assertFails(FailureKind.CONFLICT, () -> run(FIRST, Optional.empty(), false))
                .hasMessageContaining(
                        "lake.ext_ibe_01 describes the files of run %s (2025-10-01), the data set holds those of run %s (2025-11-01); run register-staged-tables again"
                                .formatted(OCTOBERS, NOVEMBERS));
    }

    @Test
    void copiesTheOthersWhenATableDescribesFilesOfARunBeforeAndFailsNamingIt() {
        publish(WIDE, OCTOBER, OCTOBERS, 20, "IBE_01");
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_02");
        manifest(WIDE, NOVEMBER, NOVEMBERS, 20, COLUMNS, "IBE_01", "IBE_02", "IBE_03");
        stage(WIDE, "IBE_03", COLUMNS.subList(0, 2));

        assertFails(FailureKind.CONFLICT, () -> run(FIRST, Optional.empty(), false))
                .hasMessageContaining("2 of 3 tables failed, the others are as they should be")
                .hasMessageContaining("lake.bucketed_ibe_01: CONFLICT: lake.ext_ibe_01 describes the files of run")
                .hasMessageContaining("lake.bucketed_ibe_03: CONFLICT: lake.ext_ibe_03 does not have the columns")
                .hasMessageContaining("run register-staged-tables again");

        assertThat(lake.read("bucketed_ibe_02")).isEqualTo(NOVEMBERS);
        assertThat(lake.catalog.names()).doesNotContain("lake.bucketed_ibe_01", "lake.bucketed_ibe_03");
    }

    /** A table that leaves the mapping stays in the catalog, and keeps nobody from the others. */
    @Test
    void skipsATableThatItsDataSetHasNoMore() {
        publish(WIDE, OCTOBER, OCTOBERS, 20, "IBE_01");
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_02");

        VersionsSummary summary = run(FIRST, Optional.empty(), false);

        assertThat(summary.tables())
                .extracting(outcome -> outcome.table().toString())
                .containsExactly("lake.bucketed_ibe_02");
        assertThat(summary.render())
                .contains(
                        "skipped: lake.ext_ibe_01: %s holds no table IBE_01; drop the table lake.ext_ibe_01, which no data set has any more"
                                .formatted(WIDE));
        assertFails(FailureKind.MISSING_INPUT, () -> run(SECOND, Optional.of(TablesFilter.parse("ibe_01")), false))
                .hasMessageContaining("there is nothing to copy:")
                .hasMessageContaining("drop the table lake.ext_ibe_01");
    }

    @Test
    void givesBackEveryLeaseWhateverBecomesOfOne() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01");
        publish(IDS, NOVEMBER, NOVEMBERS, 20, "addressable_ids");
        boolean[] built = new boolean[1];
        lake.engine.meanwhile = () -> built[0] = true;
        Steps[] way = new Steps[1];
        way[0] = new Steps(
                call -> {
                    if (built[0] && way[0].calls().get(call - 1).contains(WIDE + "_flywheel/lease/")) {
                        throw new IllegalStateException("a defect");
                    }
                },
                Steps.Step.NOTHING);

        assertThatThrownBy(() -> new BucketedTables(
                                lake.context(FIRST, way[0].to(ObjectStore.class, lake.store), lake.catalog),
                                lake.engine,
                                options(Optional.empty(), false, VersionsFixture.options(1)))
                        .run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a defect");

        hold(BASE, SECOND).close();
        hold(IDS, SECOND).close();
    }

    @Test
    void namesEverythingThatDoesNotAgreeAtOnce() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01");
        List<CatalogColumn> otherKey = List.of(new CatalogColumn("customer_user_id", "bigint", ""), COLUMNS.get(1));
        manifest(IDS, NOVEMBER, NOVEMBERS, 20, otherKey, "addressable_ids", "keyless");
        stage(IDS, "addressable_ids", otherKey);
        stage(IDS, "keyless", COLUMNS.subList(1, 3));

        assertFails(FailureKind.CONFLICT, () -> run(FIRST, Optional.empty(), false))
                .hasMessageContaining("lake.ext_keyless has no column customer_user_id")
                .hasMessageContaining(
                        "lake.ext_keyless does not have the columns of its files (it lacks customer_user_id bigint; it has select smallint); run register-staged-tables again")
                .hasMessageContaining(
                        "customer_user_id is not of the same type everywhere, so no two of these tables could be joined: bigint in ADDRESSABLE_IDS; string in IBE_01");
        assertThat(lake.engine.statements()).isEmpty();
    }

    @Test
    void holdsTheDataSetsAndTheBaseWhileItBuilds() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01");
        publish(IDS, NOVEMBER, NOVEMBERS, 20, "addressable_ids");
        List<String> refused = Collections.synchronizedList(new ArrayList<>());
        lake.engine.meanwhile = () -> List.of(WIDE, IDS, BASE).forEach(root -> {
            try (HeldDataSet held = hold(root, SECOND)) {
                refused.add("nobody holds " + root + ", recovered " + held.recovered());
            } catch (JobFailure e) {
                refused.add(e.kind() + " " + root);
            }
        });

        run(FIRST, Optional.of(TablesFilter.parse("ibe_01,addressable_ids")), false);

        assertThat(refused).hasSize(6).containsOnly("BUSY " + WIDE, "BUSY " + IDS, "BUSY " + BASE);
        for (S3Uri root : List.of(WIDE, IDS, BASE)) {
            hold(root, SECOND).close();
        }
    }

    @Test
    void isBusyWhileAnotherRunHoldsTheBase() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01");

        try (HeldDataSet other = hold(BASE, SECOND)) {
            assertFails(FailureKind.BUSY, () -> run(FIRST, Optional.empty(), false))
                    .hasMessageContaining("%s is being written by run %s".formatted(BASE, SECOND));
            other.requireHeld();
        }
        assertThat(lake.engine.statements()).isEmpty();
        hold(WIDE, SECOND).close();
    }

    @Test
    void holdsADataSetOnceThatIsTheBaseToo() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01");

        VersionOptions inTheDataSet = new VersionOptions(JOB, WIDE, EngineChoice.ATHENA, 1, 1, false, false);
        new BucketedTables(lake.context(FIRST), lake.engine, options(Optional.empty(), false, inTheDataSet)).run();

        assertThat(lake.location("bucketed_ibe_01")).isEqualTo(WIDE + "bucketed_ibe_01/run=" + FIRST + "/");
    }

    @Test
    void refusesABaseInTheFolderOfATableAndADatabaseThatIsNotThere() {
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01");
        S3Uri inside = WIDE.folder("IBE_01").folder("bucketed");

        assertFails(FailureKind.BAD_ARGUMENT, () -> new BucketedTables(
                                lake.context(FIRST),
                                lake.engine,
                                options(
                                        Optional.empty(),
                                        false,
                                        new VersionOptions(JOB, inside, EngineChoice.ATHENA, 1, 1, false, false)))
                        .run())
                .hasMessageContaining("--BUCKETED_BASE %s lies in the folder of lake.ext_ibe_01".formatted(inside));
        BucketedTables.Options lost = options(Optional.empty(), false, VersionsFixture.options(1));
        assertFails(FailureKind.MISSING_INPUT, () -> new BucketedTables(
                                lake.context(FIRST),
                                lake.engine,
                                new BucketedTables.Options(
                                        lost.staged(),
                                        lost.stagedPrefix(),
                                        lost.tables(),
                                        new CatalogName("lost"),
                                        lost.prefix(),
                                        lost.buckets(),
                                        false,
                                        LIFE,
                                        lost.versions()))
                        .run())
                .hasMessageContaining("--FINAL_DB lost: there is no such database");
    }

    @Test
    void doesNotMakeADataSetOfAFolderThatATableNamesByMistake() {
        stage(WIDE, "IBE_01", COLUMNS);

        assertFails(FailureKind.MISSING_INPUT, () -> run(FIRST, Optional.empty(), false))
                .hasMessageContaining("no run of this program has written to %s".formatted(WIDE));
        assertThat(lake.store.objects()).isEmpty();
    }

    @Test
    void recoversOnlyWithoutBuildingAnything() {
        assertFails(FailureKind.MISSING_INPUT, () -> recover(FIRST))
                .hasMessageContaining(
                        "no run of this program has written to %s, so there is nothing to recover; check --BUCKETED_BASE"
                                .formatted(BASE));
        publish(WIDE, NOVEMBER, NOVEMBERS, 20, "IBE_01");
        run(FIRST, Optional.empty(), false);
        VersionRecords records = new VersionRecords(lake.store, BASE, () -> {});
        VersionRecord left = VersionRecord.building(JOB, SECOND, EngineChoice.ATHENA, id("bucketed_ibe_01"))
                .withQuery("query-9");
        records.create(left);
        lake.store.put(BASE + left.location() + "20251102_031500_00007_abcde_bucket-00000", "half");
        lake.catalog.put(left.temporary(), described(Map.of()));

        assertThat(recover(THIRD).render())
                .isEqualTo(
                        "recovered: lake.bucketed_ibe_01: what run %s had built and readers were never sent to is deleted%n"
                                .formatted(SECOND));

        assertThat(lake.engine.stopped()).containsExactly("query-9");
        lake.assertAtRest("bucketed_ibe_01", FIRST);
        assertThat(recover(THIRD).render()).isEqualTo("nothing to recover%n".formatted());
    }

    private VersionsSummary run(RunId run, Optional<TablesFilter> filter, boolean allowMixed) {
        return (VersionsSummary) new BucketedTables(
                        lake.context(run), lake.engine, options(filter, allowMixed, VersionsFixture.options(1)))
                .run();
    }

    private VersionsSummary recover(RunId run) {
        return (VersionsSummary) new BucketedTables(
                        lake.context(run), lake.engine, options(Optional.empty(), false, VersionsFixture.options(1)))
                .recover();
    }

    private static BucketedTables.Options options(
            Optional<TablesFilter> filter, boolean allowMixed, VersionOptions versions) {
        return new BucketedTables.Options(
                DATABASE,
                new TablePrefix("ext_"),
                filter,
                DATABASE,
                new TablePrefix("bucketed_"),
                BUCKETS,
                allowMixed,
                LIFE,
                versions);
    }

    private HeldDataSet hold(S3Uri root, RunId run) {
        return new DataSetPublisher(lake.store, new DataSet(root), CLOCK)
                .hold(new Holder(run, "another-job", "process 2", LIFE));
    }

    private static TableDefinition described(Map<String, String> parameters) {
        return new TableDefinition("", COLUMNS, List.of(), WIDE.folder("X"), Optional.empty(), parameters);
    }

    private void publish(S3Uri root, SnapshotDate snapshot, RunId run, int rows, String... folders) {
        manifest(root, snapshot, run, rows, COLUMNS, folders);
        for (String folder : folders) {
            lake.stage(origin(root, folder, snapshot, run), COLUMNS, rows);
        }
    }

    private void stage(S3Uri root, String folder, List<CatalogColumn> columns) {
        lake.stage(origin(root, folder, NOVEMBER, NOVEMBERS), columns, 20);
    }

    private void manifest(
            S3Uri root, SnapshotDate snapshot, RunId run, int rows, List<CatalogColumn> columns, String... folders) {
        DataSet dataSet = new DataSet(root);
        List<Manifest.ColumnEntry> entries = columns.stream()
                .map(column -> new Manifest.ColumnEntry(column.name(), column.type(), column.comment()))
                .toList();
        List<Manifest.TableEntry> tables = List.of(folders).stream()
                .map(folder -> new Manifest.TableEntry(
                        folder,
                        folder + "/",
                        run,
                        snapshot,
                        entries,
                        List.of(),
                        "",
                        rows,
                        0,
                        0,
                        new Manifest.Bucketing("customer_user_id", 256, Manifest.Bucketing.HIVE_V1),
                        new Manifest.Written(1, ""),
                        List.of(),
                        new Manifest.Source("s3://lake/opus/", "", 1, 1, List.of()),
                        "",
                        "1.0"))
                .toList();
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                "a-split",
                Layout.CLUSTERED,
                snapshot,
                run,
                CLOCK.instant(),
                tables,
                List.of());
        lake.store.put(
                dataSet.manifest(snapshot).toString(),
                new String(new StoredJson().write(manifest), StandardCharsets.UTF_8));
        lake.store.put(
                dataSet.current().toString(), "{\"snapshotDt\": \"%s\", \"runId\": \"%s\"}".formatted(snapshot, run));
    }
}
