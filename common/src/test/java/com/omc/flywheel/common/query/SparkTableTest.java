package com.omc.flywheel.common.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.job.SparkExtension;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One snapshot of a table; whole tables are tested through their views. */
@ExtendWith(SparkExtension.class)
class SparkTableTest {
    private static final TableId PARTS = TableId.of("lake", "part_ids");
    private static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");

    private final FolderSession lake;
    private final InMemoryTableCatalog catalog = new InMemoryTableCatalog();

    SparkTableTest(SparkSession spark, @TempDir Path root) {
        this.lake = new FolderSession(spark, root);
    }

    @Test
    void readsEveryRegisteredPartitionOfASnapshotAndNoOther() {
        lake.write("ids/october", "select 1L as id");
        lake.write("ids/november-0", "select 2L as id");
        lake.write("elsewhere/november-1", "select 3L as id");
        lake.write("ids/nobody-registered", "select 4L as id");
        catalog.with(
                        PARTS,
                        StorageFormat.PARQUET,
                        "s3://lake/ids/",
                        List.of("snapshot_dt:date", "id_bucket:int"),
                        "id:bigint")
                .withPartition(PARTS, "s3://lake/ids/october/", "2025-10-01", "0")
                .withPartition(PARTS, "s3://lake/ids/november-0/", "2025-11-01", "0")
                .withPartition(PARTS, "s3://lake/elsewhere/november-1/", "2025-11-01", "1")
                .withPartition(PARTS, "an address of nothing", "__HIVE_DEFAULT_PARTITION__", "0");

        List<Long> ids = new SparkTable(lake.spark(), catalog)
                .rows(catalog.find(PARTS).orElseThrow(), Optional.of(NOVEMBER)).select("id").collectAsList().stream()
                        .map((Row row) -> row.getLong(0))
                        .toList();

        assertThat(ids).containsExactlyInAnyOrder(2L, 3L);
    }
}
