package com.omc.flywheel.common.query;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AthenaSqlTest {
    private static final TableId TABLE = TableId.of("split_cluster", "bucketed_ibe_01");
    private static final TableId SOURCE = TableId.of("split_cluster", "ext_ibe_01");
    private static final S3Uri LOCATION = S3Uri.parse("s3://lake/out/bucketed_ibe_01/run-1");
    private static final SelectedColumn KEY = column("customer_user_id");

    @Test
    void makesABucketedTableOutOfNamesThatAreReservedOrHoldDigits() {
        List<SelectedColumn> columns = List.of(
                KEY,
                column("select"),
                column("_1st_group_2"),
                new SelectedColumn(new ColumnName("order"), new ColumnName("c_2")));

        assertThat(AthenaSql.render(new CreateTableAs(
                        TABLE,
                        LOCATION,
                        TableId.of("table", "from"),
                        columns,
                        Optional.of(new Buckets("customer_user_id", 256)))))
                .isEqualTo("CREATE TABLE split_cluster.bucketed_ibe_01 WITH (format = 'PARQUET', write_compression ="
                        + " 'SNAPPY', external_location = 's3://lake/out/bucketed_ibe_01/run-1/', bucketed_by ="
                        + " ARRAY['customer_user_id'], bucket_count = 256) AS SELECT \"customer_user_id\", \"select\","
                        + " \"_1st_group_2\", \"order\" AS \"c_2\" FROM \"table\".\"from\"");
    }

    @Test
    void makesATableWithoutBuckets() {
        assertThat(AthenaSql.render(new CreateTableAs(TABLE, LOCATION, SOURCE, List.of(KEY), Optional.empty())))
                .isEqualTo("CREATE TABLE split_cluster.bucketed_ibe_01 WITH (format = 'PARQUET', write_compression ="
                        + " 'SNAPPY', external_location = 's3://lake/out/bucketed_ibe_01/run-1/') AS SELECT"
                        + " \"customer_user_id\" FROM \"split_cluster\".\"ext_ibe_01\"");
    }

    /** A date is no text to Athena, and a name may be one that SQL reserves. */
    @Test
    void readsOneSnapshotAlone() {
        SelectedColumn id = new SelectedColumn(new ColumnName("order"), new ColumnName("row_id"));

        assertThat(AthenaSql.render(new CreateTableAs(
                        TABLE,
                        LOCATION,
                        SOURCE,
                        List.of(id, KEY),
                        Optional.empty(),
                        Optional.of(SnapshotDate.parse("2025-11-01")))))
                .isEqualTo("CREATE TABLE split_cluster.bucketed_ibe_01 WITH (format = 'PARQUET', write_compression ="
                        + " 'SNAPPY', external_location = 's3://lake/out/bucketed_ibe_01/run-1/') AS SELECT"
                        + " \"order\" AS \"row_id\", \"customer_user_id\" FROM \"split_cluster\".\"ext_ibe_01\""
                        + " WHERE \"snapshot_dt\" = DATE '2025-11-01'");
    }

    @Test
    void repairsATable() {
        assertThat(AthenaSql.render(new RepairTable(TableId.of("order", "part_2_group"))))
                .isEqualTo("MSCK REPAIR TABLE `order`.`part_2_group`");
    }

    @Test
    void doublesTheQuotesOfALocation() {
        S3Uri location = S3Uri.parse("s3://lake/it's/a'' path");

        assertThat(AthenaSql.render(new CreateTableAs(TABLE, location, SOURCE, List.of(KEY), Optional.empty())))
                .contains("external_location = 's3://lake/it''s/a'''' path/')");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 1743})
    void namesEveryColumn(int count) {
        String text = AthenaSql.render(new CreateTableAs(TABLE, LOCATION, SOURCE, columns(count, 1), Optional.empty()));

        assertThat(Pattern.compile("\"c\\d+_x\"").matcher(text).results()).hasSize(count);
        assertThat(text)
                .contains("\"c0_x\", \"c1_x\", ")
                .endsWith("\"c%d_x\" FROM \"split_cluster\".\"ext_ibe_01\"".formatted(count - 1));
    }

    @Test
    void refusesMoreTextThanAthenaTakes() {
        CreateTableAs create = new CreateTableAs(TABLE, LOCATION, SOURCE, columns(1100, 240), Optional.empty());

        assertFails(FailureKind.ENVIRONMENT, () -> AthenaSql.render(create))
                .hasMessageMatching(
                        "ENVIRONMENT: the statement for the table split_cluster.bucketed_ibe_01 has \\d+ bytes,"
                                + " of which Athena takes 262144; give the table fewer columns or use --ENGINE spark");
    }

    @Test
    void takesAsMuchTextAsAthenaDoes() {
        int room = 262_144 - AthenaSql.render(wide("")).length();

        assertThat(AthenaSql.render(wide("x".repeat(room)))).hasSize(262_144);
        assertFails(FailureKind.ENVIRONMENT, () -> AthenaSql.render(wide("x".repeat(room + 1))))
                .hasMessageContaining("has 262145 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Customer_User_id", "x'", "a b", "", "1st"})
    void refusesToBucketByWhatIsNoColumnName(String column) {
        CreateTableAs create =
                new CreateTableAs(TABLE, LOCATION, SOURCE, List.of(KEY), Optional.of(new Buckets(column, 256)));

        assertThatThrownBy(() -> AthenaSql.render(create))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"%s\" is not a column name", column);
    }

    @Test
    void refusesToBucketByAColumnThatTheTableDoesNotHave() {
        CreateTableAs create =
                new CreateTableAs(TABLE, LOCATION, SOURCE, List.of(KEY), Optional.of(new Buckets("other", 256)));

        assertThatThrownBy(() -> AthenaSql.render(create))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the table split_cluster.bucketed_ibe_01 has no column other to be bucketed by");
    }

    @Test
    void refusesNoBuckets() {
        CreateTableAs create = new CreateTableAs(
                TABLE, LOCATION, SOURCE, List.of(KEY), Optional.of(new Buckets("customer_user_id", 0)));

        assertThatThrownBy(() -> AthenaSql.render(create))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 buckets for the table split_cluster.bucketed_ibe_01");
    }

    @Test
    void refusesNoColumns() {
        CreateTableAs create = new CreateTableAs(TABLE, LOCATION, SOURCE, List.of(), Optional.empty());

        assertThatThrownBy(() -> AthenaSql.render(create))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table without columns: split_cluster.bucketed_ibe_01");
    }

    /** A statement that lacks less than a key's longest name to the most that Athena takes. */
    private static CreateTableAs wide(String folder) {
        S3Uri location = S3Uri.parse("s3://lake/out/x" + folder);
        return new CreateTableAs(TABLE, location, SOURCE, columns(1049, 240), Optional.empty());
    }

    private static List<SelectedColumn> columns(int count, int filling) {
        return IntStream.range(0, count)
                .mapToObj(i -> column("c" + i + "_" + "x".repeat(filling)))
                .toList();
    }

    private static SelectedColumn column(String name) {
        return SelectedColumn.of(new ColumnName(name));
    }
}
