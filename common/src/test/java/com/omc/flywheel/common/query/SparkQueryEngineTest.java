package com.omc.flywheel.common.query;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.SparkExtension;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is refused; what is made is tested where there is a server of S3 and its committer. */
@ExtendWith(SparkExtension.class)
class SparkQueryEngineTest {
    private static final RunId RUN = new RunId("20251102T031500Z-9f86d081");
    private static final TableId SOURCE = TableId.of("lake", "ext_ids");
    private static final TableId TARGET = TableId.of("lake", "bucketed_ids");
    private static final S3Uri LOCATION = S3Uri.parse("s3://lake/bucketed/ids/");

    private final FolderSession lake;
    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    private final InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases("lake");
    private final List<String> started = new ArrayList<>();

    SparkQueryEngineTest(SparkSession spark, @TempDir Path root) {
        this.lake = new FolderSession(spark, root);
    }

    @Test
    void refusesToRepairATable() {
        assertFails(FailureKind.ENVIRONMENT, () -> run(new RepairTable(TARGET)))
                .hasMessageContaining("lake.bucketed_ids")
                .hasMessageContaining("use REPAIR catalog");
        assertThat(started).isEmpty();
    }

    @Test
    void refusesASourceThatIsNotInTheCatalog() {
        assertFails(FailureKind.MISSING_INPUT, () -> run(create("id")))
                .hasMessageContaining("there is no table lake.ext_ids");
        assertThat(started).isEmpty();
    }

    @Test
    void namesEveryColumnThatIsWrong() {
        catalog.with(SOURCE, "s3://lake/ids/", "id:double", "name:string");

        assertFails(FailureKind.BAD_DATA, () -> run(create("id", "absent", "name", "name", "missing")))
                .hasMessageContaining("lake.ext_ids has no column absent")
                .hasMessageContaining("lake.ext_ids has no column missing")
                .hasMessageContaining("two columns would be called name")
                .hasMessageContaining("id, has the type double, on whose buckets engines disagree");
        assertFails(FailureKind.BAD_DATA, () -> run(create("name")))
                .hasMessageContaining("the column of the buckets, id, is not among the new columns");
    }

    @Test
    void refusesALocationThatIsNotEmpty() {
        catalog.with(SOURCE, "s3://lake/ids/", "id:bigint");
        store.put("s3://lake/bucketed/ids/of-somebody.parquet", "x");

        assertFails(FailureKind.CONFLICT, () -> run(create("id")))
                .hasMessageContaining("its location s3://lake/bucketed/ids/ is not empty (of-somebody.parquet)");
        assertThat(started).isEmpty();
    }

    @Test
    void refusesALocationThatAnEarlierWriteHasMarkedAsDone() {
        catalog.with(SOURCE, "s3://lake/ids/", "id:bigint");
        store.put("s3://lake/bucketed/ids/_SUCCESS", "{\"committer\": \"magic\"}");

        assertFails(FailureKind.CONFLICT, () -> run(create("id"))).hasMessageContaining("is not empty (_SUCCESS)");
    }

    @Test
    void takesALocationInWhichAnAttemptThatWasKilledLeftWhatNobodyReads() {
        lake.write("ids", "select 1L as id");
        catalog.with(SOURCE, "s3://lake/ids/", "id:bigint");
        store.put("s3://lake/bucketed/ids/", "").put("s3://lake/bucketed/ids/__magic_job-1/tasks/1.pendingset", "x");

        assertFails(FailureKind.ENVIRONMENT, () -> run(create("id")))
                .hasMessageContaining("was written with a committer");
    }

    @Test
    void refusesATableThatIsThere() {
        catalog.with(SOURCE, "s3://lake/ids/", "id:bigint").with(TARGET, "s3://lake/older/", "id:bigint");

        assertFails(FailureKind.CONFLICT, () -> run(create("id")))
                .hasMessageContaining("the catalog has one of another definition, at s3://lake/older/");
    }

    @Test
    void refusesALocationInTheSourceOrAroundIt() {
        for (String location : List.of("s3://lake/bucketed", "s3://lake/bucketed/ids/older/")) {
            catalog.with(SOURCE, location, "id:bigint");

            assertFails(FailureKind.BAD_ARGUMENT, () -> run(create("id"))).hasMessageContaining("lie one in the other");
        }
    }

    @Test
    void refusesASourceWithoutFiles() {
        catalog.with(SOURCE, "s3://lake/ids/", "id:bigint");

        assertFails(FailureKind.MISSING_INPUT, () -> run(create("id")))
                .hasMessageContaining("table lake.ext_ids at s3://lake/ids/ has no files");
        assertThat(catalog.find(TARGET)).isEmpty();
    }

    @Test
    void refusesToReadOneSnapshotOfATableThatIsNotPartitionedByIt() {
        for (List<String> keys : List.of(List.<String>of(), List.of("snapshot_dt:string"), List.of("day:date"))) {
            catalog.with(SOURCE, StorageFormat.PARQUET, "s3://lake/ids/", keys, "id:bigint");

            assertFails(FailureKind.BAD_DATA, () -> run(createOfNovember()))
                    .hasMessageContaining("lake.ext_ids has no partition key snapshot_dt of the type date");
        }
        assertThat(started).isEmpty();
    }

    @Test
    void namesTheSnapshotThatHasNoFiles() {
        lake.write("ids/october", "select 1L as id");
        catalog.with(SOURCE, StorageFormat.PARQUET, "s3://lake/ids/", List.of("snapshot_dt:date"), "id:bigint")
                .withPartition(SOURCE, "s3://lake/ids/october/", "2025-10-01");

        assertFails(FailureKind.MISSING_INPUT, () -> run(createOfNovember()))
                .hasMessageContaining("table lake.ext_ids at s3://lake/ids/ has no files of snapshot 2025-11-01;");
    }

    @Test
    void refusesASourceWhoseFilesHaveOtherTypes() {
        lake.write("ids", "select 'sensitive' as id");
        catalog.with(SOURCE, "s3://lake/ids/", "id:bigint");

        assertFails(FailureKind.BAD_DATA, () -> run(create("id")))
                .hasMessageContaining("spark-20251102T031500Z-9f86d081-lake.bucketed_ids")
                .hasMessageContaining("write the files of the source table again")
                .hasMessageNotContaining("sensitive");
        assertThat(catalog.find(TARGET)).isEmpty();
    }

    @Test
    void refusesASourceWhoseFilesAreNoParquet() throws IOException {
        Files.createDirectories(lake.path("ids"));
        Files.writeString(lake.path("ids").resolve("broken.parquet"), "this is text and no Parquet at all");
        catalog.with(SOURCE, "s3://lake/ids/", "id:bigint");

        assertFails(FailureKind.BAD_DATA, () -> run(create("id"))).hasMessageContaining("broken.parquet");
        assertThat(catalog.find(TARGET)).isEmpty();
    }

    @Test
    void makesNoTableOfFilesThatAnotherCommitterWrote() {
        lake.write("ids", "select 1L as id");
        catalog.with(SOURCE, "s3://lake/ids/", "id:bigint");

        assertFails(FailureKind.ENVIRONMENT, () -> run(create("id")))
                .hasMessageContaining(
                        "s3://lake/bucketed/ids/ was written with a committer that does not give its name")
                .hasMessageContaining("table lake.bucketed_ids is not made");
        assertThat(catalog.find(TARGET)).isEmpty();
        assertThat(started).containsExactly("spark-20251102T031500Z-9f86d081-lake.bucketed_ids");
    }

    @Test
    void stopsNothingSinceNothingOutlivesItsProcess() {
        engine().stop("spark-20251102T031500Z-9f86d081-lake.bucketed_ids");

        assertThat(store.list(S3Uri.parse("s3://lake/"))).isEmpty();
    }

    private SparkQueryEngine engine() {
        return new SparkQueryEngine(lake::spark, catalog, store);
    }

    private void run(Statement statement) {
        engine().run(statement, RUN, started::add);
    }

    /** A table of 16 buckets by the column {@code id}. */
    private static CreateTableAs create(String... columns) {
        return new CreateTableAs(
                TARGET,
                LOCATION,
                SOURCE,
                Arrays.stream(columns)
                        .map(ColumnName::new)
                        .map(SelectedColumn::of)
                        .toList(),
                Optional.of(new Buckets("id", 16)));
    }

    private static CreateTableAs createOfNovember() {
        return new CreateTableAs(
                TARGET,
                LOCATION,
                SOURCE,
                List.of(SelectedColumn.of(new ColumnName("id"))),
                Optional.empty(),
                Optional.of(SnapshotDate.parse("2025-11-01")));
    }
}
