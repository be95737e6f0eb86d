package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.IDS_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.addressableArguments;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.registration.TableKey;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.jobs.addressablesplitandpart.AddressableSplitAndPartJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.registerparttables.RegisterPartTablesJob;
import com.omc.flywheel.jobs.registerstagedtables.RegisterStagedTablesJob;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What splits have written, registered by the jobs that come after them, by their real arguments. */
class RegisterTablesJobTest {
    private static final S3Uri PART = ROOT.folder("split_part");
    private static final S3Uri WIDE_PART = PART.folder("infobase_attributes");
    private static final S3Uri IDS_PART = PART.folder("addressable_ids");

    private static final S3Uri IDS_MAPPING = ROOT.folder("mapping").file("addressable_ids.csv");

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void startLake() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping(
                "ibe_01,customer_user_id,Key,Customer_User_id,",
                "ibe_01,ibe1802,Home value range,IBE1802,1802",
                "ibe_02,Customer_User_Id,Key,Customer_User_id,",
                "ibe_02,ibe2001,Age,IBE2001,2001");
        lake.generate(GeneratorOptions.defaults().withRows(200).withMapping(mapping));
        lake.catalog().createDatabase(new CatalogName("staging"));
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    /** D17: Customer_User_id of the source is the customer_user_id of every table. */
    @Test
    void registersWhatTheClusteredSplitsHaveWritten() {
        lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments());
        lake.run(AddressableBucketJob.DEFINITION, addressableArguments());
        Map<String, String> written = lake.contents(ROOT);

        registerStaged(WIDE_TARGET);
        String summary = registerStaged(IDS_TARGET);

        assertThat(lake.tables("staging", "ext_"))
                .containsExactly("staging.ext_addressable_ids", "staging.ext_ibe_01", "staging.ext_ibe_02");
        for (TableEntry table : lake.manifest(WIDE_TARGET).tables()) {
            StoredTable stored = lake.table("staging.ext_" + table.folder().toLowerCase(Locale.ROOT));
            assertThat(columns(stored)).isEqualTo(columns(table.columns()));
            assertThat(stored.location())
                    .isEqualTo(WIDE_TARGET.folder(table.folder()).toString());
            assertThat(TableKey.of(stored)).contains(new TableKey("customer_user_id", "string"));
        }
        assertThat(lake.table("staging.ext_ibe_01").columns())
                .contains(new CatalogColumn("ibe1802", columnType("IBE_01", "ibe1802"), "Home value range"));
        assertThat(summary)
                .containsPattern("ext_addressable_ids +CREATED +\\d+ +%d +%s"
                        .formatted(lake.manifest(IDS_TARGET).rows(), IDS_TARGET.folder("addressable_ids")));
        assertThat(lake.contents(ROOT)).isEqualTo(written);
    }

    @Test
    void registersTheTimeSeriesOfTheSplitsSnapshotBySnapshot() throws Exception {
        splitIntoParts("2025-10-01");
        registerParts();
        splitIntoParts("2025-11-01");

        registerParts();
        String again = registerParts();

        assertThat(lake.tables("staging", "part_"))
                .containsExactly("staging.part_addressable_ids", "staging.part_ibe_01", "staging.part_ibe_02");
        assertThat(lake.table("staging.part_addressable_ids").location()).isEqualTo(IDS_PART.toString());
        StoredTable wide = lake.table("staging.part_ibe_01");
        assertThat(wide.location()).isEqualTo(WIDE_PART.folder("IBE_01").toString());
        assertThat(wide.partitionKeys())
                .containsExactly(
                        new CatalogColumn("snapshot_dt", "date", ""), new CatalogColumn("id_bucket", "int", ""));
        assertThat(wide.description()).startsWith("snapshot_dt=2025-11-01; run=");
        assertThat(wide.columns()).extracting(CatalogColumn::name).containsExactly("customer_user_id", "ibe1802");
        assertThat(again)
                .contains("0 created, 0 updated, 3 unchanged")
                .containsPattern("part_ibe_01 +UNCHANGED +2 +400");
    }

    private void splitIntoParts(String snapshot) throws IOException {
        Path idsMapping = Lake.HOME.resolve("test-data/mapping/omc_flywheel_addressable_ids_table_split_part.csv");
        lake.store().write(IDS_MAPPING, Files.readAllBytes(idsMapping), "text/csv");
        lake.run(
                InfobaseSplitAndPartJob.DEFINITION,
                splitArguments("SNAPSHOT_DT", snapshot, "TARGET_PATH", WIDE_PART.toString(), "ID_BUCKETS", "4"));
        lake.run(
                AddressableSplitAndPartJob.DEFINITION,
                addressableArguments(
                        "SNAPSHOT_DT",
                        snapshot,
                        "TARGET_PATH",
                        IDS_PART.toString(),
                        "CSV_FILE",
                        IDS_MAPPING.toString(),
                        "ALLOW_DROPPED_COLUMNS",
                        "true",
                        "ID_BUCKETS",
                        "4"));
    }

    private String registerStaged(S3Uri root) {
        return lake.run(RegisterStagedTablesJob.DEFINITION, Map.of("DATABASE", "staging", "S3_ROOT", root.toString()))
                .render();
    }

    private String registerParts() {
        return lake.run(
                        RegisterPartTablesJob.DEFINITION,
                        Map.of("STAGED_DB", "staging", "SOURCE_PATH", PART.toString(), "SNAPSHOT_DT", "_NONE_"))
                .render();
    }

    private String columnType(String table, String column) {
        return lake.manifest(WIDE_TARGET).table(table).orElseThrow().columns().stream()
                .filter(candidate -> candidate.name().equals(column))
                .map(ColumnEntry::type)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> columns(StoredTable table) {
        return table.columns().stream()
                .flatMap(column -> Stream.of(column.name(), column.type(), column.comment()))
                .toList();
    }

    private static List<String> columns(List<ColumnEntry> columns) {
        return columns.stream()
                .flatMap(column -> Stream.of(column.name(), column.type(), column.comment()))
                .toList();
    }
}
