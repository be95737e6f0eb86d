package com.omc.flywheel.common.partitions;

import static com.omc.flywheel.common.partitions.PartTables.bySnapshot;
import static com.omc.flywheel.common.partitions.PartTables.id;
import static com.omc.flywheel.common.partitions.PartTables.parameters;
import static com.omc.flywheel.common.partitions.PartTables.table;
import static com.omc.flywheel.common.partitions.PartTables.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.storage.S3Uri;
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
}
