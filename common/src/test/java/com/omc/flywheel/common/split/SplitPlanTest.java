package com.omc.flywheel.common.split;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.columns.SourceColumns;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.mapping.MappedColumn;
import com.omc.flywheel.common.mapping.MappedTable;
import com.omc.flywheel.common.mapping.TableMapping;
import com.omc.flywheel.common.mapping.TableName;
import com.omc.flywheel.common.parquet.SourceTable;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPlanTest {
    private static final Placement CLUSTERED = Placement.clustered(256);
    private static final SourceColumn FIRST = column("IBE1", "int", 100);
    private static final SourceColumn KEY = column("Customer_User_id", "string", 1000);
    private static final SourceColumn SECOND = column("IBE2", "date", 10);

    @Test
    void hasForEachTableItsColumnsInTheOrderOfTheMappingAndTheirBytesAlone() {
        SplitPlan plan = SplitPlan.ofTables(
                source(FIRST, KEY, SECOND),
                KEY.name(),
                CLUSTERED,
                new DataSize(100),
                new TableMapping(List.of(table("IBE_01", KEY, SECOND), table("IBE_02", KEY, FIRST)), ""));

        assertThat(plan.tables())
                .containsExactly(
                        new TablePlan("IBE_01", List.of(KEY, SECOND), Map.of(KEY.name(), "", SECOND.name(), "")),
                        new TablePlan("IBE_02", List.of(KEY, FIRST), Map.of(KEY.name(), "", FIRST.name(), "")));
        assertThat(plan.tables()).extracting(TablePlan::bytes).containsExactly(1010L, 1100L);
        assertThat(plan.tables()).extracting(plan::filesOf).containsExactly(11, 11);
    }

    @Test
    void putsTheKeyFirstWhenOneTableTakesTheWholeSource() {
        SplitPlan plan = SplitPlan.ofWholeSource(
                source(FIRST, KEY, SECOND), KEY.name(), CLUSTERED, new DataSize(1 << 20), "addressable_ids");

        assertThat(plan.tables())
                .containsExactly(new TablePlan("addressable_ids", List.of(KEY, FIRST, SECOND), Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"string,STRING", "bigint,BIGINT", "int,INT", "date,DATE"})
    void takesKeysOnWhoseBucketEveryEngineAgrees(String catalogType, KeyType type) {
        assertThat(planWithKey(catalogType).keyType()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"double", "decimal(18,0)", "timestamp", "binary", "smallint"})
    void refusesAKeyOfAnotherType(String catalogType) {
        assertFails(FailureKind.BAD_DATA, () -> planWithKey(catalogType))
                .hasMessage(
                        "BAD_DATA: the key column Customer_User_id of s3://lake/in/snapshot_dt=2025-11-01/ is %s; a key may be one of [string, bigint, int, date], for which every engine agrees on the bucket",
                        catalogType);
    }

    @Test
    void refusesASourceWithoutTheKey() {
        assertFails(
                        FailureKind.BAD_DATA,
                        () -> SplitPlan.ofWholeSource(
                                source(FIRST), KEY.name(), CLUSTERED, new DataSize(1), "addressable_ids"))
                .hasMessage("BAD_DATA: snapshot s3://lake/in/snapshot_dt=2025-11-01/ has no column customer_user_id");
    }

    private static SplitPlan planWithKey(String catalogType) {
        SourceColumn key = column("Customer_User_id", catalogType, 1);
        return SplitPlan.ofWholeSource(source(key), key.name(), CLUSTERED, new DataSize(1), "addressable_ids");
    }

    private static SourceTable source(SourceColumn... columns) {
        SnapshotFolder folder = new SnapshotFolder(
                SnapshotDate.parse("2025-11-01"), S3Uri.parse("s3://lake/in/snapshot_dt=2025-11-01/"), List.of());
        return new SourceTable(folder, new MessageType("row"), SourceColumns.of(List.of(columns)), 1, "");
    }

    private static MappedTable table(String name, SourceColumn... columns) {
        return new MappedTable(
                new TableName(name),
                Stream.of(columns)
                        .map(column -> new MappedColumn(column.name(), "", 0))
                        .toList());
    }

    private static SourceColumn column(String sourceName, String type, long bytes) {
        return new SourceColumn(ColumnName.parse(sourceName), sourceName, type, bytes);
    }
}
