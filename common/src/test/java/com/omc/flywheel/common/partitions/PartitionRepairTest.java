package com.omc.flywheel.common.partitions;

import static com.omc.flywheel.common.partitions.PartTables.byBucket;
import static com.omc.flywheel.common.partitions.PartTables.bySnapshot;
import static com.omc.flywheel.common.partitions.PartTables.id;
import static com.omc.flywheel.common.publish.PartitionedTarget.DATA_SET;
import static com.omc.flywheel.common.publish.PartitionedTarget.NOVEMBER;
import static com.omc.flywheel.common.publish.PartitionedTarget.OCTOBER;
import static com.omc.flywheel.common.publish.PartitionedTarget.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.parallel.TablesInParallel;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.PartitionedTarget;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionRepairTest {
    private static final TableId TABLE = id("IBE_01");
    private static final String ROOT = DATA_SET.root().toString();

    private final PartitionedTarget lake = new PartitionedTarget();
    private final ListedCatalog catalog = new ListedCatalog(PartTables.DATABASE).put(bySnapshot(DATA_SET, "IBE_01"));
    private final List<Duration> waits = new ArrayList<>();

    /** Defect D9: the catalog is asked for partitions and nothing else, and for nothing that it does not give. */
    @Test
    void registersEverySnapshotAndIsDoneTheSecondTime() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");

        assertThat(repair())
                .isEqualTo(new RepairedTable("part_ibe_01", 2, 2, 0, List.of(), List.of(), 0, 40, List.of()));

        assertThat(catalog.locations(TABLE))
                .containsEntry("2025-10-01", ROOT + "IBE_01/snapshot_dt=2025-10-01/")
                .containsEntry("2025-11-01", ROOT + "IBE_01/snapshot_dt=2025-11-01/")
                .hasSize(2);
        assertThat(catalog.columns(TABLE, "2025-11-01"))
                .containsExactly("customer_user_id string", "ibe1802 decimal(10,2)");
        assertThat(catalog.calls())
                .containsExactly("partitions part_ibe_01", "create 2 in part_ibe_01", "partitions part_ibe_01");
        assertThat(repair())
                .isEqualTo(new RepairedTable("part_ibe_01", 2, 0, 0, List.of(), List.of(), 0, 40, List.of()));
        assertThat(catalog.calls()).hasSize(4);
        assertThat(waits).isEmpty();
    }

    @Test
    void switchesASnapshotThatWasWrittenAgain() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        repair();
        lake.publish(NOVEMBER, 2, 0, "IBE_01");

        assertThat(repair())
                .isEqualTo(new RepairedTable("part_ibe_01", 1, 0, 1, List.of(), List.of(), 0, 20, List.of()));

        assertThat(catalog.locations(TABLE))
                .containsEntry("2025-11-01", ROOT + "IBE_01/_snapshot_2025-11-01_run_%s/".formatted(run(2)));
    }

    /** Defect B21: more than 1,000 folders, of which one page was read. */
    @Test
    void registersMoreBucketsThanAPageHolds() {
        catalog.put(byBucket(DATA_SET, "IBE_01"));
        lake.publish(NOVEMBER, 1, 1_001, "IBE_01");

        assertThat(repair().added()).isEqualTo(1_001);

        assertThat(catalog.locations(TABLE))
                .hasSize(1_001)
                .containsEntry("2025-11-01/1000", ROOT + "IBE_01/snapshot_dt=2025-11-01/id_bucket=1000/");
    }

    /** Defect B20: after fewer buckets than before, the others stayed and their rows were read twice. */
    @Test
    void dropsBucketsOfTheVersionThatWasReplaced() {
        catalog.put(byBucket(DATA_SET, "IBE_01"));
        lake.publish(NOVEMBER, 1, 4, "IBE_01");
        repair();
        lake.publish(NOVEMBER, 2, 2, "IBE_01");

        RepairedTable done = repair();

        assertThat(done.replaced())
                .containsExactly("snapshot_dt=2025-11-01/id_bucket=2", "snapshot_dt=2025-11-01/id_bucket=3");
        assertThat(done.switched()).isEqualTo(2);
        assertThat(done.dropped()).isEqualTo(2);
        assertThat(done.stale()).isEmpty();
        assertThat(done.warnings()).isEmpty();
        assertThat(catalog.locations(TABLE)).containsOnlyKeys("2025-11-01/0", "2025-11-01/1");
        assertThat(lake.dataFiles()).hasSize(6);
    }

    @Test
    void namesOtherBucketsThatNobodyWantsAndDropsThemWhenItIsTold() {
        catalog.put(byBucket(DATA_SET, "IBE_01"));
        lake.publish(NOVEMBER, 1, 2, "IBE_01");
        catalog.put(TABLE, "s3://lake/elsewhere/", StorageFormat.PARQUET, "2025-11-01", "2");

        RepairedTable kept = repair();
        assertThat(kept.stale()).containsExactly("snapshot_dt=2025-11-01/id_bucket=2");
        assertThat(kept.dropped()).isZero();
        assertThat(kept.replaced()).isEmpty();
        assertThat(kept.warnings())
                .singleElement()
                .asString()
                .contains("whose rows readers may see twice", "--DROP_STALE true takes them out");
        assertThat(catalog.locations(TABLE)).hasSize(3);

        RepairedTable dropped = repair(Optional.empty(), true, Set.of());
        assertThat(dropped.dropped()).isEqualTo(1);
        assertThat(dropped.stale()).isEmpty();
        assertThat(catalog.locations(TABLE)).containsOnlyKeys("2025-11-01/0", "2025-11-01/1");
    }

    /** A statement may take an hour: whether the data set is still held is asked right before each change. */
    @Test
    void changesNothingOnceAnotherRunHasTakenOver() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.put(TABLE, ROOT + "IBE_01/", StorageFormat.PARQUET, "2024-01-01");
        List<Integer> asked = new ArrayList<>();
        for (int allowed = 0; allowed < 3; allowed++) {
            int before = allowed;
            asked.clear();
            PartitionRepair late = new PartitionRepair(
                    lake.store(),
                    catalog,
                    Optional.of(table -> {}),
                    true,
                    () -> {
                        asked.add(1);
                        if (asked.size() > before) {
                            throw new JobFailure(FailureKind.CONFLICT, "another run has taken over");
                        }
                    },
                    waits::add);

            assertThatThrownBy(() -> late.repair(table(), lake.manifests(), Set.of()))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining("another run has taken over");
            assertThat(catalog.calls()).noneMatch(call -> call.startsWith("delete"));
            assertThat(catalog.locations(TABLE)).hasSize(allowed < 2 ? 1 : 2);
            assertThatThrownBy(() -> late.drop(table(), Set.of(SnapshotDate.parse("2024-01-01"))))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining("another run has taken over");
        }
    }

    /** It would register the folders of snapshots that are half deleted. */
    @Test
    void runsNoStatementWhileSnapshotsAreLeaving() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        List<TableId> asked = new ArrayList<>();

        repair(Optional.of(asked::add), false, Set.of(OCTOBER));

        assertThat(asked).isEmpty();
        assertThat(catalog.locations(TABLE)).containsOnlyKeys("2025-11-01");
    }

    /** Defect B33: partitions were registered that S3 did not have. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void registersNothingOfASnapshotWhoseFilesAreNotAllThere(boolean withStatement) {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        Manifest november = lake.publish(NOVEMBER, 2, 0, "IBE_01");
        String lost =
                ROOT + november.table("IBE_01").orElseThrow().files().get(1).key();
        lake.store().delete(List.of(S3Uri.parse(lost)));
        List<TableId> asked = new ArrayList<>();
        Optional<Consumer<TableId>> statement = withStatement ? Optional.of(asked::add) : Optional.empty();

        assertThatThrownBy(() -> repair(statement, true, Set.of()))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith(
                        "CONFLICT: omc_flywheel_test.part_ibe_01: files are not as the manifests in " + ROOT)
                .hasMessageContaining(
                        "snapshot 2025-11-01: 1 of 2 files of the manifest are not there or of another size: " + lost);

        assertThat(catalog.locations(TABLE)).containsOnlyKeys("2025-10-01");
        assertThat(asked).isEmpty();
    }

    @Test
    void registersNothingOfASnapshotWhoseFilesAreOfAnotherSize() {
        FileEntry file = lake.publish(NOVEMBER, 1, 0, "IBE_01")
                .table("IBE_01")
                .orElseThrow()
                .files()
                .get(0);
        lake.store().put(ROOT + file.key(), "cut off");

        assertThatThrownBy(this::repair)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("are not there or of another size: " + ROOT + file.key());
        assertThat(catalog.locations(TABLE)).isEmpty();
    }

    @Test
    void registersNothingOfASnapshotWithFilesThatNobodyKnows() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        String foreign = ROOT + "IBE_01/snapshot_dt=2025-11-01/part-of-another-tool.parquet";
        lake.store().put(foreign, "x").put(ROOT + "IBE_01/snapshot_dt=2025-11-01/_SUCCESS", "");

        assertThatThrownBy(this::repair)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining(
                        "snapshot 2025-11-01: readers would see 1 files that the manifest does not name: " + foreign);
        assertThat(catalog.locations(TABLE)).isEmpty();
    }

    /** A partition of a snapshot that is not whole is no partition that nobody wants. */
    @Test
    void leavesThePartitionsOfASnapshotThatIsNotWholeAlone() {
        Manifest november = lake.publish(NOVEMBER, 1, 0, "IBE_01");
        repair();
        lake.store()
                .delete(List.of(DATA_SET.root()
                        .resolve(november.table("IBE_01")
                                .orElseThrow()
                                .files()
                                .get(0)
                                .key())));

        assertThatThrownBy(() -> repair(Optional.empty(), true, Set.of()))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("files are not as the manifests");
        assertThat(catalog.locations(TABLE)).containsOnlyKeys("2025-11-01");
    }

    /** Defect B13: what the catalog refused was counted as created. */
    @Test
    void namesEveryPartitionThatTheCatalogRefuses() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        catalog.refuse("ResourceNumberLimitExceededException", "2025-11-01");

        assertThatThrownBy(this::repair)
                .isInstanceOf(JobFailure.class)
                .hasMessage(
                        "CONFLICT: omc_flywheel_test.part_ibe_01: 1 partitions were not created or switched: snapshot_dt=2025-11-01 (ResourceNumberLimitExceededException: says the catalog); mend the cause, then start the job again");
    }

    /** Defect B13. */
    @Test
    void namesTwentyOfManyAndCallsFaultsOfTheServiceWorthRetrying() {
        catalog.put(byBucket(DATA_SET, "IBE_01"));
        lake.publish(NOVEMBER, 1, 25, "IBE_01");
        for (int bucket = 0; bucket < 25; bucket++) {
            catalog.refuse("InternalServiceException", "2025-11-01", "" + bucket);
        }

        assertThatThrownBy(this::repair)
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE))
                .hasMessageContaining(
                        "25 partitions were not created or switched: snapshot_dt=2025-11-01/id_bucket=0 (")
                .hasMessageContaining(" and 5 more; mend");
    }

    /** Defect B13: one that somebody else created meanwhile is right when its location is, and is not ours to count. */
    @Test
    void takesAPartitionThatIsThereAlreadyForDoneOnceItIsWhereItShouldBe() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.beBehind(TABLE, 1)
                .put(TABLE, ROOT + "IBE_01/snapshot_dt=2025-11-01", StorageFormat.PARQUET, "2025-11-01");

        RepairedTable done = repair();

        assertThat(done.added()).isZero();
        assertThat(done.switched()).isZero();
        assertThat(catalog.calls())
                .containsExactly("partitions part_ibe_01", "create 1 in part_ibe_01", "partitions part_ibe_01");
    }

    @Test
    void switchesAPartitionThatSomebodyCreatedElsewhereMeanwhile() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.beBehind(TABLE, 1).put(TABLE, "s3://lake/elsewhere/", StorageFormat.PARQUET, "2025-11-01");

        assertThat(repair().switched()).isEqualTo(1);

        assertThat(catalog.locations(TABLE)).containsEntry("2025-11-01", ROOT + "IBE_01/snapshot_dt=2025-11-01/");
    }

    /** Defect D11: right after a change the catalog may answer as before. */
    @Test
    void looksAgainWhileTheCatalogIsBehindTheTimes() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.beBehind(TABLE, 5);

        assertThat(repair().added()).isEqualTo(1);

        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    /** Defects D11 and B14: a catalog that never shows a change is a failure after a bounded time. */
    @Test
    void failsWhenTheCatalogNeverShowsTheChange() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.beBehind(TABLE, Integer.MAX_VALUE);

        assertThatThrownBy(this::repair)
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith(
                        "CONFLICT: omc_flywheel_test.part_ibe_01: the catalog took the changes and does not show them: missing snapshot_dt=2025-11-01; elsewhere none; not dropped none");
        assertThat(waits).hasSize(4);
    }

    @Test
    void asksTheEngineFirstAndPutsRightWhatItFound() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");

        RepairedTable done = repair(
                Optional.of(table -> catalog.put(
                        table, ROOT + "IBE_01/snapshot_dt=2025-11-01", StorageFormat.PARQUET, "2025-11-01")),
                false,
                Set.of());

        assertThat(done.switched()).isEqualTo(1);
        assertThat(catalog.locations(TABLE).get("2025-11-01")).contains("_run_" + run(2));
    }

    /** Defect B12: without a TableType the statement fails with a NullPointerException, and nothing was prepared. */
    @Test
    void keepsThePartitionsThroughTheCatalogWhereTheEngineFails() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");

        RepairedTable done = repair(
                Optional.of(table -> {
                    throw new JobFailure(FailureKind.BAD_DATA, "FAILED: NullPointerException Name is null");
                }),
                false,
                Set.of());

        assertThat(done.added()).isEqualTo(1);
        assertThat(done.warnings())
                .containsExactly(
                        "omc_flywheel_test.part_ibe_01 was not repaired by the query engine, its partitions are kept through the catalog alone: BAD_DATA: FAILED: NullPointerException Name is null");
    }

    /** Defect B20: the statement finds the folders of a version that had more buckets. */
    @Test
    void takesOutAgainWhatTheEngineAddedAndNobodyWants() {
        catalog.put(byBucket(DATA_SET, "IBE_01"));
        lake.publish(NOVEMBER, 1, 4, "IBE_01");
        lake.publish(NOVEMBER, 2, 2, "IBE_01");
        catalog.put(TABLE, "s3://lake/older/", StorageFormat.PARQUET, "2024-01-01", "0");

        RepairedTable done = repair(
                Optional.of(table -> {
                    for (int bucket = 0; bucket < 4; bucket++) {
                        String folder = ROOT + "IBE_01/snapshot_dt=2025-11-01/id_bucket=" + bucket;
                        catalog.put(table, folder, StorageFormat.PARQUET, "2025-11-01", "" + bucket);
                    }
                }),
                false,
                Set.of());

        assertThat(catalog.locations(TABLE)).containsOnlyKeys("2024-01-01/0", "2025-11-01/0", "2025-11-01/1");
        assertThat(done.dropped()).isEqualTo(2);
        assertThat(done.stale()).containsExactly("snapshot_dt=2024-01-01/id_bucket=0");
    }

    @Test
    void leavesSnapshotsAloneThatAreAboutToGoEvenIfTheirFilesAreGone() {
        Manifest october = lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        lake.store()
                .delete(List.of(DATA_SET.root()
                        .resolve(october.table("IBE_01")
                                .orElseThrow()
                                .files()
                                .get(0)
                                .key())));
        catalog.put(TABLE, "s3://lake/old/", StorageFormat.PARQUET, "2025-10-01");

        assertThat(repair(Optional.empty(), true, Set.of(OCTOBER)))
                .isEqualTo(new RepairedTable("part_ibe_01", 1, 1, 0, List.of(), List.of(), 0, 20, List.of()));
        assertThat(catalog.locations(TABLE)).containsOnlyKeys("2025-10-01", "2025-11-01");
    }

    @Test
    void dropsSnapshotsAndMakesSureThatTheyAreOut() {
        lake.publish(OCTOBER, 1, 0, "IBE_01");
        lake.publish(NOVEMBER, 2, 0, "IBE_01");
        repair();
        catalog.beBehind(TABLE, 3);

        assertThat(repairing(Optional.empty(), false).drop(table(), Set.of(OCTOBER)))
                .isEqualTo(1);

        assertThat(catalog.locations(TABLE)).containsOnlyKeys("2025-11-01");
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
        catalog.beBehind(TABLE, 0).put(TABLE, "s3://lake/old/", StorageFormat.PARQUET, "2025-10-01");
        catalog.beBehind(TABLE, Integer.MAX_VALUE);
        assertThatThrownBy(() -> repairing(Optional.empty(), false).drop(table(), Set.of(OCTOBER)))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining(
                        "these partitions were dropped and are there still: snapshot_dt=2025-10-01; no file of theirs was deleted");
    }

    @Test
    void refusesSnapshotsThatLieByOtherKeysThanTheTable() {
        lake.publish(NOVEMBER, 1, 4, "IBE_01");

        assertThatThrownBy(this::repair)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining(
                        "omc_flywheel_test.part_ibe_01 is partitioned by snapshot_dt, and snapshots in %s are not: 2025-11-01 by snapshot_dt, id_bucket"
                                .formatted(ROOT));
        assertThat(catalog.calls()).isEmpty();
    }

    @Test
    void refusesToDropWhatTheCatalogKeeps() {
        lake.publish(NOVEMBER, 1, 0, "IBE_01");
        catalog.put(TABLE, "s3://lake/old/", StorageFormat.PARQUET, "2024-01-01")
                .refuse("GlueEncryptionException", "2024-01-01");

        assertThatThrownBy(() -> repair(Optional.empty(), true, Set.of()))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining(
                        "1 partitions were not dropped: snapshot_dt=2024-01-01 (GlueEncryptionException: says the catalog)");
    }

    /** Several tables at a time, and never more than asked for. */
    @Test
    void worksOnAsManyTablesAtATimeAsItIsTold() {
        List<PartTable> tables = new ArrayList<>();
        String[] folders = {"IBE_01", "IBE_02", "IBE_03", "IBE_04", "IBE_05", "IBE_06", "IBE_07", "IBE_08", "IBE_09"};
        for (String folder : folders) {
            catalog.put(bySnapshot(DATA_SET, folder));
            tables.add(PartTable.of(bySnapshot(DATA_SET, folder)));
        }
        lake.publish(NOVEMBER, 1, 0, folders);
        List<Manifest> manifests = lake.manifests();
        // Each look waits for two others; every table looks twice.
        CyclicBarrier three = new CyclicBarrier(3);
        catalog.duringLook(() -> {
            try {
                three.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        List<RepairedTable> done = new TablesInParallel(3, "the others are prepared")
                .run(tables, table -> table.id().toString(), table -> repairing(Optional.empty(), false)
                        .repair(table, manifests, Set.of()));

        assertThat(done).hasSize(9).allMatch(table -> table.added() == 1);
        assertThat(catalog.peak()).isEqualTo(3);
    }

    private RepairedTable repair() {
        return repair(Optional.empty(), false, Set.of());
    }

    private RepairedTable repair(Optional<Consumer<TableId>> statement, boolean dropStale, Set<SnapshotDate> leaving) {
        return repairing(statement, dropStale).repair(table(), lake.manifests(), leaving);
    }

    private PartTable table() {
        return PartTable.of(catalog.find(TABLE).orElseThrow());
    }

    private PartitionRepair repairing(Optional<Consumer<TableId>> statement, boolean dropStale) {
        return new PartitionRepair(lake.store(), catalog, statement, dropStale, () -> {}, waits::add);
    }
}
