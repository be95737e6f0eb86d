package com.omc.flywheel.common.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionPlanTest {
    private static final String FOLDER = "s3://lake/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=3/";
    private static final PartitionDefinition WANTED = wanted("2025-11-01", 3);

    @Test
    void createsWhatTheCatalogDoesNotHave() {
        PartitionPlan plan = plan(List.of(WANTED));

        assertThat(plan.create()).containsExactly(WANTED);
        assertThat(plan.change()).isEmpty();
        assertThat(plan.stale()).isEmpty();
        assertThat(plan.isMet()).isFalse();
    }

    /** Defect D11: counts differed since values were compared as text, and locations by their schemes and slashes. */
    @ParameterizedTest
    @CsvSource({
        "3, s3://lake/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=3/",
        "03, s3://lake/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=3/",
        "3, s3://lake/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=3",
        "3, s3a://lake/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=3",
        "003, S3A://lake/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=3/",
        "3, s3n://lake/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=3/"
    })
    void takesAnotherSpellingForTheSame(String bucket, String location) {
        PartitionPlan plan = plan(List.of(WANTED), stored(location, "2025-11-01", bucket));

        assertThat(plan).isEqualTo(new PartitionPlan(List.of(), List.of(), List.of()));
        assertThat(plan.isMet()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://lake/part/IBE_01/_snapshot_2025-11-01_run_20251102T031500Z-00000001/id_bucket=3/",
                "s3://lake/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=03/",
                "s3://lake2/part/IBE_01/snapshot_dt=2025-11-01/id_bucket=3/",
                "hdfs://lake/part",
                ""
            })
    void switchesWhatIsElsewhere(String location) {
        PartitionPlan plan = plan(List.of(WANTED), stored(location, "2025-11-01", "3"));

        assertThat(plan.change()).containsExactly(WANTED);
        assertThat(plan.create()).isEmpty();
        assertThat(plan.stale()).isEmpty();
    }

    @Test
    void switchesByTheValuesThatTheCatalogHas() {
        PartitionPlan plan = plan(List.of(WANTED), stored("s3://lake/elsewhere/", "2025-11-01", "03"));

        assertThat(plan.change())
                .containsExactly(
                        new PartitionDefinition(List.of("2025-11-01", "03"), WANTED.location(), WANTED.columns()));
    }

    @Test
    void switchesWhatIsOfAnotherFormatOrDoesNotSayOfWhich() {
        StoredPartition none = new StoredPartition(List.of("2025-11-01", "3"), FOLDER, new StorageFormat("", "", ""));
        StoredPartition serdeOnly = new StoredPartition(
                List.of("2025-11-01", "3"), FOLDER, new StorageFormat("", "", StorageFormat.PARQUET.serde()));

        assertThat(plan(List.of(WANTED), none).change()).containsExactly(WANTED);
        assertThat(plan(List.of(WANTED), serdeOnly).change()).containsExactly(WANTED);
    }

    /** Defect B20: buckets of a higher count stayed registered. Defect B33: nobody looked for what went. */
    @Test
    void callsStaleWhatNoManifestHas() {
        StoredPartition bucketThatWent = stored("s3://lake/x/", "2025-11-01", "9");
        StoredPartition snapshotThatWent = stored("s3://lake/x/", "2024-01-01", "3");

        PartitionPlan plan = plan(List.of(WANTED), stored(FOLDER, "2025-11-01", "3"), bucketThatWent, snapshotThatWent);

        assertThat(plan.stale()).containsExactly(bucketThatWent, snapshotThatWent);
        assertThat(plan.isMet()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "__HIVE_DEFAULT_PARTITION__, 3",
        "NULL, 3",
        "2025-02-30, 3",
        "2025-11-01, __HIVE_DEFAULT_PARTITION__",
        "2025-11-01, 3.0",
        "2025-11-01, -3",
        "2025-11-01, ''"
    })
    void callsStaleWhatHasNoValuesOfOurs(String snapshot, String bucket) {
        StoredPartition foreign = stored(FOLDER, snapshot, bucket);

        PartitionPlan plan = plan(List.of(WANTED), foreign);

        assertThat(plan.create()).containsExactly(WANTED);
        assertThat(plan.stale()).containsExactly(foreign);
    }

    /** Readers of both would see the rows twice. */
    @Test
    void callsStaleTheSecondSpellingOfThePartition() {
        StoredPartition padded = stored(FOLDER, "2025-11-01", "03");

        PartitionPlan plan = plan(List.of(WANTED), padded, stored(FOLDER, "2025-11-01", "3"));

        assertThat(plan).isEqualTo(new PartitionPlan(List.of(), List.of(), List.of(padded)));
    }

    @Test
    void leavesSnapshotsAloneThatItIsTold() {
        StoredPartition old = stored("s3://lake/x/", "2025-10-01", "1");

        PartitionPlan plan = PartitionPlan.of(List.of(WANTED), List.of(old), Set.of(SnapshotDate.parse("2025-10-01")));

        assertThat(plan.stale()).isEmpty();
        assertThat(plan.create()).containsExactly(WANTED);
    }

    /** Defect B21: of more than one page of folders only the first was seen. */
    @Test
    void comparesMoreThanAPage() {
        List<PartitionDefinition> wanted = IntStream.range(0, 2_500)
                .mapToObj(bucket -> wanted("2025-11-01", bucket))
                .toList();
        StoredPartition[] stored = IntStream.range(0, 2_400)
                .mapToObj(bucket -> stored(wanted.get(bucket).location().toString(), "2025-11-01", "" + bucket))
                .toArray(StoredPartition[]::new);

        assertThat(plan(wanted, stored).create()).isEqualTo(wanted.subList(2_400, 2_500));
    }

    private static PartitionPlan plan(List<PartitionDefinition> wanted, StoredPartition... stored) {
        return PartitionPlan.of(wanted, List.of(stored), Set.of());
    }

    private static PartitionDefinition wanted(String snapshot, int bucket) {
        return new PartitionDefinition(
                List.of(snapshot, Integer.toString(bucket)),
                S3Uri.parse("s3://lake/part/IBE_01/snapshot_dt=%s/id_bucket=%d/".formatted(snapshot, bucket)),
                List.of(new CatalogColumn("customer_user_id", "string", "")));
    }

    private static StoredPartition stored(String location, String... values) {
        return new StoredPartition(List.of(values), location, StorageFormat.PARQUET);
    }
}
