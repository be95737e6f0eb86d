package com.omc.flywheel.common.registration;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.registration.Tables.DECEMBER;
import static com.omc.flywheel.common.registration.Tables.KEY;
import static com.omc.flywheel.common.registration.Tables.NOVEMBER;
import static com.omc.flywheel.common.registration.Tables.OCTOBER;
import static com.omc.flywheel.common.registration.Tables.bucketedPart;
import static com.omc.flywheel.common.registration.Tables.foreign;
import static com.omc.flywheel.common.registration.Tables.names;
import static com.omc.flywheel.common.registration.Tables.part;
import static com.omc.flywheel.common.registration.Tables.runOf;
import static com.omc.flywheel.common.registration.Tables.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartTablePlannerTest {
    private static final String ROOT = "s3://lake/split_part/infobase_attributes/";
    private static final DataSet DATA_SET = new DataSet(S3Uri.parse(ROOT));
    private static final String JOB = "register-part-tables";
    private static final TableId ID = TableId.of("lake_db", "part_ibe_01");

    /** B10: the bucket is a partition column and no data column, and the comment says what the table holds. */
    @Test
    void describesATableOverAllSnapshotsByThePartitionKeysOfItsManifests() {
        PlannedTable planned = plan(
                bucketedPart("IBE_01", OCTOBER, 16, KEY, "ibe1802 int"),
                bucketedPart("IBE_01", NOVEMBER, 16, KEY, "ibe1802 int"));

        TableDefinition definition = planned.definition();
        assertThat(names(definition.columns())).containsExactly("customer_user_id", "ibe1802");
        assertThat(definition.partitionKeys())
                .containsExactly(
                        new CatalogColumn("snapshot_dt", "date", ""), new CatalogColumn("id_bucket", "int", ""));
        assertThat(definition.location()).hasToString(ROOT + "IBE_01/");
        assertThat(definition.description()).isEqualTo("snapshot_dt=2025-11-01; run=" + runOf(NOVEMBER));
        assertThat(definition.parameters())
                .containsEntry("flywheel.snapshot_dt", "2025-11-01")
                .containsEntry("flywheel.key", "customer_user_id")
                .containsEntry("flywheel.key_type", "string");
        assertThat(definition.buckets()).isEmpty();
        assertThat(planned.rows()).isEqualTo(42);
        assertThat(planned.warnings()).isEmpty();
    }

    @Test
    void hasTheColumnsOfEverySnapshotTheNewOnesLast() {
        PlannedTable planned = plan(
                part("IBE_01", OCTOBER, KEY, "old int", "ibe1802 int before"),
                part("IBE_01", NOVEMBER, KEY, "first int", "ibe1802 int after"));

        assertThat(planned.definition().columns())
                .containsExactly(
                        new CatalogColumn("customer_user_id", "string", "the key"),
                        new CatalogColumn("old", "int", ""),
                        new CatalogColumn("ibe1802", "int", "after"),
                        new CatalogColumn("first", "int", ""));
    }

    /** An older snapshot that is written later would otherwise put its columns first. */
    @Test
    void keepsThePlacesThatColumnsHaveInTheCatalog() {
        StoredTable registered = registered(part("IBE_01", NOVEMBER, KEY, "b int the second", "a int"));

        PlannedTable planned = plan(
                Optional.of(registered),
                part("IBE_01", OCTOBER, KEY, "new int", "a int", "b int"),
                part("IBE_01", NOVEMBER, KEY, "b int", "a int"));

        assertThat(planned.definition().columns())
                .extracting(CatalogColumn::name, CatalogColumn::comment)
                .containsExactly(
                        tuple("customer_user_id", "the key"),
                        tuple("b", "the second"),
                        tuple("a", ""),
                        tuple("new", ""));
    }

    @Test
    void isTheSameAsTheTableThatItDescribed() {
        TableEntry[] snapshots = {part("IBE_01", OCTOBER, KEY, "a int"), part("IBE_01", NOVEMBER, KEY, "b int")};
        StoredTable registered = registered(snapshots);

        assertThat(registered.isAsDefined(
                        plan(Optional.of(registered), snapshots).definition()))
                .isTrue();
    }

    @Test
    void cutsCommentsToWhatGlueTakes() {
        PlannedTable planned = plan(part("IBE_01", NOVEMBER, KEY, "a int " + "x".repeat(300)));

        assertThat(planned.definition().columns().get(1).comment()).hasSize(255);
    }

    @Test
    void refusesAColumnThatSnapshotsHaveWithDifferentTypes() {
        assertFails(
                        FailureKind.BAD_DATA,
                        () -> plan(
                                part("IBE_01", OCTOBER, KEY, "a int", "b int"),
                                part("IBE_01", NOVEMBER, KEY, "a bigint", "b string"),
                                part("IBE_01", DECEMBER, KEY)))
                .hasMessageContaining("IBE_01.a is bigint in snapshot 2025-11-01 and int in snapshot 2025-10-01")
                .hasMessageContaining("IBE_01.b is string in snapshot 2025-11-01 and int in snapshot 2025-10-01");
    }

    @Test
    void refusesAColumnThatTheCatalogHasWithAnotherType() {
        StoredTable registered = registered(part("IBE_01", OCTOBER, KEY, "a int"));

        assertFails(
                        FailureKind.CONFLICT,
                        () -> plan(Optional.of(registered), part("IBE_01", NOVEMBER, KEY, "a bigint")))
                .hasMessageContaining("table lake_db.part_ibe_01 (registered from snapshot 2025-10-01)")
                .hasMessageContaining("a is int in the table and bigint in the snapshots");
    }

    @Test
    void keepsAColumnThatNoSnapshotHasWhenThatIsAskedFor() {
        StoredTable registered = registered(part("IBE_01", OCTOBER, KEY, "gone int was here", "a int"));
        TableEntry next = part("IBE_01", NOVEMBER, KEY, "a int");

        assertFails(FailureKind.CONFLICT, () -> plan(Optional.of(registered), next))
                .hasMessageContaining("table lake_db.part_ibe_01 has columns that no finished snapshot in " + ROOT)
                .hasMessageContaining(": gone; ")
                .hasMessageContaining("--ALLOW_DROPPED_COLUMNS true");
        PlannedTable planned = planner(true, next).plan("IBE_01", ID, Optional.of(registered));
        assertThat(planned.definition().columns()).contains(new CatalogColumn("gone", "int", "was here"));
        assertThat(planned.warnings()).singleElement().asString().endsWith("that are NULL: gone");
    }

    /** B11: a table is never given other partition keys than it has. */
    @Test
    void refusesOtherPartitionKeysThanTheTableHas() {
        StoredTable registered = registered(part("IBE_01", OCTOBER, KEY));

        assertFails(
                        FailureKind.CONFLICT,
                        () -> plan(Optional.of(registered), bucketedPart("IBE_01", NOVEMBER, 16, KEY)))
                .hasMessageContaining("table lake_db.part_ibe_01 has the partition keys (snapshot_dt date)")
                .hasMessageContaining("have (snapshot_dt date, id_bucket int)")
                .hasMessageContaining("--ID_BUCKETS")
                .hasMessageContaining("--TABLE_PREFIX");
    }

    /** B11. */
    @Test
    void refusesSnapshotsWithDifferentPartitionKeys() {
        assertFails(
                        FailureKind.CONFLICT,
                        () -> plan(part("IBE_01", OCTOBER, KEY), bucketedPart("IBE_01", NOVEMBER, 16, KEY)))
                .hasMessageContaining("(snapshot_dt date) in snapshot 2025-10-01")
                .hasMessageContaining("(snapshot_dt date, id_bucket int) in snapshot 2025-11-01")
                .hasMessageContaining("with the same --ID_BUCKETS, or to another --TARGET_PATH");
    }

    @Test
    void saysWhenABucketDoesNotMeanTheSameInEverySnapshot() {
        assertThat(plan(bucketedPart("IBE_01", OCTOBER, 16, KEY), bucketedPart("IBE_01", NOVEMBER, 32, KEY))
                        .warnings())
                .singleElement()
                .asString()
                .contains("{16=[2025-10-01], 32=[2025-11-01]}");
    }

    /** B10: what the register step before had made, a table without partition keys that has the bucket as a column. */
    @Test
    void givesATableThatIsTakenOverItsPartitionKeys() {
        StoredTable theirs = foreign(
                ID,
                List.of(
                        new CatalogColumn("a", "string", ""),
                        new CatalogColumn("more", "int", ""),
                        new CatalogColumn("id_bucket", "int", "")),
                List.of());

        PlannedTable planned = plan(Optional.of(theirs), bucketedPart("IBE_01", NOVEMBER, 16, KEY, "a int"));

        assertThat(names(planned.definition().columns())).containsExactly("customer_user_id", "a");
        assertThat(names(planned.definition().partitionKeys())).containsExactly("snapshot_dt", "id_bucket");
        assertThat(planned.warnings())
                .singleElement()
                .asString()
                .endsWith("loses columns that no finished snapshot in " + ROOT + " has: more");
    }

    /** B11. */
    @Test
    void doesNotTakeOverATableOfOtherPartitionKeys() {
        StoredTable theirs = foreign(ID, List.of(), List.of(new CatalogColumn("dt", "string", "")));

        assertFails(FailureKind.CONFLICT, () -> plan(Optional.of(theirs), part("IBE_01", NOVEMBER, KEY)))
                .hasMessageContaining("has the partition keys (dt string)");
    }

    /** D17. */
    @Test
    void refusesATableWithoutTheColumnThatItsRowsArePlacedBy() {
        assertFails(FailureKind.CONFLICT, () -> plan(part("IBE_01", NOVEMBER, "another_id string")))
                .hasMessageContaining("places the rows of table IBE_01 by customer_user_id");
    }

    @Test
    void isOfTheNewestSnapshotThatHasTheTable() {
        PartTablePlanner planner = new PartTablePlanner(
                JOB,
                DATA_SET,
                List.of(
                        Tables.manifest(Layout.PARTITIONED, part("IBE_01", OCTOBER, KEY), part("IBE_02", OCTOBER, KEY)),
                        Tables.manifest(Layout.PARTITIONED, part("IBE_02", NOVEMBER, KEY))),
                false);

        assertThat(planner.folders()).containsExactly("IBE_01", "IBE_02");
        assertThat(planner.plan("IBE_01", ID, Optional.empty()).definition().parameters())
                .containsEntry("flywheel.snapshot_dt", "2025-10-01");
        assertThat(planner.plan("IBE_02", ID, Optional.empty()).definition().parameters())
                .containsEntry("flywheel.snapshot_dt", "2025-11-01");
    }

    @Test
    void saysWhatTheNewestSnapshotChanged() {
        PartTablePlanner planner = new PartTablePlanner(
                JOB,
                DATA_SET,
                List.of(
                        Tables.manifest(
                                Layout.PARTITIONED,
                                part("IBE_01", OCTOBER, KEY, "moved int", "missing int"),
                                part("IBE_02", OCTOBER, KEY)),
                        Tables.manifest(
                                Layout.PARTITIONED,
                                part("IBE_01", NOVEMBER, KEY, "added int"),
                                part("IBE_02", NOVEMBER, KEY, "moved int"))),
                false);

        assertThat(planner.changes())
                .containsExactlyInAnyOrder(
                        "IBE_01.moved of snapshot 2025-10-01 is in IBE_02 from snapshot 2025-11-01 on; in IBE_01 it is NULL from then on",
                        "IBE_01.added is new in snapshot 2025-11-01; it is NULL in snapshot 2025-10-01 and before",
                        "IBE_01.missing of snapshot 2025-10-01 is in no table of snapshot 2025-11-01");
    }

    private static PartTablePlanner planner(boolean allowDroppedColumns, TableEntry... snapshots) {
        List<Manifest> manifests = new ArrayList<>();
        Arrays.stream(snapshots).forEach(snapshot -> manifests.add(Tables.manifest(Layout.PARTITIONED, snapshot)));
        return new PartTablePlanner(JOB, DATA_SET, manifests, allowDroppedColumns);
    }

    private static PlannedTable plan(TableEntry... snapshots) {
        return plan(Optional.empty(), snapshots);
    }

    private static PlannedTable plan(Optional<StoredTable> found, TableEntry... snapshots) {
        return planner(false, snapshots).plan("IBE_01", ID, found);
    }

    private static StoredTable registered(TableEntry... snapshots) {
        return stored(ID, plan(snapshots).definition());
    }
}
