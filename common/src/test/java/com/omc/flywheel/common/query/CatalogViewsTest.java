package com.omc.flywheel.common.query;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.bucketing.HiveBucketedFiles;
import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.SparkExtension;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class CatalogViewsTest {
    private static final CatalogName SALES = CatalogName.parse("sales");
    private static final CatalogName HR = CatalogName.parse("hr");
    private static final List<TablePrefix> EXT = List.of(TablePrefix.parse("ext_"));
    private static final List<TablePrefix> PART = List.of(TablePrefix.parse("part_"));
    private static final TableId IDS = TableId.of("sales", "ext_ids");
    private static final TableId PARTS = TableId.of("sales", "part_ids");

    private final FolderSession lake;
    private final InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases("sales", "hr");
    private final CatalogViews views;

    CatalogViewsTest(SparkSession spark, @TempDir Path root) {
        this.lake = new FolderSession(spark, root);
        this.views = new CatalogViews(lake.spark(), catalog);
    }

    @Test
    void showATableByItsName() {
        lake.write("ids", "select 1L as id, 'a' as name");
        catalog.with(IDS, "s3://lake/ids/", "id:bigint", "name:varchar(10)");

        assertThat(views.register(SALES, EXT)).containsExactly("ext_ids", "sales__ext_ids");

        assertThat(rows("select id, name from ext_ids")).containsExactly(RowFactory.create(1L, "a"));
        assertThat(rows("select count(*) from sales__ext_ids")).containsExactly(RowFactory.create(1L));
    }

    @Test
    void showTablesOfOneNameByTheirDatabasesOnly() {
        lake.write("sales", "select 1L as id");
        lake.write("hr", "select 2L as id");
        catalog.with(IDS, "s3://lake/sales/", "id:bigint")
                .with(TableId.of("hr", "ext_ids"), "s3://lake/hr/", "id:bigint")
                .with(TableId.of("hr", "ext_others"), "s3://lake/hr/", "id:bigint");
        views.register(SALES, EXT);

        List<String> names = views.register(HR, EXT);

        assertThat(names).containsExactly("ext_others", "hr__ext_ids", "hr__ext_others", "sales__ext_ids");
        assertThat(rows("select * from hr__ext_ids")).containsExactly(RowFactory.create(2L));
        assertThat(rows("select * from sales__ext_ids")).containsExactly(RowFactory.create(1L));
        assertFails(FailureKind.BAD_ARGUMENT, () -> views.query("select * from ext_ids"))
                .hasMessageContaining("`ext_ids` cannot be found");
    }

    @Test
    void haveTheColumnsOfTheCatalogWhateverAFileHas() {
        lake.write("ids", "select 1L as id, 7 as dropped");
        catalog.with(IDS, "s3://lake/ids/", "id:bigint", "added:decimal(10,2)", "nested:array<string>");
        views.register(SALES, EXT);

        Dataset<Row> all = views.query("select * from ext_ids");

        assertThat(all.schema().toDDL()).isEqualTo("id BIGINT,added DECIMAL(10,2),nested ARRAY<STRING>");
        assertThat(all.collectAsList()).containsExactly(RowFactory.create(1L, null, null));
    }

    @Test
    void readPartitionsWhereverTheyLieWithTheirValuesAsTyped() {
        lake.write("parts/snapshot_dt=2025-01-31", "select 1L as id");
        lake.write("elsewhere/run-7", "select 2L as id, 'new' as name");
        lake.write("parts/snapshot_dt=2025-03-31", "select 3L as id");
        partitioned()
                .withPartition(PARTS, "s3://lake/parts/snapshot_dt=2025-01-31/", "2025-01-31", "1")
                .withPartition(PARTS, "s3://lake/elsewhere/run-7", "2025-02-28", "2")
                .withPartition(PARTS, "s3://lake/never/written/", "2025-04-30", "4");
        views.register(SALES, PART);

        assertThat(views.query("select * from part_ids").schema().toDDL())
                .isEqualTo("id BIGINT,name STRING,snapshot_dt DATE,shard INT");
        assertThat(rows("select * from part_ids order by id"))
                .containsExactly(
                        RowFactory.create(1L, null, Date.valueOf("2025-01-31"), 1),
                        RowFactory.create(2L, "new", Date.valueOf("2025-02-28"), 2));
        assertThat(rows("select id from part_ids where snapshot_dt = date'2025-02-28' and shard = 2"))
                .containsExactly(RowFactory.create(2L));
    }

    @Test
    void readOnlyThePartitionsThatAQueryAsksFor() {
        lake.write("parts/a", "select 1L as id");
        lake.write("parts/b", "select 2L as id");
        partitioned()
                .withPartition(PARTS, "s3://lake/parts/a/", "2025-01-31", "1")
                .withPartition(PARTS, "s3://lake/parts/b/", "2025-02-28", "1");
        views.register(SALES, PART);

        Dataset<Row> one = views.query("select id from part_ids where snapshot_dt = date'2025-02-28'");

        assertThat(one.queryExecution().executedPlan().toString()).contains("PartitionFilters: [isnotnull(snapshot_dt");
        assertThat(one.collectAsList()).containsExactly(RowFactory.create(2L));
    }

    @Test
    void showATableWithoutPartitionsAsEmpty() {
        partitioned();
        views.register(SALES, PART);

        Dataset<Row> none = views.query("select * from part_ids");

        assertThat(none.columns()).containsExactly("id", "name", "snapshot_dt", "shard");
        assertThat(none.collectAsList()).isEmpty();
    }

    @Test
    void readFoldersUnderATableWithoutPartitionsAndNothingThatIsHidden() {
        lake.write("ids/a", "select 1L as id");
        lake.write("ids/snapshot_dt=2025-01-31", "select 2L as id");
        lake.write("ids/_flywheel/x", "select 3L as id");
        catalog.with(IDS, "s3://lake/ids/", "id:bigint");
        views.register(SALES, EXT);

        assertThat(rows("select * from ext_ids order by id"))
                .containsExactly(RowFactory.create(1L), RowFactory.create(2L));
    }

    @Test
    void leaveOutWhatSparkCannotReadAndSayWhy() {
        lake.write("ids", "select 1L as id");
        lake.write("deep/inner", "select 1L as id");
        catalog.with(IDS, "s3://lake/ids/", "id:bigint")
                .with(
                        TableId.of("sales", "ext_csv"),
                        new StorageFormat("", "", ""),
                        "s3://lake/ids/",
                        List.of(),
                        "id:int")
                .with(TableId.of("sales", "ext_odd"), "hdfs://lake/ids/", "id:uniontype<int,string>", "x:int")
                .with(
                        TableId.of("sales", "part_deep"),
                        StorageFormat.PARQUET,
                        "s3://lake/",
                        List.of("d:string"),
                        "id:int")
                .withPartition(TableId.of("sales", "part_deep"), "s3://lake/deep/", "1")
                .with(TableId.of("sales", "part_odd"), StorageFormat.PARQUET, "s3://lake/", List.of("d:date"), "id:int")
                .withPartition(TableId.of("sales", "part_odd"), "s3://lake/ids/", "31.01.2025");

        views.register(SALES, EXT);
        List<String> names = views.register(SALES, PART);

        assertThat(names).containsExactly("ext_ids", "sales__ext_ids");
        Map<String, String> leftOut = views.leftOut();
        assertThat(leftOut.get("sales.ext_csv")).contains("sales.ext_csv").contains("it is not stored as Parquet");
        assertThat(leftOut.get("sales.ext_odd"))
                .contains("column id has the type uniontype<int,string>, which Spark does not know")
                .contains("its location is no folder of S3");
        assertThat(leftOut.get("sales.part_deep")).contains("lies deeper than its partition");
        assertThat(leftOut.get("sales.part_odd")).contains("partition [31.01.2025] cannot be read as d of type date");
        assertFails(FailureKind.BAD_ARGUMENT, () -> views.query("select * from ext_csv"))
                .hasMessageContaining("no views of: sales.ext_csv, sales.ext_odd");
    }

    @Test
    void showFilesThatWereAddedAfterTheyAreRegisteredAgain() {
        lake.write("ids/a", "select 1L as id");
        catalog.with(IDS, "s3://lake/ids/", "id:bigint");
        views.register(SALES, EXT);
        lake.write("ids/b", "select 2L as id");
        assertThat(rows("select count(*) from ext_ids")).containsExactly(RowFactory.create(1L));

        views.register(SALES, EXT);

        assertThat(rows("select count(*) from ext_ids")).containsExactly(RowFactory.create(2L));
    }

    @Test
    void joinHiveBucketsOverAllTheirFiles() {
        SparkSession spark = lake.spark();
        HiveBucketedFiles files = new HiveBucketedFiles(spark);
        Dataset<Row> ids = spark.range(200).selectExpr("concat('customer-', id) as id", "id as number");
        files.write(ids, "s3a://lake/left", "id", 8, Map.of());
        files.write(ids.where("number % 2 = 0"), "s3a://lake/right", "id", 8, Map.of());
        catalog.create(TableId.of("sales", "ext_left"), bucketed("s3://lake/left/"));
        catalog.create(TableId.of("sales", "ext_right"), bucketed("s3://lake/right/"));
        views.register(SALES, EXT);

        Dataset<Row> joined = views.query(
                "select /*+ MERGE(r) */ l.number, r.number from ext_left l join ext_right r on l.id = r.id");
        Dataset<Row> one = views.query("select number from ext_left where id = 'customer-17'");

        assertThat(joined.queryExecution().executedPlan().toString())
                .contains("SortMergeJoin", "Exchange hashpartitioning")
                .doesNotContain("SelectedBucketsCount", "Bucketed: true");
        assertThat(joined.collectAsList()).hasSize(100).allMatch(row -> row.getLong(0) == row.getLong(1));
        assertThat(one.queryExecution().executedPlan().toString()).doesNotContain("SelectedBucketsCount");
        assertThat(one.collectAsList()).containsExactly(RowFactory.create(17L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into ext_ids select 2L",
                "with x as (select 2L as id) insert into ext_ids select * from x",
                "from ext_ids insert into ext_ids select id insert into ext_ids select id",
                "insert overwrite directory '${folder}' using parquet select * from ext_ids",
                "insert overwrite local directory '${folder}' stored as parquet select * from ext_ids",
                "create table made_by_a_test using parquet as select * from ext_ids",
                "create temporary view made_by_a_test as select 1",
                "drop view ext_ids",
                "cache table ext_ids",
                "set spark.sql.ansi.enabled=true",
                "show tables",
                "describe ext_ids",
                "explain select 1"
            })
    void answerNothingButQueries(String statement) {
        lake.write("ids", "select 1L as id");
        catalog.with(IDS, "s3://lake/ids/", "id:bigint");
        views.register(SALES, EXT);
        Path target = lake.path("target");

        assertFails(FailureKind.BAD_ARGUMENT, () -> views.query(statement.replace("${folder}", target.toString())))
                .hasMessageContaining("only queries are run over the views");

        assertThat(Files.exists(target)).isFalse();
        assertThat(rows("select * from ext_ids")).containsExactly(RowFactory.create(1L));
    }

    @Test
    void sayWhatSparkSaysOfAQueryThatItDoesNotTake() {
        assertFails(FailureKind.BAD_ARGUMENT, () -> views.query("selct 1"))
                .hasMessageStartingWith("BAD_ARGUMENT: Spark does not take this query: [PARSE_SYNTAX_ERROR]");
        assertFails(FailureKind.BAD_ARGUMENT, () -> views.query("select 1; select 2"))
                .hasMessageContaining("[PARSE_SYNTAX_ERROR]");
        assertFails(FailureKind.BAD_ARGUMENT, () -> views.query("select nothing"))
                .hasMessageContaining("`nothing`");
    }

    private InMemoryTableCatalog partitioned() {
        return catalog.with(
                PARTS,
                StorageFormat.PARQUET,
                "s3://lake/parts/",
                List.of("snapshot_dt:date", "shard:int"),
                "id:bigint",
                "name:string");
    }

    private static TableDefinition bucketed(String location) {
        List<CatalogColumn> columns =
                List.of(new CatalogColumn("id", "string", ""), new CatalogColumn("number", "bigint", ""));
        return new TableDefinition(
                "", columns, List.of(), S3Uri.parse(location), Optional.of(new Buckets("id", 8)), Map.of());
    }

    private List<Row> rows(String sql) {
        return views.query(sql).collectAsList();
    }
}
