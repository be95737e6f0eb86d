package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.bucketing.HiveBucket;
import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.query.CatalogViews;
import com.omc.flywheel.common.query.CreateTableAs;
import com.omc.flywheel.common.query.SelectedColumn;
import com.omc.flywheel.common.query.SparkQueryEngine;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a Spark that is started as a job's, with S3A's real committer. */
class SparkQueryEngineTest {
    private static final TableId SOURCE = TableId.of("lake", "ext_ids");
    private static final TableId BUCKETED = TableId.of("lake", "bucketed_ids");
    private static final TableId PLAIN = TableId.of("lake", "ext_copy");
    private static final S3Uri SOURCE_FOLDER = Lake.ROOT.folder("ids");
    private static final S3Uri BUCKETED_FOLDER = Lake.ROOT.folder("bucketed").folder("run-1");
    private static final S3Uri PLAIN_FOLDER = Lake.ROOT.folder("copy");
    private static final int BUCKETS = 8;
    private static final CreateTableAs CREATE_BUCKETED = new CreateTableAs(
            BUCKETED,
            BUCKETED_FOLDER,
            SOURCE,
            List.of(
                    new SelectedColumn(new ColumnName("number"), new ColumnName("amount")),
                    SelectedColumn.of(new ColumnName("id"))),
            Optional.of(new Buckets("id", BUCKETS)));
    private static final CreateTableAs CREATE_PLAIN = new CreateTableAs(
            PLAIN, PLAIN_FOLDER, SOURCE, List.of(SelectedColumn.of(new ColumnName("id"))), Optional.empty());

    private final InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases("lake")
            .with(SOURCE, SOURCE_FOLDER.toString(), "id:string", "number:int", "absent:date");
    private final List<String> started = new ArrayList<>();

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void start() {
        lake = new Lake(data);
    }

    @AfterEach
    void stop() {
        lake.close();
    }

    @Test
    void makesTablesOfCommittedFilesAndMakesNoneTwice() {
        inAJob(context -> {
            writeSource(context.spark());
            run(context, context.spark(), CREATE_BUCKETED);
            run(context, context.spark(), CREATE_PLAIN);

            requireBucketedTable(context);
            requirePlainTable(context);
            requireUnchangedBySecondRun(context);
            requireSameRowsInQueries(context);
        });
    }

    @Test
    void makesNoTableOfFilesThatAnotherCommitterWrote() {
        inAJob(context -> {
            writeSource(context.spark());
            SparkSession staging = context.spark().newSession();
            staging.conf().set("fs.s3a.committer.name", "directory");
            staging.conf()
                    .set(
                            "fs.s3a.committer.staging.tmp.path",
                            data.resolve("staging").toUri().toString());

            assertFails(FailureKind.ENVIRONMENT, () -> run(context, staging, CREATE_BUCKETED))
                    .hasMessageContaining(
                            "s3://lake/bucketed/run-1/ was written with the committer directory instead of S3A's magic committer");
            assertThat(catalog.find(BUCKETED)).isEmpty();
        });
    }

    private void requireBucketedTable(JobContext context) {
        StoredTable table = catalog.find(BUCKETED).orElseThrow();
        assertThat(table.columns())
                .containsExactly(
                        new CatalogColumn("amount", "int", "about number"),
                        new CatalogColumn("id", "string", "about id"));
        assertThat(table.buckets()).contains(new Buckets("id", BUCKETS));
        assertThat(table.parameters())
                .isEqualTo(Map.of(
                        "EXTERNAL",
                        "TRUE",
                        "classification",
                        "parquet",
                        "bucketing_format",
                        "hive",
                        "bucketing_version",
                        "1"));
        assertThat(table.location()).isEqualTo(BUCKETED_FOLDER.toString());
        List<String> files = files(context.store(), BUCKETED_FOLDER);
        assertThat(files).hasSize(BUCKETS);
        long rows = 0;
        for (String file : files) {
            List<String> keys = context.spark()
                    .read()
                    .parquet(BUCKETED_FOLDER.file(file).toHadoop())
                    .select("id")
                    .toJSON()
                    .collectAsList();
            assertThat(keys).allMatch(key -> bucket(key) == Integer.parseInt(file.substring(0, 5)));
            rows += keys.size();
        }
        assertThat(rows).isEqualTo(502);
        assertThat(success(context.store(), BUCKETED_FOLDER)).contains("\"committer\":\"magic\"");
    }

    private void requirePlainTable(JobContext context) {
        StoredTable table = catalog.find(PLAIN).orElseThrow();
        assertThat(table.columns()).containsExactly(new CatalogColumn("id", "string", "about id"));
        assertThat(table.buckets()).isEmpty();
        assertThat(table.parameters()).isEqualTo(Map.of("EXTERNAL", "TRUE", "classification", "parquet"));
        assertThat(files(context.store(), PLAIN_FOLDER))
                .isNotEmpty()
                .allMatch(name -> name.endsWith(".snappy.parquet"));
        assertThat(success(context.store(), PLAIN_FOLDER)).contains("\"committer\":\"magic\"");
    }

    private void requireUnchangedBySecondRun(JobContext context) {
        Map<String, String> before = lake.contents(Lake.ROOT);

        run(context, context.spark(), CREATE_BUCKETED);

        assertThat(lake.contents(Lake.ROOT)).isEqualTo(before);
        String id = "spark-%s-lake.bucketed_ids".formatted(context.runId());
        assertThat(started).startsWith(id).endsWith(id).hasSize(3);
    }

    private void requireSameRowsInQueries(JobContext context) {
        CatalogViews views = new CatalogViews(context.spark().newSession(), catalog);
        views.register(CatalogName.parse("lake"), List.of(TablePrefix.parse("ext_"), TablePrefix.parse("bucketed_")));

        List<String> counts = views.query(
                        """
                        select (select count(*) from bucketed_ids b join ext_ids s on b.id = s.id and b.amount = s.number) as joined,
                               (select count(*) from ext_copy) as copied,
                               (select count(*) from bucketed_ids where id = 'customer-7') as found""")
                .toJSON()
                .collectAsList();

        assertThat(counts).containsExactly("{\"joined\":501,\"copied\":502,\"found\":1}");
    }

    /** 500 customers, and a row each with a missing and an empty key. */
    private static void writeSource(SparkSession spark) {
        spark.range(500)
                .selectExpr("concat('customer-', id) as id", "cast(id as int) as number")
                .unionAll(spark.sql("select null, -1 union all select '', -2"))
                .write()
                .parquet(SOURCE_FOLDER.toHadoop());
    }

    private void run(JobContext context, SparkSession session, CreateTableAs statement) {
        new SparkQueryEngine(() -> session, catalog, context.store()).run(statement, context.runId(), started::add);
    }

    private static List<String> files(ObjectStore store, S3Uri folder) {
        return store.list(folder).stream()
                .filter(object -> !object.isFolderMarker())
                .map(object -> folder.relativize(object.uri()))
                .filter(name -> !name.equals("_SUCCESS"))
                .toList();
    }

    private static String success(ObjectStore store, S3Uri folder) {
        return new String(store.read(folder.file("_SUCCESS")).orElseThrow(), StandardCharsets.UTF_8).replace(" ", "");
    }

    /** Of a row whose only column is the key, as JSON without what is NULL. */
    private static int bucket(String row) {
        if (row.equals("{}")) {
            return HiveBucket.of(HiveBucket.hashOfNull(), BUCKETS);
        }
        String key = row.substring("{\"id\":\"".length(), row.length() - "\"}".length());
        return HiveBucket.of(HiveBucket.hash(key.getBytes(StandardCharsets.UTF_8)), BUCKETS);
    }

    /** It takes no arguments. */
    record Nothing() {}

    private void inAJob(Consumer<JobContext> body) {
        JobDefinition<Nothing> job = new JobDefinition<>(
                "query",
                "Runs what a test asks for.",
                Nothing.class,
                SparkQueryEngineTest.class,
                (arguments, context) -> {
                    body.accept(context);
                    return () -> "";
                });
        lake.run(job, Map.of());
    }
}
