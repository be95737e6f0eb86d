package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.WIDE_SOURCE;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.sequence.jobs.RecordingProxy.Request;
import com.omc.flywheel.testdata.Fault;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfobaseSplitAndBucketJobTest {
    private static final String[] MAPPING = {
        "ibe_01,ibe1802,\"Home value range,IBE1802,1802",
        "ibe_01,customer_user_id,Key,Customer_User_id,",
        "ibe_01,ibe2001,Age,IBE2001,2001",
        "ibe_04_b,ibe8001,Without a key row,IBE8001,8001",
        "ibe_04_b,ibe8002,Car,IBE8002,8002",
        "miacs_02,Customer_User_Id,Key,Customer_User_id,",
        "miacs_02,miacs_02_017,Spend,MIACS_02_017,17",
        "miacs_02,miacs_02_018,Spend,MIACS_02_018,18",
        "miacs_02,miacs_02_019,Spend,MIACS_02_019,19",
    };

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void startLake() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping(MAPPING);
        lake.generate(GeneratorOptions.defaults().withRows(1_500).withMapping(mapping));
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void cutsTheNewestSnapshotIntoItsTablesWithEveryRowInItsPlace() throws Exception {
        run("TARGET_FILE_MB", "0.01", "BUCKET_COUNT", "16");

        Manifest manifest = lake.manifest(WIDE_TARGET);
        assertThat(manifest.snapshotDt()).hasToString("2025-11-01");
        assertThat(manifest.tables()).extracting(TableEntry::folder).containsExactly("IBE_01", "IBE_04_B", "MIACS_02");
        assertThat(columns(manifest, "IBE_01")).containsExactly("customer_user_id", "ibe1802", "ibe2001");
        assertThat(columns(manifest, "IBE_04_B")).containsExactly("customer_user_id", "ibe8001", "ibe8002");
        assertThat(columns(manifest, "MIACS_02"))
                .containsExactly("customer_user_id", "miacs_02_017", "miacs_02_018", "miacs_02_019");
        try (IndependentReader reader = new IndependentReader()) {
            Path source = lake.files(WIDE_SOURCE.folder("snapshot_dt=2025-11-01"));
            for (TableEntry table : manifest.tables()) {
                Path folder = lake.files(WIDE_TARGET.folder(table.folder()));
                assertThat(table.files()).as(table.folder()).hasSizeBetween(2, 16);
                assertThat(table.rows()).as(table.folder()).isEqualTo(1_500);
                assertThat(reader.columnNames(folder)).isEqualTo(columns(manifest, table.folder()));
                assertThat(reader.checksum(folder, table)).isEqualTo(reader.checksum(source, table));
                assertThat(reader.types(folder, table)).isEqualTo(reader.types(source, table));
                assertThat(reader.misplacedRows(lake.files(WIDE_TARGET), table)).isEmpty();
            }
        }
    }

    @Test
    void writesOneFileForASmallTable() {
        run();

        assertThat(lake.manifest(WIDE_TARGET).tables())
                .allSatisfy(table -> assertThat(table.files()).hasSize(1));
    }

    @Test
    void writesNoMoreFilesThanThereAreBuckets() {
        run("TARGET_FILE_MB", "0.0001", "BUCKET_COUNT", "4");

        assertThat(lake.manifest(WIDE_TARGET).tables())
                .allSatisfy(table -> assertThat(table.files()).hasSize(4));
    }

    @Test
    void saysInTheManifestExactlyWhatTheStoreHolds() {
        run("TARGET_FILE_MB", "0.01");

        Manifest manifest = lake.manifest(WIDE_TARGET);
        List<Tuple> named = manifest.tables().stream()
                .flatMap(table -> table.files().stream())
                .map(file -> tuple(WIDE_TARGET.resolve(file.key()), file.bytes(), file.etag()))
                .toList();
        List<StoredObject> stored = lake.store().list(WIDE_TARGET).stream()
                .filter(object -> object.uri().key().endsWith(".parquet"))
                .toList();
        assertThat(stored)
                .extracting(StoredObject::uri, StoredObject::bytes, StoredObject::etag)
                .containsExactlyInAnyOrderElementsOf(named);
        assertThat(lake.store().pendingUploads(Lake.ROOT)).isEmpty();
    }

    @Test
    void leavesNothingOfItsOwnInATablesFolder() {
        run();

        for (TableEntry table : lake.manifest(WIDE_TARGET).tables()) {
            assertThat(lake.store().list(WIDE_TARGET.folder(table.folder())))
                    .extracting(object -> WIDE_TARGET.relativize(object.uri()))
                    .containsExactlyElementsOf(
                            table.files().stream().map(FileEntry::key).toList());
        }
    }

    @Test
    void writesTheSnapshotsDateForReadersThatKnowNoManifest() {
        run("SNAPSHOT_DT", "2025-10-01");

        S3Uri date = WIDE_TARGET.folder("metadata").file("snapshot_dt.txt");
        assertThat(new String(lake.store().read(date).orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo("2025-10-01");
    }

    @Test
    void replacesTheFilesOfTheRunBefore() {
        run("SNAPSHOT_DT", "2025-10-01");
        Manifest before = lake.manifest(WIDE_TARGET);
        run();

        Manifest after = lake.manifest(WIDE_TARGET);
        assertThat(after.snapshotDt()).hasToString("2025-11-01");
        assertThat(after.runId()).isNotEqualTo(before.runId());
        assertThat(lake.contents(WIDE_TARGET).keySet().stream().filter(key -> key.endsWith(".parquet")))
                .containsExactlyInAnyOrderElementsOf(after.tables().stream()
                        .flatMap(table -> table.files().stream())
                        .map(file -> WIDE_TARGET.resolve(file.key()).toString())
                        .toList());
    }

    @Test
    void writesOnlyTheTablesOfTheFilterAndKeepsTheOthers() {
        run();
        Manifest before = lake.manifest(WIDE_TARGET);
        run("TABLES_FILTER", "ext_ibe_01,Miacs_02", "FORCE", "true");

        Manifest after = lake.manifest(WIDE_TARGET);
        assertThat(after.runId()).isNotEqualTo(before.runId());
        assertThat(after.table("IBE_04_B")).isEqualTo(before.table("IBE_04_B"));
        assertThat(after.tables()).extracting(TableEntry::folder).containsExactly("IBE_01", "IBE_04_B", "MIACS_02");
        assertThat(after.table("IBE_01").orElseThrow().runId()).isEqualTo(after.runId());
    }

    @Test
    void refusesAFilterThatWouldMixSnapshots() {
        run("SNAPSHOT_DT", "2025-10-01");
        Map<String, String> before = lake.contents(WIDE_TARGET);

        assertThatThrownBy(() -> run("TABLES_FILTER", "IBE_01"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("IBE_04_B (2025-10-01)")
                .hasMessageContaining("--TABLES_FILTER");
        assertThat(lake.contents(WIDE_TARGET)).isEqualTo(before);
    }

    @Test
    void refusesAFilterThatWouldMixNumbersOfBuckets() {
        run();
        Map<String, String> before = lake.contents(WIDE_TARGET);

        assertThatThrownBy(() -> run("TABLES_FILTER", "IBE_01", "BUCKET_COUNT", "128"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("128 buckets")
                .hasMessageContaining("IBE_04_B (256 buckets by customer_user_id)");
        assertThat(lake.contents(WIDE_TARGET)).isEqualTo(before);
    }

    @Test
    void refusesTheDataSetOfAnotherJob() {
        run();
        Map<String, String> before = lake.contents(WIDE_TARGET);

        assertThatThrownBy(() -> lake.run(
                        AddressableBucketJob.DEFINITION,
                        Lake.addressableArguments("TARGET_PATH", WIDE_TARGET.toString())))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT))
                .hasMessageContaining("infobase-split-and-bucket")
                .hasMessageContaining("--TARGET_PATH");
        assertThat(lake.contents(WIDE_TARGET)).isEqualTo(before);
    }

    @Test
    void deletesTheTablesThatTheMappingDoesNotHaveAnyMore() {
        run();
        lake.mapping(Arrays.stream(MAPPING)
                .map(row -> row.replace("ibe_04_b", "ibe_05"))
                .toArray(String[]::new));
        run();

        assertThat(lake.manifest(WIDE_TARGET).tables())
                .extracting(TableEntry::folder)
                .containsExactly("IBE_01", "IBE_05", "MIACS_02");
        assertThat(lake.contents(WIDE_TARGET.folder("IBE_04_B"))).isEmpty();
    }

    @Test
    void refusesAnUnknownTableAndListsTheKnownOnes() {
        assertThatThrownBy(() -> run("TABLES_FILTER", "IBE_01,IBE_99"))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.BAD_ARGUMENT))
                .hasMessageContaining("IBE_99")
                .hasMessageContaining("IBE_01, IBE_04_B, MIACS_02");
        assertThat(lake.contents(WIDE_TARGET)).isEmpty();
    }

    @Test
    void printsThePlanAndWritesNothingOnADryRun() {
        JobSummary summary = run("DRY_RUN", "true");

        assertThat(summary.render())
                .contains("plan for snapshot 2025-11-01 (1,500 rows in 4 files")
                .contains("nothing is written")
                .containsPattern("IBE_04_B +3 ");
        assertThat(lake.contents(WIDE_TARGET)).isEmpty();
    }

    /** Snapshots beside this one matter to a time series alone. */
    @Test
    void looksAtItsTargetOnceOnADryRun() throws IOException {
        try (RecordingProxy proxy =
                new RecordingProxy(URI.create(lake.environment().get("AWS_ENDPOINT_URL_S3")))) {
            Lake.run(
                    Map.of("AWS_ENDPOINT_URL_S3", proxy.endpoint().toString()),
                    InfobaseSplitAndBucketJob.DEFINITION,
                    splitArguments("DRY_RUN", "true"));

            assertThat(proxy.requests())
                    .extracting(Request::path)
                    .containsOnlyOnce(
                            "/%s/%s_flywheel/current.json".formatted(WIDE_TARGET.bucket(), WIDE_TARGET.key()));
        }
    }

    @Test
    void countsMissingAndRepeatedKeysThatTheLimitsAllow() throws Exception {
        lake.generate(GeneratorOptions.defaults()
                .withRows(1_500)
                .withMapping(lake.files(Lake.MAPPING))
                .withFaults(Fault.NULL_KEYS, Fault.DUPLICATE_KEYS));
        run("MAX_NULL_KEYS", "3", "MAX_DUPLICATE_KEYS", "3");

        TableEntry table = lake.manifest(WIDE_TARGET).table("IBE_01").orElseThrow();
        assertThat(table.nullKeys()).isEqualTo(3);
        assertThat(table.duplicateKeys()).isEqualTo(3);
        assertThat(table.rows()).isEqualTo(1_500);
        try (IndependentReader reader = new IndependentReader()) {
            assertThat(reader.misplacedRows(lake.files(WIDE_TARGET), table)).isEmpty();
        }
    }

    @Test
    void namesTheColumnsThatItWasAllowedToDrop() {
        lake.mapping("IBE_01,ibe1802,x,x,1");
        run("ALLOW_DROPPED_COLUMNS", "true");

        TableEntry table = lake.manifest(WIDE_TARGET).table("IBE_01").orElseThrow();
        assertThat(table.source().droppedColumns())
                .contains("ibe2001", "miacs_02_017")
                .hasSize(6);
    }

    @Test
    void writesSeveralRowGroupsWhenAFileHasRoomForThem() throws Exception {
        lake.generate(GeneratorOptions.defaults().withRows(20_000).withMapping(lake.files(Lake.MAPPING)));
        run("TARGET_FILE_MB", "0.1");

        try (IndependentReader reader = new IndependentReader()) {
            assertThat(reader.rowGroupsPerFile(lake.files(WIDE_TARGET.folder("MIACS_02"))))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(groups -> assertThat(groups).isGreaterThan(1));
        }
    }

    @Test
    void refusesATargetThatHoldsFilesNobodyKnows() throws Exception {
        run();
        Path foreign = lake.files(WIDE_TARGET.folder("IBE_01").file("left-by-another-tool.parquet"));
        Files.writeString(foreign, "rows");
        lake.adoptFiles();
        Map<String, String> before = lake.contents(WIDE_TARGET);

        assertThatThrownBy(() -> run())
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT))
                .hasMessageContaining("IBE_01/left-by-another-tool.parquet");
        assertThat(lake.contents(WIDE_TARGET)).isEqualTo(before);
    }

    @Test
    void takesASourcePathWithoutASlashAtItsEnd() {
        run("SOURCE_PATH", "s3://lake/opus/infobase_attributes/raw_input");

        assertThat(lake.manifest(WIDE_TARGET).rows()).isEqualTo(1_500);
    }

    private JobSummary run(String... namesAndValues) {
        return lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments(namesAndValues));
    }

    private static List<String> columns(Manifest manifest, String folder) {
        return manifest.table(folder).orElseThrow().columns().stream()
                .map(ColumnEntry::name)
                .toList();
    }
}
