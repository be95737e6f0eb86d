package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.sequence.jobs.Lake.IDS_SOURCE;
import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.FinishedManifests;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablesplitandpart.AddressableSplitAndPartJob;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots as partitions: infobase-split-and-part and addressable-split-and-part. */
class SplitAndPartJobsTest {
    private static final String[] MAPPING = {
        "ibe_01,customer_user_id,Key,Customer_User_id,",
        "ibe_01,ibe1802,Home value range,IBE1802,1802",
        "ibe_01,ibe2001,Age,IBE2001,2001",
        "miacs_02,miacs_02_017,Spend,MIACS_02_017,17",
    };
    private static final S3Uri TARGET = ROOT.folder("split_part").folder("infobase_attributes");
    private static final S3Uri IDS_TARGET = ROOT.folder("split_part").folder("addressable_ids");
    private static final LocalDate OCTOBER = LocalDate.of(2025, 10, 1);
    private static final LocalDate NOVEMBER = LocalDate.of(2025, 11, 1);

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void startLake() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping(MAPPING);
        lake.generate(GeneratorOptions.defaults()
                .withRows(400)
                .withSnapshots(OCTOBER, NOVEMBER)
                .withMapping(mapping));
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void writesASnapshotBesideTheOthersAndEveryRowOfIt() throws Exception {
        split("SNAPSHOT_DT", "2025-10-01");
        Map<String, String> october = lake.contents(TARGET.folder("IBE_01").folder("snapshot_dt=2025-10-01"));
        split();

        List<Manifest> manifests = finished(TARGET);
        assertThat(manifests)
                .extracting(manifest -> manifest.snapshotDt().toString())
                .containsExactly("2025-10-01", "2025-11-01");
        assertThat(lake.contents(TARGET.folder("IBE_01").folder("snapshot_dt=2025-10-01")))
                .isEqualTo(october);
        try (IndependentReader reader = new IndependentReader()) {
            for (Manifest manifest : manifests) {
                assertThat(manifest.layout()).isEqualTo(Layout.PARTITIONED);
                Path source =
                        lake.files(WIDE_SOURCE.folder(manifest.snapshotDt().folderName()));
                for (TableEntry table : manifest.tables()) {
                    assertThat(table.location())
                            .isEqualTo(
                                    table.folder() + "/" + manifest.snapshotDt().folderName() + "/");
                    assertThat(table.partitionKeys()).containsExactly(new ColumnEntry("snapshot_dt", "date", ""));
                    assertThat(reader.checksum(lake.files(TARGET.resolve(table.location())), table))
                            .isEqualTo(reader.checksum(source, table));
                }
            }
        }
        assertThat(manifests.get(1).table("IBE_01").orElseThrow().columns())
                .extracting(ColumnEntry::comment)
                .containsExactly("Key", "Home value range", "Age");
    }

    @Test
    void refusesOtherPartitionsThanTheSnapshotsBesideItHave() {
        split("SNAPSHOT_DT", "2025-10-01");
        Map<String, String> before = lake.contents(TARGET);

        assertFails(FailureKind.BAD_DATA, () -> split("ID_BUCKETS", "2", "DRY_RUN", "true"))
                .hasMessageContaining(
                        "snapshot 2025-10-01 is partitioned by [snapshot_dt], and this one would be by [snapshot_dt, id_bucket]");
        assertFails(FailureKind.BAD_DATA, () -> split("ID_BUCKETS", "2")).hasMessageContaining("--ID_BUCKETS");
        assertThat(lake.contents(TARGET)).isEqualTo(before);
    }

    /** B17 and B20: nothing is appended, and no folder of a run before stays among those of the table. */
    @Test
    void replacesOneSnapshotWithoutTouchingWhatTheCatalogNames() {
        split("SNAPSHOT_DT", "2025-10-01");
        split();
        Manifest first = finished(TARGET).get(1);
        Map<String, String> before = lake.contents(TARGET.folder("IBE_01").folder("snapshot_dt=2025-11-01"));

        split("FORCE", "true");

        Manifest again = finished(TARGET).get(1);
        TableEntry table = again.table("IBE_01").orElseThrow();
        assertThat(table.location()).isEqualTo("IBE_01/_snapshot_2025-11-01_run_" + again.runId() + "/");
        assertThat(again.superseded()).hasSize(2).allSatisfy(version -> assertThat(version.replacedBy())
                .isEqualTo(again.runId()));
        assertThat(lake.contents(TARGET.folder("IBE_01").folder("snapshot_dt=2025-11-01")))
                .isEqualTo(before);
        assertThat(finished(TARGET).get(0).runId()).isNotEqualTo(first.runId());
    }

    @Test
    void placesRowsInTheIdBucketsOfTheirKeysByASecondHash() throws Exception {
        split("ID_BUCKETS", "4");

        TableEntry table = finished(TARGET).get(0).table("IBE_01").orElseThrow();
        assertThat(table.bucketing()).isEqualTo(new Bucketing("customer_user_id", 4, Bucketing.XXHASH64));
        assertThat(table.partitionKeys()).extracting(ColumnEntry::name).containsExactly("snapshot_dt", "id_bucket");
        assertThat(table.files())
                .extracting(FileEntry::key)
                .allMatch(key -> key.matches("IBE_01/snapshot_dt=2025-11-01/id_bucket=[0-3]/part-[^/]+[.]parquet"));
        assertThat(table.files()).hasSize(4).allMatch(file -> file.firstBucket() == file.lastBucket());
        assertThat(table.rows()).isEqualTo(400);
        Path source = lake.files(WIDE_SOURCE.folder("snapshot_dt=2025-11-01"));
        try (IndependentReader reader = new IndependentReader()) {
            Path everyBucket = lake.files(TARGET.resolve(table.location())).resolve("*");
            assertThat(reader.checksum(everyBucket, table)).isEqualTo(reader.checksum(source, table));
        }
    }

    @Test
    void saysThatASnapshotIsPublishedAlready() {
        split("SNAPSHOT_DT", "2025-10-01");
        split();

        assertThat(split("SNAPSHOT_DT", "2025-10-01").render())
                .startsWith("already published: snapshot 2025-10-01 is in " + TARGET);
    }

    @Test
    void refusesASnapshotThatLacksAColumnOfTheOneBeforeUnlessItIsTold() throws Exception {
        split("SNAPSHOT_DT", "2025-10-01");
        lake.mapping(MAPPING[0], MAPPING[1], MAPPING[3]);
        Map<String, String> before = lake.contents(TARGET);

        assertFails(FailureKind.BAD_DATA, () -> split()).hasMessageContaining("ibe2001");
        assertThat(lake.contents(TARGET)).isEqualTo(before);

        split("ALLOW_DROPPED_COLUMNS", "true");

        assertThat(finished(TARGET)).hasSize(2);
    }

    @Test
    void refusesASnapshotWithAColumnOfAnotherTypeAndNamesBoth() throws Exception {
        split("SNAPSHOT_DT", "2025-10-01");
        String october =
                lake.files(WIDE_SOURCE.folder("snapshot_dt=2025-10-01")).toString();
        Path november = lake.files(WIDE_SOURCE.folder("snapshot_dt=2025-11-01"));
        try (IndependentReader reader = new IndependentReader()) {
            reader.execute(
                    "COPY (SELECT * REPLACE (DATE '2000-01-01' AS \"IBE2001\") FROM read_parquet('%s/*.parquet', hive_partitioning = false)) TO '%s'"
                            .formatted(october, november.resolve("replaced.parquet")));
        }
        for (String file : lake.store().list(WIDE_SOURCE.folder("snapshot_dt=2025-11-01")).stream()
                .map(object -> object.uri().name())
                .filter(name -> name.startsWith("part-"))
                .toList()) {
            Files.delete(november.resolve(file));
        }
        lake.adoptFiles();

        assertFails(FailureKind.BAD_DATA, () -> split())
                .hasMessageContaining("IBE_01.ibe2001 is date in snapshot 2025-11-01 and ")
                .hasMessageContaining(" in snapshot 2025-10-01");
        assertThat(finished(TARGET)).hasSize(1);
    }

    /** D1: 100 columns and a partition column are 101 on the allowlist; none of them is dropped. */
    @Test
    void warnsOfColumnsThatDoNotFitOnTheAllowlistAndFailsWhenItIsStrict() {
        assertFails(FailureKind.BAD_DATA, () -> split("MAX_COLS", "3", "STRICT_COLUMN_BUDGET", "true"))
                .hasMessageContaining("table IBE_01 has 3 columns and 1 partition columns (snapshot_dt)");

        assertThat(split("MAX_COLS", "3").render()).contains("warning: table IBE_01 has 3 columns", "ibe2001");
        assertThat(finished(TARGET).get(0).table("IBE_01").orElseThrow().columnBudget())
                .contains("ibe2001");
    }

    @Test
    void writesTheAddressableIdsDirectlyUnderTheirTarget() throws Exception {
        S3Uri csv = ROOT.folder("mapping").file("ids.csv");
        lake.store()
                .write(
                        csv,
                        Files.readAllBytes(Lake.HOME.resolve(
                                "test-data/mapping/omc_flywheel_addressable_ids_table_split_part.csv")),
                        "text/csv");
        Map<String, String> arguments = Map.of(
                "SOURCE_PATH",
                IDS_SOURCE.toString(),
                "TARGET_PATH",
                IDS_TARGET.toString(),
                "CSV_FILE",
                csv.toString(),
                "ALLOW_DROPPED_COLUMNS",
                "true");

        lake.run(AddressableSplitAndPartJob.DEFINITION, arguments);

        TableEntry table = finished(IDS_TARGET).get(0).table("addressable_ids").orElseThrow();
        assertThat(table.location()).isEqualTo("snapshot_dt=2025-11-01/");
        assertThat(table.columns().get(1))
                .isEqualTo(new ColumnEntry("match_level_code", "string", "Level at which the person was matched"));
        assertThat(table.source().droppedColumns()).containsExactly("load_batch_number");
        Path source = lake.files(IDS_SOURCE.folder("snapshot_dt=2025-11-01"));
        try (IndependentReader reader = new IndependentReader()) {
            assertThat(reader.checksum(lake.files(IDS_TARGET.folder("snapshot_dt=2025-11-01")), table))
                    .isEqualTo(reader.checksum(source, table));
        }
    }

    private JobSummary split(String... namesAndValues) {
        Map<String, String> arguments = Lake.splitArguments(namesAndValues);
        arguments.put("TARGET_PATH", TARGET.toString());
        return lake.run(InfobaseSplitAndPartJob.DEFINITION, arguments);
    }

    private List<Manifest> finished(S3Uri target) {
        return FinishedManifests.of(lake.store(), new DataSet(target));
    }
}
