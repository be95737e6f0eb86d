package com.omc.flywheel.common.registration;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.registration.Tables.KEY;
import static com.omc.flywheel.common.registration.Tables.NOVEMBER;
import static com.omc.flywheel.common.registration.Tables.OCTOBER;
import static com.omc.flywheel.common.registration.Tables.clustered;
import static com.omc.flywheel.common.registration.Tables.part;
import static com.omc.flywheel.common.registration.Tables.rootPart;
import static com.omc.flywheel.common.registration.Workshop.in;
import static com.omc.flywheel.common.registration.Workshop.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.OwnTables.Change;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.registration.PartTables.Selection;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartTablesTest {
    private static final String SOURCE = "s3://lake/split_part/";
    private static final String WIDE = SOURCE + "infobase_attributes/";
    private static final String IDS = SOURCE + "addressable_ids/";
    private static final RegistrationOptions OPTIONS = options("register-part-tables", "part_");
    private static final Selection NEWEST = new Selection(Optional.empty(), false, false);

    @TempDir
    private Path machine;

    private Workshop workshop;

    @BeforeEach
    void openWorkshop() {
        workshop = new Workshop(machine);
    }

    /** D18: what lies beside the data sets, or in them and is no table, is not registered. */
    @Test
    void registersTheTablesOfEveryDataSetUnderTheFolder() {
        publishBoth(NOVEMBER);
        workshop.store.put(SOURCE + "metadata/snapshot_dt.txt", "2025-11-01").put(WIDE + "IBE_77/a.parquet", "?");

        RegistrationSummary summary = run(NEWEST);

        assertThat(summary.tables())
                .extracting(table -> table.id().table().value())
                .containsExactly("part_addressable_ids", "part_ibe_01", "part_ibe_02");
        assertThat(workshop.catalog.table("lake_db.part_addressable_ids").location())
                .isEqualTo(IDS);
        assertThat(workshop.catalog.table("lake_db.part_ibe_01").location()).isEqualTo(WIDE + "IBE_01/");
        assertThat(workshop.catalog.names()).hasSize(3);
    }

    @Test
    void registersOneDataSetThatIsNamed() {
        publishBoth(NOVEMBER);

        new PartTables(workshop.context(), OPTIONS, S3Uri.parse("s3://lake/split_part/addressable_ids"), NEWEST).run();

        assertThat(workshop.catalog.names()).containsExactly("lake_db.part_addressable_ids");
    }

    @Test
    void changesNothingWhenNothingHasChanged() {
        publishBoth(NOVEMBER);
        run(NEWEST);
        List<String> changes = workshop.catalog.changes();

        assertThat(run(NEWEST).tables()).extracting(RegisteredTable::change).containsOnly(Change.UNCHANGED);
        assertThat(workshop.catalog.changes()).isEqualTo(changes);
    }

    /** B10: one step and no window without a table; the catalog refuses to delete, and partitions are not touched. */
    @Test
    void takesInASecondSnapshotAndSaysWhatItChanged() {
        publishBoth(OCTOBER);
        run(NEWEST);
        workshop.publish(
                WIDE,
                Layout.PARTITIONED,
                part("IBE_01", NOVEMBER, KEY, "added int"),
                part("IBE_02", NOVEMBER, KEY, "a int"));
        workshop.publish(IDS, Layout.PARTITIONED_ROOT, rootPart("addressable_ids", NOVEMBER, KEY));

        RegistrationSummary summary = run(NEWEST);

        assertThat(summary.tables()).extracting(RegisteredTable::change).containsOnly(Change.UPDATED);
        assertThat(Tables.names(workshop.catalog.table("lake_db.part_ibe_01").columns()))
                .containsExactly("customer_user_id", "a", "added");
        assertThat(summary.notes())
                .containsExactlyInAnyOrder(
                        WIDE
                                + ": IBE_01.a of snapshot 2025-10-01 is in IBE_02 from snapshot 2025-11-01 on; in IBE_01 it is NULL from then on",
                        WIDE
                                + ": IBE_01.added is new in snapshot 2025-11-01; it is NULL in snapshot 2025-10-01 and before");
        assertThat(summary.render()).contains("note: " + WIDE + ": IBE_01.added is new");
    }

    /** B4. */
    @Test
    void namesTheTableThatFailedAndRegistersTheOthers() {
        publishBoth(OCTOBER);
        workshop.publish(
                WIDE, Layout.PARTITIONED, part("IBE_01", NOVEMBER, KEY, "a string"), part("IBE_02", NOVEMBER, KEY));
        workshop.publish(IDS, Layout.PARTITIONED_ROOT, rootPart("addressable_ids", NOVEMBER, KEY));

        assertFails(FailureKind.BAD_DATA, () -> run(NEWEST))
                .hasMessageContaining("1 of 3 tables failed, the others are registered")
                .hasMessageContaining("IBE_01.a is string in snapshot 2025-11-01 and int in snapshot 2025-10-01");
        assertThat(workshop.catalog.names()).containsExactly("lake_db.part_addressable_ids", "lake_db.part_ibe_02");
    }

    /** B21: what one page of a listing holds, 1,000, is no limit. */
    @Test
    void registersMoreTablesThanAPageHolds() {
        workshop.publish(
                WIDE,
                Layout.PARTITIONED,
                IntStream.range(0, 1_001)
                        .mapToObj(number -> part("IBE_%04d".formatted(number), NOVEMBER, KEY))
                        .toArray(TableEntry[]::new));

        assertThat(run(NEWEST).tables()).hasSize(1_001);
        assertThat(workshop.catalog.names()).hasSize(1_001).endsWith("lake_db.part_ibe_1000");
    }

    @Test
    void saysTheNewestSnapshotAlsoWhenAnotherOneIsAskedFor() {
        publishBoth(OCTOBER);
        publishBoth(NOVEMBER);

        run(of(OCTOBER));

        assertThat(workshop.catalog.table("lake_db.part_ibe_01").description()).startsWith("snapshot_dt=2025-11-01; ");
    }

    @Test
    void refusesASnapshotThatADataSetDoesNotHave() {
        publishBoth(OCTOBER);
        workshop.publish(IDS, Layout.PARTITIONED_ROOT, rootPart("addressable_ids", NOVEMBER, KEY));

        assertFails(FailureKind.MISSING_INPUT, () -> run(of(NOVEMBER)))
                .hasMessageContaining("snapshot 2025-11-01 is not finished in every data set under " + SOURCE)
                .hasMessageContaining(WIDE + " has 2025-10-01")
                .hasMessageContaining(IDS + " has 2025-10-01, 2025-11-01");
        assertThat(workshop.catalog.changes()).isEmpty();
        assertThat(run(of(OCTOBER)).tables()).hasSize(3);
    }

    @Test
    void refusesDifferentNewestSnapshotsUnlessThatIsAskedFor() {
        publishBoth(OCTOBER);
        workshop.publish(IDS, Layout.PARTITIONED_ROOT, rootPart("addressable_ids", NOVEMBER, KEY));

        assertFails(FailureKind.CONFLICT, () -> run(NEWEST))
                .hasMessageContaining("do not have the same newest snapshot")
                .hasMessageContaining(WIDE + " has 2025-10-01")
                .hasMessageContaining("--ALLOW_MIXED_SNAPSHOTS true");
        assertThat(workshop.catalog.changes()).isEmpty();
        assertThat(run(new Selection(Optional.empty(), true, false)).tables()).hasSize(3);
    }

    @Test
    void refusesADataSetInWhichNothingIsFinished() {
        publishBoth(OCTOBER);
        workshop.dataSet(SOURCE + "begun/", Layout.PARTITIONED)
                .hold(Workshop.OTHER_RUN)
                .close();

        assertFails(FailureKind.MISSING_INPUT, () -> run(NEWEST)).hasMessageContaining(SOURCE + "begun/ has none");
    }

    @Test
    void refusesKeysOfDifferentTypes() {
        workshop.publish(WIDE, Layout.PARTITIONED, part("IBE_01", NOVEMBER, "customer_user_id bigint"));
        workshop.publish(IDS, Layout.PARTITIONED_ROOT, rootPart("addressable_ids", NOVEMBER, KEY));

        assertFails(FailureKind.CONFLICT, () -> run(NEWEST))
                .hasMessageContaining("bigint in " + WIDE)
                .hasMessageContaining("string in " + IDS);
        assertThat(workshop.catalog.changes()).isEmpty();
    }

    @Test
    void refusesTablesThatWouldHaveOneName() {
        publishBoth(NOVEMBER);
        workshop.publish(SOURCE + "trial/", Layout.PARTITIONED, part("ibe_01", NOVEMBER, KEY));

        assertFails(FailureKind.CONFLICT, () -> run(NEWEST))
                .hasMessageContaining("lake_db.part_ibe_01: IBE_01 of %s, ibe_01 of %strial/", WIDE, SOURCE);
        assertThat(workshop.catalog.changes()).isEmpty();
    }

    @Test
    void sendsADataSetOfOneSnapshotToTheOtherJob() {
        workshop.publish(WIDE, Layout.CLUSTERED, clustered("IBE_01", NOVEMBER, KEY));

        assertFails(FailureKind.CONFLICT, () -> run(NEWEST))
                .hasMessageContaining(WIDE)
                .hasMessageContaining("register-staged-tables");
    }

    @Test
    void refusesAFolderWithoutDataSets() {
        workshop.store.put(WIDE + "IBE_01/a.parquet", "of another tool");

        assertFails(FailureKind.MISSING_INPUT, () -> run(NEWEST))
                .hasMessageContaining("--SOURCE_PATH " + SOURCE)
                .hasMessageContaining("run infobase-split-and-part or addressable-split-and-part first");
        assertThat(workshop.store.objects()).hasSize(1);
    }

    /** D16. */
    @Test
    void asksForADatabaseThatIsNotThere() {
        publishBoth(NOVEMBER);

        assertFails(FailureKind.MISSING_INPUT, () -> new PartTables(
                                workshop.context(), in(OPTIONS, "elsewhere"), S3Uri.parse(SOURCE), NEWEST)
                        .run())
                .hasMessageContaining("aws glue create-database");
    }

    @Test
    void givesBackEveryLeaseWhenItCannotHaveAll() {
        publishBoth(NOVEMBER);
        try (HeldDataSet other = workshop.dataSet(WIDE, Layout.PARTITIONED).hold(Workshop.OTHER_RUN)) {
            assertThat(other.recovered()).isEmpty();
            assertFails(FailureKind.BUSY, () -> run(NEWEST)).hasMessageContaining(Workshop.OTHER_RUN.toString());
            workshop.dataSet(IDS, Layout.PARTITIONED_ROOT)
                    .hold(Workshop.OTHER_RUN)
                    .close();
        }
        assertThat(workshop.catalog.changes()).isEmpty();
    }

    @Test
    void takesLeasesInTheOrderOfPathsAndGivesThemBackInReverse() {
        publishBoth(NOVEMBER);
        int before = workshop.store.calls().size();

        run(NEWEST);

        assertThat(workshop.store.calls().stream()
                        .skip(before)
                        .filter(call -> call.startsWith("create "))
                        .map(call -> call.replaceFirst("_flywheel/lease/.*", "")))
                .containsExactly("create " + IDS, "create " + WIDE, "create " + WIDE, "create " + IDS);
    }

    @Test
    void reportsATableThatNoSnapshotHasAnyMoreAndKeepsIt() {
        publishBoth(NOVEMBER);
        run(NEWEST);
        Workshop later = workshop;
        workshop = new Workshop(machine);
        later.catalog.names().forEach(name -> workshop.catalog.put(later.catalog.table(name)));
        workshop.publish(WIDE, Layout.PARTITIONED, part("IBE_01", NOVEMBER, KEY, "a int"));

        RegistrationSummary summary = run(NEWEST);

        assertThat(summary.warnings())
                .singleElement()
                .asString()
                .startsWith("table lake_db.part_ibe_02 was registered for " + WIDE);
        assertThat(workshop.catalog.names()).contains("lake_db.part_ibe_02");
    }

    private void publishBoth(SnapshotDate snapshot) {
        workshop.publish(
                WIDE, Layout.PARTITIONED, part("IBE_01", snapshot, KEY, "a int"), part("IBE_02", snapshot, KEY));
        workshop.publish(IDS, Layout.PARTITIONED_ROOT, rootPart("addressable_ids", snapshot, KEY));
    }

    private static Selection of(SnapshotDate snapshot) {
        return new Selection(Optional.of(snapshot), false, false);
    }

    private RegistrationSummary run(Selection selection) {
        return new PartTables(workshop.context(), OPTIONS, S3Uri.parse(SOURCE), selection).run();
    }
}
