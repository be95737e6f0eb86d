package com.omc.flywheel.common.registration;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.registration.Tables.DECEMBER;
import static com.omc.flywheel.common.registration.Tables.KEY;
import static com.omc.flywheel.common.registration.Tables.NOVEMBER;
import static com.omc.flywheel.common.registration.Tables.OCTOBER;
import static com.omc.flywheel.common.registration.Tables.clustered;
import static com.omc.flywheel.common.registration.Tables.foreign;
import static com.omc.flywheel.common.registration.Tables.part;
import static com.omc.flywheel.common.registration.Tables.runOf;
import static com.omc.flywheel.common.registration.Workshop.in;
import static com.omc.flywheel.common.registration.Workshop.options;
import static com.omc.flywheel.common.registration.Workshop.takingOver;
import static com.omc.flywheel.common.registration.Workshop.withBudget;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.OwnTables.Change;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedTablesTest {
    private static final String ROOT = "s3://lake/split_cluster/infobase_attributes/";
    private static final RegistrationOptions OPTIONS = options("register-staged-tables", "ext_");
    private static final TableEntry ONE =
            clustered("IBE_01", NOVEMBER, KEY, "ibe1802 bigint income", "ibe1803 int " + "x".repeat(300));
    private static final TableEntry TWO = clustered("IBE_02", NOVEMBER, KEY, "ibe2001 int");

    @TempDir
    private Path machine;

    private Workshop workshop;

    @BeforeEach
    void openWorkshop() {
        workshop = new Workshop(machine);
    }

    /** D17: the file spells the key Customer_User_id, and the catalog has it as everybody asks for it. */
    @Test
    void describesATableAsItsManifestDoes() throws IOException {
        workshop.publishWithFiles(ROOT, ONE);

        run(OPTIONS);

        StoredTable table = workshop.catalog.table("lake_db.ext_ibe_01");
        assertThat(table.columns())
                .containsExactly(
                        new CatalogColumn("customer_user_id", "string", "the key"),
                        new CatalogColumn("ibe1802", "bigint", "income"),
                        new CatalogColumn("ibe1803", "int", "x".repeat(255)));
        assertThat(table.partitionKeys()).isEmpty();
        assertThat(table.buckets()).isEmpty();
        assertThat(table.format()).isEqualTo(StorageFormat.PARQUET);
        assertThat(table.location()).isEqualTo(ROOT + "IBE_01/");
        assertThat(table.description()).isEqualTo("snapshot_dt=2025-11-01; run=" + runOf(NOVEMBER));
        assertThat(TableOrigin.of(table))
                .contains(new TableOrigin(
                        "register-staged-tables",
                        S3Uri.parse(ROOT),
                        "IBE_01",
                        NOVEMBER,
                        runOf(NOVEMBER),
                        ONE.mappingSha256(),
                        "0.1.0"));
        assertThat(TableKey.of(table)).contains(new TableKey("customer_user_id", "string"));
        assertThat(table.parameters()).containsEntry("flywheel.rows", "21");
    }

    /** D18: the folder metadata/ that lies beside the tables is none, and neither is what is ours. */
    @Test
    void takesTheTablesOfTheManifestAndNoOtherFolder() throws IOException {
        workshop.publishWithFiles(ROOT, ONE, TWO);
        workshop.store.put(ROOT + "IBE_99/00000.parquet", "left by somebody");

        RegistrationSummary summary = run(OPTIONS);

        assertThat(workshop.store.objects()).contains(ROOT + "metadata/snapshot_dt.txt");
        assertThat(workshop.catalog.names()).containsExactly("lake_db.ext_ibe_01", "lake_db.ext_ibe_02");
        assertThat(summary.tables()).extracting(RegisteredTable::change).containsOnly(Change.CREATED);
        assertThat(summary.render())
                .contains("tables of database lake_db: 2 created, 0 updated, 0 unchanged")
                .containsPattern("ext_ibe_01 +CREATED +3 +21 +" + ROOT + "IBE_01/");
        assertThat(workshop.steps)
                .containsExactlyInAnyOrder(
                        "lake_db.ext_ibe_01: CREATED, 3 columns, 21 rows",
                        "lake_db.ext_ibe_02: CREATED, 2 columns, 21 rows");
    }

    /** D10: no statement, no Spark; the context has none to start. */
    @Test
    void changesNothingWhenNothingHasChanged() throws IOException {
        workshop.publishWithFiles(ROOT, ONE, TWO);
        run(OPTIONS);
        List<String> changes = workshop.catalog.changes();

        RegistrationSummary again = run(OPTIONS);

        assertThat(workshop.catalog.changes()).isEqualTo(changes);
        assertThat(again.tables()).extracting(RegisteredTable::change).containsOnly(Change.UNCHANGED);
    }

    /** B10: a table is changed in one step, never deleted and created; what others set on it stays. */
    @Test
    void updatesATableInPlace() throws IOException {
        workshop.publishWithFiles(ROOT, clustered("IBE_01", OCTOBER, KEY));
        run(OPTIONS);
        StoredTable before = workshop.catalog.table("lake_db.ext_ibe_01");
        Map<String, String> parameters = new HashMap<>(before.parameters());
        parameters.put("team", "analytics");
        workshop.catalog.put(withParameters(before, parameters));

        workshop.publishWithFiles(ROOT, ONE);
        run(OPTIONS);

        assertThat(workshop.catalog.changes())
                .containsExactly("create lake_db.ext_ibe_01", "update lake_db.ext_ibe_01");
        assertThat(workshop.catalog.table("lake_db.ext_ibe_01").parameters())
                .containsEntry("team", "analytics")
                .containsEntry("comment", "snapshot_dt=2025-11-01; run=" + runOf(NOVEMBER));
    }

    /** B9: a table with more columns than MAX_COLS loses none; it is said what to leave off the allowlist. */
    @Test
    void keepsEveryColumnOfATableThatHasTooMany() throws IOException {
        workshop.publishWithFiles(ROOT, ONE);

        RegistrationSummary summary = run(withBudget(OPTIONS, 2, false));

        assertThat(workshop.catalog.table("lake_db.ext_ibe_01").columns()).hasSize(3);
        assertThat(summary.warnings())
                .singleElement()
                .asString()
                .contains("table lake_db.ext_ibe_01 has 3 columns")
                .contains("for example ibe1803");
        assertThat(summary.render()).contains("warning: table lake_db.ext_ibe_01");
    }

    /** B9, B4. */
    @Test
    void failsOfATableThatHasTooManyColumnsWhenThatIsAskedFor() throws IOException {
        workshop.publishWithFiles(ROOT, ONE, TWO);

        assertFails(FailureKind.BAD_DATA, () -> run(withBudget(OPTIONS, 2, true)))
                .hasMessageContaining("1 of 2 tables failed, the others are registered")
                .hasMessageContaining("ext_ibe_01: BAD_DATA: --STRICT_COLUMN_BUDGET true: table lake_db.ext_ibe_01");
        assertThat(workshop.catalog.names()).containsExactly("lake_db.ext_ibe_02");
    }

    /** B4: no failure of a table is printed and forgotten, and none keeps the other tables back. */
    @Test
    void namesEveryTableThatFailedAndRegistersTheOthers() throws IOException {
        TableEntry three = clustered("IBE_03", NOVEMBER, KEY);
        workshop.publishWithFiles(ROOT, ONE, TWO, three);
        workshop.catalog.fail(
                "create", "lake_db.ext_ibe_01", new JobFailure(FailureKind.SERVICE, "Glue does not answer"));
        workshop.catalog.fail(
                "create", "lake_db.ext_ibe_03", new JobFailure(FailureKind.ACCESS_DENIED, "glue:CreateTable"));

        assertFails(FailureKind.SERVICE, () -> run(OPTIONS))
                .hasMessageContaining("2 of 3 tables failed, the others are registered")
                .hasMessageContaining("ext_ibe_01: SERVICE: Glue does not answer")
                .hasMessageContaining("ext_ibe_03: ACCESS_DENIED: glue:CreateTable");
        assertThat(workshop.catalog.names()).containsExactly("lake_db.ext_ibe_02");
    }

    @Test
    void namesEveryColumnThatAFileDoesNotHaveAsTheManifestSays() throws IOException {
        workshop.publishWithFiles(ROOT, ONE);
        S3Uri file = S3Uri.parse(ROOT + ONE.files().get(0).key());
        workshop.writeFile(
                file,
                clustered("IBE_01", NOVEMBER, "ibe1802 int", KEY, "more string").columns());

        assertFails(FailureKind.CONFLICT, () -> run(OPTIONS))
                .hasMessageContaining("file " + file)
                .hasMessageContaining(ROOT + "_flywheel/manifests/snapshot_dt=2025-11-01/manifest.json")
                .hasMessageContaining("ibe1802 is int in the file and bigint in the manifest")
                .hasMessageContaining("ibe1803 (int) is not in the file")
                .hasMessageContaining("more (string) is not in the manifest");
        assertThat(workshop.catalog.changes()).isEmpty();
    }

    @Test
    void refusesAFileWithATypeThatTheCatalogDoesNotKnow() throws IOException {
        workshop.publishWithFiles(ROOT, TWO);
        S3Uri file = S3Uri.parse(ROOT + TWO.files().get(0).key());
        workshop.writeFile(
                file, clustered("IBE_02", NOVEMBER, KEY, "ibe2001 nanoseconds").columns());

        assertFails(FailureKind.BAD_DATA, () -> run(OPTIONS))
                .hasMessageContaining("file %s cannot be read as a part of a table", file)
                .hasMessageContaining("ibe2001");
    }

    /** D16: what is missing is named where it is missed, and not by a step after it. */
    @Test
    void asksForADatabaseThatIsNotThere() throws IOException {
        workshop.publishWithFiles(ROOT, ONE);
        List<String> objects = workshop.store.objects();

        assertFails(FailureKind.MISSING_INPUT, () -> run(in(OPTIONS, "elsewhere")))
                .hasMessageContaining("--DATABASE: the catalog has no database elsewhere")
                .hasMessageContaining("aws glue create-database --database-input Name=elsewhere");
        assertThat(workshop.store.objects()).isEqualTo(objects);
    }

    @Test
    void writesNothingButTheLease() throws IOException {
        workshop.publishWithFiles(ROOT, ONE);
        List<String> objects = withoutLease();

        run(OPTIONS);

        assertThat(withoutLease()).isEqualTo(objects);
    }

    @Test
    void refusesAFolderThatNoRunHasWritten() {
        workshop.store.put(ROOT + "IBE_01/00000.parquet", "of another tool");

        assertFails(FailureKind.MISSING_INPUT, () -> run(OPTIONS))
                .hasMessageContaining("--S3_ROOT " + ROOT)
                .hasMessageContaining("run infobase-split-and-bucket or addressable-bucket first");
        assertThat(workshop.store.objects()).containsExactly(ROOT + "IBE_01/00000.parquet");
    }

    @Test
    void refusesADataSetInWhichNothingIsFinished() {
        workshop.dataSet(ROOT, Layout.CLUSTERED).hold(Workshop.OTHER_RUN).close();

        assertFails(FailureKind.MISSING_INPUT, () -> run(OPTIONS)).hasMessageContaining("--S3_ROOT " + ROOT);
    }

    @Test
    void sendsATimeSeriesToTheOtherJob() {
        workshop.publish(ROOT, Layout.PARTITIONED, part("IBE_01", NOVEMBER, KEY));

        assertFails(FailureKind.CONFLICT, () -> run(OPTIONS))
                .hasMessageContaining("--S3_ROOT " + ROOT)
                .hasMessageContaining("register-part-tables");
        assertThat(workshop.catalog.changes()).isEmpty();
    }

    @Test
    void isBusyWhileAnotherRunHoldsTheDataSet() throws IOException {
        workshop.publishWithFiles(ROOT, ONE);
        try (HeldDataSet other = workshop.dataSet(ROOT, Layout.CLUSTERED).hold(Workshop.OTHER_RUN)) {
            assertThat(other.recovered()).isEmpty();
            assertFails(FailureKind.BUSY, () -> run(OPTIONS)).hasMessageContaining(Workshop.OTHER_RUN.toString());
        }
        assertThat(workshop.catalog.changes()).isEmpty();
    }

    @Test
    void finishesOrUndoesFirstWhatARunHasLeft() throws IOException {
        workshop.publishWithFiles(ROOT, ONE);
        TableEntry never = clustered("IBE_02", DECEMBER, KEY);
        try (HeldDataSet killed = workshop.dataSet(ROOT, Layout.CLUSTERED).begin(List.of(never))) {
            assertThat(killed.recovered()).isEmpty();
            assertFails(FailureKind.BUSY, () -> run(OPTIONS))
                    .hasMessageContaining(runOf(DECEMBER).toString());
            workshop.store.advance(Duration.ofMinutes(6));

            RegistrationSummary summary = run(OPTIONS);

            assertThat(summary.notes())
                    .singleElement()
                    .asString()
                    .startsWith("recovered " + ROOT)
                    .contains(runOf(DECEMBER).toString());
            assertThat(summary.render()).contains("note: recovered " + ROOT);
        }
        assertThat(workshop.catalog.names()).containsExactly("lake_db.ext_ibe_01");
    }

    /** B11: that a name begins with the prefix does not make a table this job's. */
    @Test
    void leavesEveryOtherTableOfThePrefixAlone() throws IOException {
        StoredTable theirs = foreign(TableId.of("lake_db", "ext_ibe_01_er"), List.of(), List.of());
        workshop.catalog.put(theirs);
        workshop.publishWithFiles(ROOT, ONE);

        RegistrationSummary summary = run(takingOver(OPTIONS));

        assertThat(workshop.catalog.table("lake_db.ext_ibe_01_er")).isEqualTo(theirs);
        assertThat(workshop.catalog.changes()).containsExactly("create lake_db.ext_ibe_01");
        assertThat(summary.warnings()).isEmpty();
    }

    @Test
    void takesATableOfSomebodyElseWhenThatIsAskedFor() throws IOException {
        workshop.catalog.put(foreign(TableId.of("lake_db", "ext_ibe_01"), List.of(), List.of()));
        workshop.publishWithFiles(ROOT, ONE);

        assertFails(FailureKind.CONFLICT, () -> run(OPTIONS)).hasMessageContaining("--TAKE_OVER true");
        assertThat(workshop.catalog.changes()).isEmpty();
        run(takingOver(OPTIONS));
        assertThat(workshop.catalog.table("lake_db.ext_ibe_01").parameters())
                .containsEntry("team", "analytics")
                .containsEntry("flywheel.job", "register-staged-tables");
    }

    @Test
    void doesNotTurnATableToAnotherDataSetUnasked() throws IOException {
        String other = "s3://lake/trial/infobase_attributes/";
        workshop.publishWithFiles(ROOT, ONE);
        workshop.publishWithFiles(other, ONE);
        run(OPTIONS);

        assertFails(FailureKind.CONFLICT, () -> run(OPTIONS, other, Optional.empty()))
                .hasMessageContaining(
                        "table lake_db.ext_ibe_01 describes the data set %s and would describe %s", ROOT, other)
                .hasMessageContaining("--TAKE_OVER true");
        assertThat(run(takingOver(OPTIONS), other, Optional.empty()).tables())
                .extracting(RegisteredTable::change)
                .containsExactly(Change.UPDATED);
    }

    @Test
    void reportsATableThatTheDataSetHasNoMoreAndKeepsIt() throws IOException {
        workshop.publishWithFiles(ROOT, ONE, clustered("IBE_09", NOVEMBER, KEY));
        run(OPTIONS);
        workshop.publishWithFiles(ROOT, clustered("IBE_01", OCTOBER, KEY));

        RegistrationSummary summary = run(OPTIONS);

        assertThat(summary.warnings())
                .containsExactly(
                        "table lake_db.ext_ibe_09 was registered for %s, which has no such table any more; it stays, drop it when nobody needs it"
                                .formatted(ROOT));
        assertThat(summary.render()).contains("warning: table lake_db.ext_ibe_09");
        assertThat(workshop.catalog.names()).contains("lake_db.ext_ibe_09");
    }

    @ParameterizedTest
    @ValueSource(strings = {"addressable_ids", "ADDRESSABLE_IDS", "ext_Addressable_Ids"})
    void selectsTablesByNamesOfAnyCase(String name) throws IOException {
        workshop.publishWithFiles(ROOT, ONE, clustered("addressable_ids", NOVEMBER, KEY));

        RegistrationSummary summary = run(OPTIONS, ROOT, Optional.of(TablesFilter.parse(name)));

        assertThat(workshop.catalog.names()).containsExactly("lake_db.ext_addressable_ids");
        assertThat(summary.warnings()).isEmpty();
    }

    @Test
    void namesTheTablesThatASelectionMeansAndThatAreNotThere() throws IOException {
        workshop.publishWithFiles(ROOT, ONE);

        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> run(OPTIONS, ROOT, Optional.of(TablesFilter.parse("ibe_01,ibe_77"))))
                .hasMessageContaining(
                        "--TABLES_FILTER names tables that the manifest of %s does not have: ibe_77; it has IBE_01",
                        ROOT);
    }

    private RegistrationSummary run(RegistrationOptions options) {
        return run(options, ROOT, Optional.empty());
    }

    private RegistrationSummary run(RegistrationOptions options, String root, Optional<TablesFilter> filter) {
        return new StagedTables(workshop.context(), options, S3Uri.parse(root), filter).run();
    }

    private List<String> withoutLease() {
        List<String> objects = new ArrayList<>(workshop.store.objects());
        objects.removeIf(object -> object.contains("/_flywheel/lease/"));
        return objects;
    }

    private static StoredTable withParameters(StoredTable table, Map<String, String> parameters) {
        return new StoredTable(
                table.id(),
                table.version(),
                table.tableType(),
                table.format(),
                table.description(),
                table.columns(),
                table.partitionKeys(),
                table.location(),
                table.buckets(),
                parameters);
    }
}
