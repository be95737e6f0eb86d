package com.omc.flywheel.common.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementTextTest {
    private static final CreateTableAs CREATE = new CreateTableAs(
            TableId.of("lake", "copy"),
            S3Uri.parse("s3://lake/copy/"),
            TableId.of("lake", "part_ids"),
            List.of(
                    new SelectedColumn(new ColumnName("id"), new ColumnName("row_id")),
                    SelectedColumn.of(new ColumnName("id"))),
            Optional.of(new Buckets("id", 8)),
            Optional.of(SnapshotDate.parse("2025-11-01")));

    @Test
    void saysWhatSparkDoesInItsOwnWords() {
        assertThat(StatementText.forSpark(CREATE))
                .isEqualTo("CREATE TABLE `lake`.`copy` USING PARQUET CLUSTERED BY (`id`) INTO 8 BUCKETS LOCATION"
                        + " 's3://lake/copy/' AS SELECT `id` AS `row_id`, `id` FROM `lake`.`part_ids` WHERE"
                        + " `snapshot_dt` = DATE '2025-11-01'");
    }

    @Test
    void saysWhatAthenaIsSent() {
        assertThat(StatementText.forAthena(CREATE)).isEqualTo(AthenaSql.render(CREATE));
        assertThat(StatementText.forAthena(new RepairTable(TableId.of("lake", "part_ids"))))
                .isEqualTo("MSCK REPAIR TABLE `lake`.`part_ids`");
    }
}
