package com.omc.flywheel.common.partitions;

import static com.omc.flywheel.common.partitions.PartTables.bySnapshot;
import static com.omc.flywheel.common.partitions.PartTables.id;
import static com.omc.flywheel.common.partitions.PartTables.parameters;
import static com.omc.flywheel.common.partitions.PartTables.table;
import static com.omc.flywheel.common.publish.PartitionedTarget.DATA_SET;
import static com.omc.flywheel.common.publish.PartitionedTarget.NOVEMBER;
import static com.omc.flywheel.common.publish.PartitionedTarget.OCTOBER;
import static com.omc.flywheel.common.publish.PartitionedTarget.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.partitions.DataSetTidying.ReplacedVersions;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.HeldDataSets;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.PartitionedTarget;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTidyingTest {
    private static final TableId TABLE = id("IBE_01");
    private static final String ROOT = DATA_SET.root().toString();

    private final PartitionedTarget lake = new PartitionedTarget();
    private final ListedCatalog catalog = new ListedCatalog(PartTables.DATABASE).put(bySnapshot(DATA_SET, "IBE_01"));

    @Test
    void keepsTheVersionThatWasReplacedLastAndDeletesThoseBeforeIt() {
        publishNovemberThreeTimes();

        assertThat(deleteReplaced()).isEqualTo(new ReplacedVersions(List.of("IBE_01 of 2025-11-01"), List.of()));

        assertThat(runsWithFiles()).containsExactly(run(2).value(), run(3).value());
        assertThat(deleteReplaced()).isEqualTo(new ReplacedVersions(List.of(), List.of()));
        lake.publish(NOVEMBER, 7, 0, "IBE_01");
        assertThat(deleteReplaced().deleted()).hasSize(1);
        assertThat(runsWithFiles()).containsExactly(run(3).value(), run(7).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IBE_01/snapshot_dt=2025-11-01/",
                "IBE_01/snapshot_dt=2025-11-01",
                "IBE_01/snapshot_dt=2025-11-01/id_bucket=3/",
                "IBE_01/"
            })
    void deletesNothingThatAPartitionOfAnyTableLeadsTo(String location) {
        publishNovemberThreeTimes();
        TableId another = TableId.of(PartTables.DATABASE, "zz_reports");
        catalog.put(table(another, bySnapshot(DATA_SET, "X").partitionKeys(), DATA_SET, Map.of()))
                .put(another, (ROOT + location).replace("s3://", "s3a://"), StorageFormat.PARQUET, "2025-11-01");

        assertThat(deleteReplaced())
                .isEqualTo(new ReplacedVersions(
                        List.of(), List.of("IBE_01 of 2025-11-01 (omc_flywheel_test.zz_reports)")));

        assertThat(runsWithFiles()).hasSize(3);
    }

    @Test
    void deletesNothingThatATableWithoutPartitionsLiesOver() {
        publishNovemberThreeTimes();
        catalog.put(table(
                TableId.of(PartTables.DATABASE, "_whole"),
                List.of(),
                DATA_SET,
                parameters("somebody", DATA_SET, "IBE_01")));

        assertThat(deleteReplaced().pointedTo()).containsExactly("IBE_01 of 2025-11-01 (omc_flywheel_test._whole)");
        assertThat(runsWithFiles()).hasSize(3);
    }

    @Test
    void asksTheCatalogOnlyWhenThereIsSomethingToDelete() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");

        assertThat(deleteReplaced()).isEqualTo(new ReplacedVersions(List.of(), List.of()));

        assertThat(catalog.calls()).isEmpty();
    }

    @Test
    void retiresSnapshotsThatNoPartitionLeadsTo() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        catalog.put(TABLE, ROOT + "IBE_01/snapshot_dt=2025-11-01/", StorageFormat.PARQUET, "2025-11-01");

        retire();

        assertThat(lake.manifests()).extracting(Manifest::snapshotDt).containsExactly(NOVEMBER);
        assertThat(runsWithFiles()).containsExactly(run(2).value());
    }

    @Test
    void retiresNothingWhileAPartitionLeadsThere() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        catalog.put(TABLE, ROOT + "IBE_01/snapshot_dt=2025-10-01/", StorageFormat.PARQUET, "2025-10-01");

        assertThatThrownBy(this::retire)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("snapshot 2025-10-01: omc_flywheel_test.part_ibe_01")
                .hasMessageStartingWith(
                        "CONFLICT: snapshots of %s are not to be kept, and tables still read".formatted(ROOT));

        assertThat(lake.manifests()).hasSize(2);
        assertThat(runsWithFiles()).hasSize(2);
    }

    @Test
    void deletesNothingThatATableOfAnotherDatabaseReads() {
        publishNovemberThreeTimes();
        catalog.put(table(TableId.of("somebody", "reports"), List.of(), DATA_SET, Map.of()));

        assertThat(deleteReplaced().pointedTo()).containsExactly("IBE_01 of 2025-11-01 (somebody.reports)");
        assertThat(runsWithFiles()).hasSize(3);
    }

    /** Its readers come by its own location, whatever partitions it has. */
    @Test
    void deletesNothingThatATableWithProjectedPartitionsLiesOver() {
        publishNovemberThreeTimes();
        catalog.put(PartTables.with(bySnapshot(DATA_SET, "IBE_01"), "projection.enabled", "true"));

        assertThat(deleteReplaced().pointedTo())
                .containsExactly("IBE_01 of 2025-11-01 (omc_flywheel_test.part_ibe_01)");
        assertThat(runsWithFiles()).hasSize(3);
    }

    /** Two runs between two preparations: what queries read until now is the version before the last one. */
    @Test
    void keepsWhatWasReadUntilThisRunSwitchedPartitions() {
        publishNovemberThreeTimes();
        catalog.put(TABLE, ROOT + "IBE_01/snapshot_dt=2025-11-01/", StorageFormat.PARQUET, "2025-11-01");

        ReplacedVersions replaced = tidy(tidying -> {
            catalog.put(TABLE, "s3://lake/switched/", StorageFormat.PARQUET, "2025-11-01");
            return tidying.deleteReplaced(lake.manifests());
        });

        assertThat(replaced.pointedTo()).containsExactly("IBE_01 of 2025-11-01 (omc_flywheel_test.part_ibe_01)");
        assertThat(runsWithFiles()).hasSize(3);
        assertThat(deleteReplaced().deleted()).containsExactly("IBE_01 of 2025-11-01");
        assertThat(runsWithFiles()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void deletesNothingWhenTheCatalogDoesNotSayWhoReads(int look) {
        publishNovemberThreeTimes();
        catalog.refuseLook(look);

        assertThatThrownBy(this::deleteReplaced)
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("ACCESS_DENIED: %s: nothing was deleted".formatted(ROOT))
                .hasMessageContaining("glue:GetDatabases on the catalog was refused");
        assertThat(runsWithFiles()).hasSize(3);
    }

    @Test
    void findsOtherReadersOfASnapshotBeforeItsPartitionsAreDropped() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        catalog.put(TABLE, ROOT + "IBE_01/snapshot_dt=2025-10-01/", StorageFormat.PARQUET, "2025-10-01");
        requireNoOtherReaders();

        catalog.put(TABLE, ROOT + "IBE_01/snapshot_dt=2025-10-01/", StorageFormat.PARQUET, "2025-12-01");
        assertThatThrownBy(this::requireNoOtherReaders)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("snapshot 2025-10-01: omc_flywheel_test.part_ibe_01");
    }

    private void requireNoOtherReaders() {
        tidy(tidying -> {
            tidying.requireNoOtherReaders(
                    Retention.of(lake.manifests(), Optional.of(1)).leaving(),
                    List.of(PartTable.of(bySnapshot(DATA_SET, "IBE_01"))));
            return true;
        });
    }

    @Test
    void saysWhichTablesAreNotDescribedByTheNewestRun() {
        PartTable table = PartTable.of(bySnapshot(DATA_SET, "IBE_01"));
        String tables = "omc_flywheel_test.part_ibe_01";
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        assertThat(OutdatedTables.warnings(DATA_SET, List.of(table), lake.manifests()))
                .singleElement()
                .asString()
                .contains("not described by the newest run", tables, "run register-part-tables");

        TableOrigin origin = table.origin();
        PartTable described = new PartTable(
                table.stored(),
                new TableOrigin(origin.job(), origin.dataSet(), origin.folder(), NOVEMBER, run(1), "", "0.1.0"));
        assertThat(OutdatedTables.warnings(DATA_SET, List.of(described), lake.manifests()))
                .isEmpty();
        lake.publish(OCTOBER, 2, 0, "IBE_01", "IBE_02");
        assertThat(OutdatedTables.warnings(DATA_SET, List.of(described), lake.manifests()))
                .singleElement()
                .asString()
                .contains("no table in the catalog that this run prepares: IBE_02; run register-part-tables");
        lake.publish(SnapshotDate.parse("2025-12-01"), 3, 0, "IBE_01");
        assertThat(OutdatedTables.warnings(DATA_SET, List.of(described), lake.manifests()))
                .hasSize(2)
                .first()
                .asString()
                .contains(tables);
    }

    @Test
    void neverLetsTheNewestSnapshotGo() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        List<Manifest> held = lake.manifests();

        assertThat(Retention.of(held, Optional.empty())).isEqualTo(new Retention(held, List.of()));
        assertThat(Retention.of(held, Optional.of(1)).leavingDates()).containsExactly(OCTOBER);
        assertThat(Retention.of(held, Optional.of(2)).leaving()).isEmpty();
        assertThat(Retention.of(held, Optional.of(9)).leaving()).isEmpty();
        assertThatThrownBy(() -> Retention.of(held, Optional.of(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected to keep at least 1 snapshot, got 0");
    }

    @Test
    void holdsEveryDataSetOrNone() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        DataSet other = new DataSet(S3Uri.parse("s3://lake/a_first/"));

        assertThatThrownBy(() -> hold(List.of(DATA_SET, other)))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.MISSING_INPUT))
                .hasMessageContaining("no run of this program has written to s3://lake/a_first/");
        lake.store().put(other.snapshotDateFile(Layout.PARTITIONED).toString(), "x");
        try (HeldDataSets both = hold(List.of(DATA_SET, other))) {
            assertThat(both.all()).hasSize(2);
            assertThat(both.all().keySet()).first().isEqualTo(other);
        }
        try (HeldDataSet somebody = new DataSetPublisher(lake.store(), DATA_SET, PartitionedTarget.clock())
                .hold(PartitionedTarget.holder(4))) {
            somebody.requireHeld();
            assertThatThrownBy(() -> hold(List.of(DATA_SET, other)))
                    .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(FailureKind.BUSY))
                    .hasMessageContaining(ROOT);
        }
        try (HeldDataSets both = hold(List.of(other))) {
            assertThat(both.all()).hasSize(1);
        }
    }

    private HeldDataSets hold(List<DataSet> dataSets) {
        return HeldDataSets.hold(lake.store(), dataSets, PartitionedTarget.holder(5), PartitionedTarget.clock());
    }

    private void publishNovemberThreeTimes() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        lake.publish(NOVEMBER, 3, 0, "IBE_01");
    }

    private ReplacedVersions deleteReplaced() {
        return tidy(tidying -> tidying.deleteReplaced(lake.manifests()));
    }

    private void retire() {
        tidy(tidying -> {
            tidying.retire(Retention.of(lake.manifests(), Optional.of(1)).leaving());
            return true;
        });
    }

    private <T> T tidy(Function<DataSetTidying, T> action) {
        try (HeldDataSet held = lake.hold(8)) {
            return action.apply(DataSetTidying.beforePartitionsChange(
                    "prepare-part-tables", DATA_SET, held, catalog, lake.manifests()));
        }
    }

    private List<String> runsWithFiles() {
        return lake.dataFiles().stream()
                .map(key -> key.replaceFirst(".*-(\\d{8}T\\d{6}Z-[0-9a-f]{8})\\.snappy\\.parquet", "$1"))
                .distinct()
                .sorted()
                .toList();
    }
}
