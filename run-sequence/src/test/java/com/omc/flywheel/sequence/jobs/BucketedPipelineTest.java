package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.sequence.jobs.Lake.IDS_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.addressableArguments;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.bucketing.HiveBucket;
import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.jobs.createathenabucketedtables.CreateAthenaBucketedTablesJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.jobs.registerstagedtables.RegisterStagedTablesJob;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bucketed pipeline from its first job to its last; DuckDB, which knows no buckets, says whether they are right. */
class BucketedPipelineTest {
    private static final int BUCKETS = 8;
    private static final S3Uri BASE = ROOT.folder("bucketed");

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void runTheJobsBefore() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping(
                "ibe_01,customer_user_id,Key,Customer_User_id,",
                "ibe_01,ibe1802,Home value range,IBE1802,1802",
                "ibe_02,ibe2001,Age,IBE2001,2001");
        lake.generate(GeneratorOptions.defaults().withRows(1_000).withMapping(mapping));
        lake.catalog().createDatabase(new CatalogName("lake"));
        lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments());
        lake.run(AddressableBucketJob.DEFINITION, addressableArguments());
        register(WIDE_TARGET);
        register(IDS_TARGET);
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void makesTablesWhoseBucketsJoinToWhatTheTablesDo() throws Exception {
        createBucketed();

        assertThat(lake.tables("lake", "bucketed_"))
                .containsExactly("lake.bucketed_addressable_ids", "lake.bucketed_ibe_01", "lake.bucketed_ibe_02");
        assertThat(lake.tables("lake", "tmp_")).isEmpty();
        StoredTable wide = lake.table("lake.bucketed_ibe_01");
        assertThat(wide.buckets()).contains(new Buckets("customer_user_id", BUCKETS));
        assertThat(wide.parameters()).containsEntry("bucketing_version", "1");
        assertThat(wide.description()).startsWith("snapshot_dt=2025-11-01; run=");
        Map<Integer, String> wideFiles = filesByBucket(wide);
        Map<Integer, String> ids = filesByBucket(lake.table("lake.bucketed_addressable_ids"));
        assertThat(wideFiles).hasSize(BUCKETS);
        try (IndependentReader reader = new IndependentReader()) {
            long joined = 0;
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                joined += count(reader, "'%s'".formatted(wideFiles.get(bucket)), "'%s'".formatted(ids.get(bucket)));
            }
            assertThat(joined).isPositive().isEqualTo(count(reader, list(wideFiles.values()), list(ids.values())));
            for (String key : reader.column("SELECT customer_user_id FROM read_parquet(%s) USING SAMPLE 100 ROWS"
                    .formatted(list(wideFiles.values())))) {
                int bucket = HiveBucket.of(HiveBucket.hash(key.getBytes(StandardCharsets.UTF_8)), BUCKETS);
                assertThat(reader.column("SELECT count(*) FROM read_parquet('%s') WHERE customer_user_id = '%s'"
                                .formatted(wideFiles.get(bucket), key)))
                        .containsExactly("1");
            }
        }
    }

    @Test
    void leavesTablesThatAreAsTheyShouldBeAndBuildsTheOthers() {
        createBucketed();
        Map<String, String> before = lake.contents(BASE);
        String location = lake.table("lake.bucketed_ibe_01").location();

        assertThat(createBucketed()).contains("unchanged");
        assertThat(lake.contents(BASE)).isEqualTo(before);

        lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments("FORCE", "true"));
        assertFails(FailureKind.CONFLICT, this::createBucketed).hasMessageContaining("register-staged-tables");
        assertThat(lake.table("lake.bucketed_ibe_01").location()).isEqualTo(location);

        register(WIDE_TARGET);
        createBucketed();

        assertThat(lake.table("lake.bucketed_ibe_01").location()).isNotEqualTo(location);
        assertThat(lake.store().list(S3Uri.parse(location))).isNotEmpty();
    }

    private void register(S3Uri root) {
        lake.run(RegisterStagedTablesJob.DEFINITION, Map.of("DATABASE", "lake", "S3_ROOT", root.toString()));
    }

    private String createBucketed() {
        return lake.run(
                        CreateAthenaBucketedTablesJob.DEFINITION,
                        Map.of(
                                "ENGINE", "spark",
                                "STAGED_DB", "lake",
                                "FINAL_DB", "lake",
                                "BUCKETED_BASE", BASE.toString(),
                                "BUCKET_COUNT", String.valueOf(BUCKETS)))
                .render()
                .toLowerCase(Locale.ROOT);
    }

    private Map<Integer, String> filesByBucket(StoredTable table) {
        Map<Integer, String> files = new HashMap<>();
        lake.store().list(S3Uri.parse(table.location())).stream()
                .map(object -> object.uri())
                .filter(file -> file.name().endsWith(".parquet"))
                .forEach(file -> files.put(
                        Integer.valueOf(file.name().substring(0, 5)),
                        lake.files(file).toString()));
        return files;
    }

    private static long count(IndependentReader reader, String wide, String ids) throws Exception {
        return Long.parseLong(
                reader.column("SELECT count(*) FROM read_parquet(%s) JOIN read_parquet(%s) USING (customer_user_id)"
                                .formatted(wide, ids))
                        .get(0));
    }

    private static String list(Iterable<String> files) {
        List<String> quoted = new ArrayList<>();
        files.forEach(file -> quoted.add("'" + file + "'"));
        return "[" + String.join(", ", quoted) + "]";
    }
}
