package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.createathenabucketedtables.CreateAthenaBucketedTablesJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesJob;
import com.omc.flywheel.jobs.registerparttables.RegisterPartTablesJob;
import com.omc.flywheel.jobs.registerstagedtables.RegisterStagedTablesJob;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the README's "Migrating from existing tables", on files and tables that another tool left. */
class MigrationTest {
    private static final S3Uri PART = ROOT.folder("split_part").folder("infobase_attributes");
    private static final S3Uri BASE = ROOT.folder("bucketed");
    private static final CatalogColumn KEY = new CatalogColumn("customer_user_id", "string", "");
    private static final CatalogColumn SNAPSHOT = new CatalogColumn("snapshot_dt", "date", "");

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void startLake() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping(
                "ibe_01,customer_user_id,Key,Customer_User_id,", "ibe_01,ibe1802,Home value range,IBE1802,1802");
        lake.generate(GeneratorOptions.defaults().withRows(200).withMapping(mapping));
        lake.catalog().createDatabase(new CatalogName("lake"));
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void takesOverClusteredFilesAndTheTablesOverThem() {
        S3Uri foreign = WIDE_TARGET.folder("IBE_01").file("old.parquet");
        put(foreign);
        create("ext_ibe_01", WIDE_TARGET.folder("IBE_01"), List.of());
        create("bucketed_ibe_01", ROOT.folder("old_bucketed"), List.of());
        put(ROOT.folder("old_bucketed").file("old.parquet"));
        Map<String, String> before = lake.contents(ROOT);

        assertFails(FailureKind.CONFLICT, () -> lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments()))
                .hasMessageContaining("old.parquet")
                .hasMessageContaining("--TAKE_OVER true");
        assertThat(lake.contents(ROOT)).isEqualTo(before);
        lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments("TAKE_OVER", "true"));
        assertThat(lake.store().exists(foreign)).isFalse();

        assertFails(FailureKind.CONFLICT, () -> registerStaged("false"))
                .hasMessageContaining("lake.ext_ibe_01 is there already and was not made by this program")
                .hasMessageContaining("--TAKE_OVER true");
        registerStaged("true");
        StoredTable staged = lake.table("lake.ext_ibe_01");
        assertThat(staged.columns()).extracting(CatalogColumn::name).containsExactly("customer_user_id", "ibe1802");
        assertThat(staged.parameters()).containsEntry("owner_of_grants", "somebody");

        assertFails(FailureKind.CONFLICT, () -> createBucketed("false"))
                .hasMessageContaining("lake.bucketed_ibe_01 is there already");
        createBucketed("true");
        assertThat(lake.table("lake.bucketed_ibe_01").location()).startsWith(BASE.toString());
        assertThat(lake.store().exists(ROOT.folder("old_bucketed").file("old.parquet")))
                .isTrue();
    }

    @Test
    void takesOverATimeSeriesSnapshotBySnapshot() {
        S3Uri folder = PART.folder("IBE_01");
        S3Uri foreign = folder.folder("snapshot_dt=2025-11-01").file("old.parquet");
        put(foreign);
        put(folder.folder("snapshot_dt=2025-06-01").file("old.parquet"));
        create("part_ibe_01", folder, List.of(SNAPSHOT));
        TableId table = TableId.of("lake", "part_ibe_01");
        lake.catalog()
                .createPartitions(
                        table,
                        List.of(
                                partition("2025-06-01", folder.folder("snapshot_dt=2025-06-01")),
                                partition("2025-11-01", folder.folder("snapshot_dt=2025-11-01"))));

        assertFails(FailureKind.CONFLICT, () -> splitIntoParts("false")).hasMessageContaining("old.parquet");
        splitIntoParts("true");
        assertThat(lake.store().exists(foreign)).isTrue();

        assertFails(FailureKind.CONFLICT, () -> registerParts("false")).hasMessageContaining("--TAKE_OVER true");
        registerParts("true");
        String summary = prepare();

        assertThat(summary).contains("2025-06-01");
        assertThat(lake.catalog().partitions(table))
                .extracting(
                        StoredPartition::values,
                        partition -> partition.location().contains("_snapshot_2025-11-01_run_"))
                .containsExactlyInAnyOrder(tuple(List.of("2025-06-01"), false), tuple(List.of("2025-11-01"), true));
        assertThat(lake.table("lake.part_ibe_01").parameters()).containsEntry("owner_of_grants", "somebody");
    }

    @Test
    void refusesATimeSeriesOfOtherPartitions() {
        create("part_ibe_01", PART.folder("IBE_01"), List.of(new CatalogColumn("id_bucket", "int", "")));
        splitIntoParts("false");

        assertFails(FailureKind.CONFLICT, () -> registerParts("true"))
                .hasMessageContaining("part_ibe_01")
                .hasMessageContaining("id_bucket");
    }

    private void put(S3Uri object) {
        lake.store().write(object, "PAR1".getBytes(StandardCharsets.UTF_8), "application/octet-stream");
    }

    private void create(String name, S3Uri location, List<CatalogColumn> partitionKeys) {
        lake.catalog()
                .create(
                        TableId.of("lake", name),
                        new TableDefinition(
                                "made by a script",
                                List.of(KEY),
                                partitionKeys,
                                location,
                                Optional.empty(),
                                Map.of("owner_of_grants", "somebody")));
    }

    private static PartitionDefinition partition(String day, S3Uri location) {
        return new PartitionDefinition(List.of(day), location, List.of(KEY));
    }

    private void registerStaged(String takeOver) {
        lake.run(
                RegisterStagedTablesJob.DEFINITION,
                Map.of("DATABASE", "lake", "S3_ROOT", WIDE_TARGET.toString(), "TAKE_OVER", takeOver));
    }

    private void createBucketed(String takeOver) {
        lake.run(
                CreateAthenaBucketedTablesJob.DEFINITION,
                Map.of(
                        "ENGINE", "spark",
                        "STAGED_DB", "lake",
                        "FINAL_DB", "lake",
                        "BUCKETED_BASE", BASE.toString(),
                        "BUCKET_COUNT", "2",
                        "TAKE_OVER", takeOver));
    }

    private void splitIntoParts(String takeOver) {
        lake.run(
                InfobaseSplitAndPartJob.DEFINITION,
                splitArguments("TARGET_PATH", PART.toString(), "TAKE_OVER", takeOver));
    }

    private void registerParts(String takeOver) {
        lake.run(
                RegisterPartTablesJob.DEFINITION,
                Map.of("STAGED_DB", "lake", "SOURCE_PATH", PART.toString(), "TAKE_OVER", takeOver));
    }

    private String prepare() {
        return lake.run(PreparePartTablesJob.DEFINITION, Map.of("DATABASE", "lake", "REPAIR", "catalog"))
                .render();
    }
}
