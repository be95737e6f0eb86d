package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.addressableArguments;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.FinishedManifests;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablesplitandpart.AddressableSplitAndPartJob;
import com.omc.flywheel.jobs.createpartaddressableidsertable.CreatePartAddressableIdsErTableJob;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesJob;
import com.omc.flywheel.jobs.registerparttables.RegisterPartTablesJob;
import com.omc.flywheel.sequence.athena.QueryScript;
import com.omc.flywheel.sequence.athena.RecordedQuery;
import com.omc.flywheel.testdata.Fault;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last job of the partitioned pipeline, after those before it; DuckDB says what is in the table. */
class CreatePartAddressableIdsErTableJobTest {
    private static final S3Uri PART = ROOT.folder("split_part");
    private static final S3Uri IDS = PART.folder("addressable_ids");
    private static final S3Uri BASE = ROOT.folder("identity");
    private static final S3Uri IDS_MAPPING = ROOT.folder("mapping").file("addressable_ids.csv");
    private static final TableId SOURCE = TableId.of("lake", "part_addressable_ids");
    private static final String TARGET = "lake.part_addressable_ids_er";
    private static final CatalogColumn KEY = new CatalogColumn("customer_user_id", "string", "Customer user id");
    private static final CatalogColumn ROW_ID =
            new CatalogColumn("row_id", "string", "unique id of the row: its customer_user_id");

    @TempDir
    Path data;

    private Lake lake;
    private Path mapping;

    @BeforeEach
    void startLake() throws Exception {
        lake = new Lake(data);
        mapping = lake.mapping(
                "ibe_01,customer_user_id,Key,Customer_User_id,", "ibe_01,ibe1802,Home value range,IBE1802,1802");
        lake.generate(snapshots());
        lake.store()
                .write(
                        IDS_MAPPING,
                        Files.readAllBytes(Lake.HOME.resolve(
                                "test-data/mapping/omc_flywheel_addressable_ids_table_split_part.csv")),
                        "text/csv");
        lake.catalog().createDatabase(new CatalogName("lake"));
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void holdsTheKeysOfTheNewestSnapshotAloneUntilItIsToldAnother() throws Exception {
        split("2025-10-01", "ID_BUCKETS", "4");
        split("2025-11-01", "ID_BUCKETS", "4");
        registerAndPrepare();

        create();

        StoredTable table = lake.table(TARGET);
        assertThat(table.columns()).containsExactly(ROW_ID, KEY);
        assertThat(table.partitionKeys()).isEmpty();
        assertThat(table.buckets()).isEmpty();
        assertThat(table.description()).startsWith("snapshot_dt=2025-11-01; run=");
        assertThat(table.location()).startsWith(BASE.folder("part_addressable_ids_er") + "run=");
        assertThat(lake.tables("lake", "tmp_")).isEmpty();
        assertHoldsTheKeysOf(finished(1));
        Map<String, String> before = lake.contents(BASE);

        assertThat(create()).contains("unchanged");
        assertThat(lake.contents(BASE)).isEqualTo(before);
        assertThat(lake.table(TARGET)).isEqualTo(table);

        assertFails(FailureKind.MISSING_INPUT, () -> create("SNAPSHOT_DT", "2025-09-01"))
                .hasMessageContaining("--SNAPSHOT_DT 2025-09-01: lake.part_addressable_ids is not published in " + IDS)
                .hasMessageContaining("which has 2025-10-01, 2025-11-01");
        create("SNAPSHOT_DT", "2025-10-01");
        assertThat(lake.table(TARGET).description()).startsWith("snapshot_dt=2025-10-01; run=");
        assertHoldsTheKeysOf(finished(0));
    }

    /** B15: the table was made once and never again, and what was to make it again stumbled over its old files. */
    @Test
    void sendsReadersToEveryNewSnapshotByOneUpdateAndKeepsTheVersionBefore() throws Exception {
        split("2025-10-01");
        registerAndPrepare();
        create();
        S3Uri october = location();

        split("2025-11-01");
        Map<String, String> before = lake.contents(BASE);
        StoredTable table = lake.table(TARGET);
        assertFails(FailureKind.CONFLICT, () -> create())
                .hasMessageContaining("%s stays as it is", TARGET)
                .hasMessageContaining("snapshot 2025-11-01 of lake.part_addressable_ids")
                .hasMessageContaining("run prepare-part-tables first")
                .hasMessageContaining("1 of its 1 partitions are not in the catalog: snapshot_dt=2025-11-01");
        assertThat(lake.contents(BASE)).isEqualTo(before);
        assertThat(lake.table(TARGET)).isEqualTo(table);

        assertThat(registerAndPrepare())
                .contains(
                        "skipped: part_addressable_ids_er is described by the job create-part-addressable-ids-er-table");
        assertThat(lake.table(TARGET)).isEqualTo(table);
        lake.glue().resetCounts();
        assertThat(create()).contains("built");
        assertThat(lake.glue().requestsByTarget()).containsEntry("AWSGlue.UpdateTable", 1);
        S3Uri november = location();
        assertThat(november).isNotEqualTo(october);
        assertThat(lake.store().list(october)).isNotEmpty();
        assertHoldsTheKeysOf(finished(1));

        create("FORCE", "true");
        assertThat(location()).isNotIn(october, november);
        assertThat(lake.store().list(november)).isNotEmpty();
        assertThat(lake.store().list(october)).isEmpty();
        assertHoldsTheKeysOf(finished(1));

        // The table leads to no file of the data set, so old snapshots of that go as if it were not there.
        assertThat(prepare("RETAIN_SNAPSHOTS", "1", "RETAIN_DRY_RUN", "false"))
                .contains("snapshots deleted: 2025-10-01");
        assertHoldsTheKeysOf(finished(0));
        assertThat(create()).contains("unchanged");
    }

    /** Entity Resolution rejects records without a unique id: these are told of as counts, and nothing is built. */
    @Test
    void refusesASnapshotWithKeysThatAreNoUniqueIds() throws Exception {
        lake.generate(snapshots().withFaults(Fault.NULL_KEYS, Fault.DUPLICATE_KEYS));
        S3Uri wide = PART.folder("infobase_attributes");
        lake.run(
                InfobaseSplitAndPartJob.DEFINITION,
                splitArguments("TARGET_PATH", wide.toString(), "MAX_NULL_KEYS", "3", "MAX_DUPLICATE_KEYS", "3"));
        registerAndPrepare();

        assertFails(FailureKind.BAD_DATA, () -> create("SOURCE_TABLE", "part_ibe_01"))
                .hasMessageContaining("AWS Entity Resolution rejects records without a unique id")
                .hasMessageContaining("snapshot 2025-11-01 of lake.part_ibe_01")
                .hasMessageContaining("3 of 200 rows have no customer_user_id")
                .hasMessageContaining("3 of 200 rows have a customer_user_id that another row has");

        assertThat(lake.catalog().find(TableId.of("lake", "part_addressable_ids_er")))
                .isEmpty();
        assertThat(lake.store().list(BASE))
                .allMatch(object -> object.uri().key().contains("/_flywheel/lease/"));
    }

    @Test
    void refusesWhatItCannotReadWithoutWritingAnything() throws Exception {
        assertFails(FailureKind.MISSING_INPUT, () -> create("DATABASE", "nowhere"))
                .hasMessageContaining("--DATABASE nowhere: there is no such database");
        assertFails(FailureKind.MISSING_INPUT, () -> create())
                .hasMessageContaining(
                        "--SOURCE_TABLE part_addressable_ids: there is no such table in the database lake")
                .hasMessageContaining("run register-part-tables first");
        define("of_a_script");
        assertFails(FailureKind.BAD_ARGUMENT, () -> create("SOURCE_TABLE", "of_a_script"))
                .hasMessageContaining("--SOURCE_TABLE of_a_script was not made by this program");
        assertFails(FailureKind.MISSING_INPUT, () -> create("RECOVER_ONLY", "true"))
                .hasMessageContaining("there is nothing to recover; check --LOCATION");
        split("2025-11-01");
        registerAndPrepare();
        assertFails(FailureKind.BAD_ARGUMENT, () -> create("LOCATION", IDS + "er/"))
                .hasMessageContaining("--LOCATION %ser/ lies in the folder of lake.part_addressable_ids", IDS);
        for (S3Uri beside : List.of(PART, PART.folder("identity"))) {
            assertFails(FailureKind.BAD_ARGUMENT, () -> create("LOCATION", beside.toString()))
                    .hasMessageContaining(
                            "--LOCATION %s is the folder of the data set %s or lies beside it", beside, IDS);
        }
        assertThat(lake.store().list(BASE)).isEmpty();
        assertThat(lake.store().list(IDS.folder("er"))).isEmpty();
        assertFails(FailureKind.BAD_ARGUMENT, () -> create("KEY", "hashed_email"))
                .hasMessageContaining("--KEY hashed_email: the key of snapshot 2025-11-01")
                .hasMessageContaining("is customer_user_id");
        lead(SOURCE, "s3://lake/elsewhere/");
        assertFails(FailureKind.CONFLICT, () -> create())
                .hasMessageContaining("1 of its 1 partitions lead elsewhere in the catalog: snapshot_dt=2025-11-01");
        assertThat(lake.catalog().find(TableId.of("lake", "part_addressable_ids_er")))
                .isEmpty();
    }

    /** B15: the folder of the old table is not empty, and stays as it is. */
    @Test
    void takesOverTheTableOfAnotherProgramWhenItIsTold() throws Exception {
        split("2025-11-01");
        registerAndPrepare();
        define("part_addressable_ids_er");
        S3Uri old = ROOT.folder("old").file("acx_ids_cur.parquet");
        lake.store().write(old, "PAR1".getBytes(StandardCharsets.UTF_8), "application/octet-stream");

        assertFails(FailureKind.CONFLICT, () -> create("FORCE", "true"))
                .hasMessageContaining("%s is there already and was not made by this program", TARGET)
                .hasMessageContaining("--TAKE_OVER true");
        create("TAKE_OVER", "true", "FORCE", "true");

        assertHoldsTheKeysOf(finished(0));
        assertThat(lake.table(TARGET).parameters()).containsEntry("owner_of_grants", "somebody");
        assertThat(lake.store().exists(old)).isTrue();
    }

    @Test
    void asksAthenaForTheRowsOfOneSnapshotByQuotedNames() throws Exception {
        split("2025-10-01");
        split("2025-11-01");
        registerAndPrepare();
        lake.athena().next(QueryScript.succeeding().withEffect((sql, query) -> writeAsAthenaDoes(sql)));

        create(
                "ENGINE", "athena",
                "ATHENA_WORKGROUP", "primary",
                "ATHENA_RESULTS_S3", "s3://lake/results/");

        String run = location().name().replace("run=", "").replace("-", "_").toLowerCase(Locale.ROOT);
        assertThat(lake.athena().queries())
                .extracting(RecordedQuery::sql)
                .containsExactly(
                        "CREATE TABLE lake.tmp_part_addressable_ids_er_%s WITH (format = 'PARQUET', write_compression = 'SNAPPY', external_location = '%s') AS SELECT \"customer_user_id\" AS \"row_id\", \"customer_user_id\" FROM \"lake\".\"part_addressable_ids\" WHERE \"snapshot_dt\" = DATE '2025-11-01'"
                                .formatted(run, location()));
        assertThat(lake.table(TARGET).columns()).containsExactly(ROW_ID, KEY);
        assertThat(lake.tables("lake", "tmp_")).isEmpty();
        assertHoldsTheKeysOf(finished(1));
    }

    /** Runs the query of the statement in DuckDB, over the partitions that the catalog has. */
    private void writeAsAthenaDoes(String sql) {
        Matcher statement = Pattern.compile(
                        "CREATE TABLE (\\S+)\\.(\\S+) .*external_location = '([^']+)'\\) AS (SELECT .*) FROM \\S+ WHERE .* DATE '([0-9-]+)'")
                .matcher(sql);
        assertThat(statement.matches()).isTrue();
        S3Uri location = S3Uri.parse(statement.group(3));
        String partition = lake.catalog().partitions(SOURCE).stream()
                .filter(candidate -> candidate.values().contains(statement.group(5)))
                .map(StoredPartition::location)
                .findFirst()
                .orElseThrow();
        try (IndependentReader reader = new IndependentReader()) {
            Files.createDirectories(lake.files(location));
            reader.execute(
                    "COPY (%s FROM read_parquet('%s/*.parquet', hive_partitioning = false)) TO '%s' (FORMAT parquet)"
                            .formatted(
                                    statement.group(4),
                                    lake.files(S3Uri.parse(partition)),
                                    lake.files(location.file("20251201_00000_abcde"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        lake.adoptFiles();
        lake.catalog()
                .create(
                        TableId.of(statement.group(1), statement.group(2)),
                        new TableDefinition(
                                "",
                                List.of(
                                        new CatalogColumn("row_id", "string", ""),
                                        new CatalogColumn("customer_user_id", "string", "")),
                                List.of(),
                                location,
                                Optional.empty(),
                                Map.of()));
    }

    /** Every row of the snapshot is there once, under the same id twice. */
    private void assertHoldsTheKeysOf(Manifest snapshot) throws Exception {
        String files = dataFiles();
        String keys = "read_parquet('%s/**/*.parquet', hive_partitioning = false)"
                .formatted(lake.files(IDS.resolve(snapshot.tables().get(0).location())));
        long rows = snapshot.rows();
        try (IndependentReader reader = new IndependentReader()) {
            assertThat(reader.column("SELECT count(*) FROM " + files)).containsExactly(String.valueOf(rows));
            assertThat(reader.column(
                            "SELECT count(DISTINCT row_id) FROM %s AS made JOIN %s AS ids USING (customer_user_id) WHERE row_id = ids.customer_user_id"
                                    .formatted(files, keys)))
                    .containsExactly(String.valueOf(rows));
        }
    }

    private String dataFiles() {
        List<String> files = lake.store().list(location()).stream()
                .filter(object -> !object.uri().name().startsWith("_"))
                .filter(object -> !object.isFolderMarker())
                .map(object -> "'%s'".formatted(lake.files(object.uri())))
                .toList();
        return "read_parquet([%s], hive_partitioning = false)".formatted(String.join(", ", files));
    }

    private void split(String snapshot, String... more) {
        Map<String, String> arguments = addressableArguments(more);
        arguments.putAll(Map.of(
                "SNAPSHOT_DT",
                snapshot,
                "TARGET_PATH",
                IDS.toString(),
                "CSV_FILE",
                IDS_MAPPING.toString(),
                "ALLOW_DROPPED_COLUMNS",
                "true"));
        lake.run(AddressableSplitAndPartJob.DEFINITION, arguments);
    }

    private String registerAndPrepare() {
        lake.run(RegisterPartTablesJob.DEFINITION, Map.of("STAGED_DB", "lake", "SOURCE_PATH", PART.toString()));
        return prepare();
    }

    private String prepare(String... more) {
        return run(PreparePartTablesJob.DEFINITION, Map.of("DATABASE", "lake", "REPAIR", "catalog"), more);
    }

    private String create(String... more) {
        return run(
                CreatePartAddressableIdsErTableJob.DEFINITION,
                Map.of("DATABASE", "lake", "LOCATION", BASE.toString(), "ENGINE", "spark"),
                more);
    }

    private String run(JobDefinition<?> job, Map<String, String> arguments, String... more) {
        Map<String, String> all = new HashMap<>(arguments);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return lake.run(job, all).render();
    }

    /** A table that a script has made. */
    private void define(String name) {
        lake.catalog()
                .create(
                        TableId.of("lake", name),
                        new TableDefinition(
                                "made by a script",
                                List.of(KEY),
                                List.of(),
                                ROOT.folder("old"),
                                Optional.empty(),
                                Map.of("owner_of_grants", "somebody")));
    }

    /** Sends readers of every partition elsewhere. */
    private void lead(TableId table, String location) {
        lake.catalog()
                .updatePartitions(
                        table,
                        lake.catalog().partitions(table).stream()
                                .map(partition -> new PartitionDefinition(
                                        partition.values(), S3Uri.parse(location), List.of(KEY)))
                                .toList());
    }

    private S3Uri location() {
        return S3Uri.parse(lake.table(TARGET).location());
    }

    /** What is published, the oldest first. */
    private Manifest finished(int index) {
        return FinishedManifests.of(lake.store(), new DataSet(IDS)).get(index);
    }

    private GeneratorOptions snapshots() {
        return GeneratorOptions.defaults()
                .withRows(200)
                .withSnapshots(LocalDate.of(2025, 10, 1), LocalDate.of(2025, 11, 1))
                .withMapping(mapping);
    }
}
