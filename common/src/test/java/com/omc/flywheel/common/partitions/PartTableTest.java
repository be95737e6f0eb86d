package com.omc.flywheel.common.partitions;

import static com.omc.flywheel.common.partitions.PartTables.byBucket;
import static com.omc.flywheel.common.partitions.PartTables.bySnapshot;
import static com.omc.flywheel.common.partitions.PartTables.id;
import static com.omc.flywheel.common.partitions.PartTables.parameters;
import static com.omc.flywheel.common.partitions.PartTables.table;
import static com.omc.flywheel.common.partitions.PartTables.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.PartitionedTarget;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defect B11: any table with the prefix was rewritten to be partitioned by id_bucket. */
class PartTableTest {
    private static final DataSet DATA_SET = new DataSet(S3Uri.parse("s3://lake/part/"));

    @ParameterizedTest
    @CsvSource({
        "'snapshot_dt date',true",
        "'snapshot_dt date,id_bucket int',true",
        "'snapshot_dt DATE',true",
        "'snapshot_dt string',false",
        "'id_bucket int',false",
        "'id_bucket int,snapshot_dt date',false",
        "'snapshot_dt date,id_bucket int,region string',false",
        "'',false"
    })
    void isToldByItsPartitionKeys(String keys, boolean ours) {
        List<CatalogColumn> columns = Arrays.stream(keys.split(",", -1))
                .filter(key -> !key.isEmpty())
                .map(key -> new CatalogColumn(key.split(" ", -1)[0], key.split(" ", -1)[1], ""))
                .toList();
        StoredTable stored =
                table(id("IBE_01"), columns, DATA_SET, parameters(PartTable.DESCRIBED_BY, DATA_SET, "IBE_01"));

        assertThat(PartTable.reasonToSkip(stored).isEmpty()).isEqualTo(ours);
        if (!ours) {
            assertThat(PartTable.reasonToSkip(stored).orElseThrow()).startsWith("is partitioned by ");
        }
    }

    @Test
    void isToldByTheJobThatHasDescribedIt() {
        List<CatalogColumn> keys = bySnapshot(DATA_SET, "IBE_01").partitionKeys();

        assertThat(PartTable.reasonToSkip(table(id("IBE_01"), keys, DATA_SET, Map.of())))
                .contains("was not made by this program");
        assertThat(PartTable.reasonToSkip(
                        table(id("IBE_01"), keys, DATA_SET, parameters("another-job", DATA_SET, "IBE_01"))))
                .contains("is described by the job another-job");
        assertThat(PartTable.reasonToSkip(
                        table(id("IBE_01"), keys, DATA_SET, Map.of("flywheel.job", PartTable.DESCRIBED_BY))))
                .contains("does not say where it comes from; run register-part-tables again");
    }

    @Test
    void warnsWhereReadersTakeNoNoticeOfPartitions() {
        StoredTable stored = bySnapshot(DATA_SET, "IBE_01");

        assertThat(PartTable.of(stored).warning()).isEmpty();
        assertThat(PartTable.of(with(stored, "projection.enabled", "TRUE"))
                        .warning()
                        .orElseThrow())
                .startsWith("omc_flywheel_test.part_ibe_01 has projection.enabled=true: Athena takes no notice");
    }

    @Test
    void differsFromASnapshotWhosePartitionsAreNotThoseOfItsManifest() {
        Manifest november = new PartitionedTarget().publish(PartitionedTarget.NOVEMBER, 1, 4, "IBE_01");
        DataSet dataSet = PartitionedTarget.DATA_SET;
        PartTable parts = PartTable.of(byBucket(dataSet, "IBE_01"));
        StoredPartition october = partition("s3://lake/elsewhere/", "2025-10-01", "0");
        List<StoredPartition> whole = new ArrayList<>(List.of(october));
        for (int bucket = 0; bucket < 4; bucket++) {
            whole.add(partition(
                    dataSet.root() + "IBE_01/snapshot_dt=2025-11-01/id_bucket=%d".formatted(bucket),
                    "2025-11-01",
                    String.valueOf(bucket)));
        }
        assertThat(parts.differences(november, whole)).isEmpty();

        List<StoredPartition> others = List.of(
                october,
                whole.get(1),
                partition("s3://lake/elsewhere/", "2025-11-01", "1"),
                partition("s3://lake/elsewhere/", "2025-11-01", "4"));
        assertThat(parts.differences(november, others))
                .containsExactly(
                        "2 of its 4 partitions are not in the catalog: snapshot_dt=2025-11-01/id_bucket=2, snapshot_dt=2025-11-01/id_bucket=3",
                        "1 of its 4 partitions lead elsewhere in the catalog: snapshot_dt=2025-11-01/id_bucket=1",
                        "1 partitions are in the catalog beside its 4: snapshot_dt=2025-11-01/id_bucket=4");
        assertThat(PartTable.of(with(parts.stored(), "projection.enabled", "true"))
                        .differences(november, whole))
                .singleElement()
                .asString()
                .contains("Athena takes no notice of its partitions");
    }

    private static StoredPartition partition(String location, String... values) {
        return new StoredPartition(List.of(values), location, StorageFormat.PARQUET);
    }
}
