package com.omc.flywheel.common.catalog;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link TableCatalog} must do; run by the fake and by Glue's adapter, so that the fake cannot lie. Each test
 * works in a database of its own.
 */
public abstract class TableCatalogContract {
    // An answer of GetTables holds 100 tables: AWS Glue API reference.
    private static final int MORE_TABLES_THAN_ONE_PAGE = 130;
    // A batch takes 100 to create or update and 25 to delete: AWS Glue API reference, BatchCreatePartition and so on.
    private static final int MORE_PARTITIONS_THAN_TWO_BATCHES = 230;
    private static final int MANY_COLUMNS = 150;
    private static final int WRITERS = 8;
    private static final TablePrefix EXT = new TablePrefix("ext_");
    private static final S3Uri LAKE = S3Uri.parse("s3://lake/tables/");
    private static final List<CatalogColumn> COLUMNS = List.of(
            new CatalogColumn("customer_user_id", "string", "who it is"),
            new CatalogColumn("amount", "decimal(10,2)", ""),
            new CatalogColumn("seen", "array<struct<at:timestamp,by:string>>", "Z\u00fcrich"));
    private static final List<CatalogColumn> KEYS =
            List.of(new CatalogColumn("snapshot_dt", "string", "the day"), new CatalogColumn("id_bucket", "int", ""));

    private CatalogName database;

    /** The catalog under test; the same throughout a test. */
    protected abstract TableCatalog catalog();

    /** Somebody else at work in that catalog. */
    protected abstract CatalogOutsider outsider();

    /** The name of a database that is not there yet. */
    protected CatalogName freshDatabase() {
        return new CatalogName("contract_" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** False for a server that has versions and does not compare them in UpdateTable; Glue does. */
    protected boolean supportsVersionCheck() {
        return true;
    }

    /** False for a server that keeps longer texts than Glue does. */
    protected boolean supportsLengthChecks() {
        return true;
    }

    @BeforeEach
    void createDatabase() {
        database = freshDatabase();
        catalog().createDatabase(database);
    }

    @Test
    void knowsTheDatabasesThatWereCreated() {
        CatalogName other = freshDatabase();
        assertThat(catalog().databaseExists(other)).isFalse();

        catalog().createDatabase(other);
        catalog().createDatabase(other);

        assertThat(catalog().databaseExists(other)).isTrue();
        assertThat(catalog().list(other, EXT)).isEmpty();
    }

    @Test
    void keepsTheTablesOfADatabaseThatIsCreatedAgain() {
        catalog().create(id("ext_a"), plain());

        catalog().createDatabase(database);

        assertThat(catalog().find(id("ext_a"))).isPresent();
    }

    @Test
    void findsNothingThatIsNotThere() {
        assertThat(catalog().find(id("ext_a"))).isEmpty();
        assertThat(catalog().find(new TableId(freshDatabase(), new CatalogName("ext_a"))))
                .isEmpty();
    }

    @Test
    void findsATableAsItWasDefined() {
        TableDefinition definition = new TableDefinition(
                "Claims, by day",
                COLUMNS,
                KEYS,
                LAKE.folder("ext_a"),
                Optional.empty(),
                Map.of("flywheel.run", "2025-12-24", "comment", "Z\u00fcrich"));

        catalog().create(id("ext_a"), definition);

        StoredTable table = find("ext_a");
        assertThat(table.id()).isEqualTo(id("ext_a"));
        assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.format()).isEqualTo(StorageFormat.PARQUET);
        assertThat(table.description()).isEqualTo("Claims, by day");
        assertThat(table.columns()).isEqualTo(COLUMNS);
        assertThat(table.partitionKeys()).isEqualTo(KEYS);
        assertThat(table.location()).isEqualTo("s3://lake/tables/ext_a/");
        assertThat(table.buckets()).isEmpty();
        assertThat(table.parameters())
                .containsOnly(
                        Map.entry("EXTERNAL", "TRUE"),
                        Map.entry("classification", "parquet"),
                        Map.entry("flywheel.run", "2025-12-24"),
                        Map.entry("comment", "Z\u00fcrich"));
        assertThat(table.isAsDefined(definition)).isTrue();
    }

    @Test
    void findsATableWithNothingButColumns() {
        catalog().create(id("ext_a"), plain());

        StoredTable table = find("ext_a");

        assertThat(table.description()).isEmpty();
        assertThat(table.partitionKeys()).isEmpty();
        assertThat(table.isAsDefined(plain())).isTrue();
    }

    @Test
    void saysHowRowsArePlaced() {
        TableDefinition bucketed = bucketed(64);

        catalog().create(id("bucketed_a"), bucketed);

        assertThat(find("bucketed_a").buckets()).contains(new Buckets("customer_user_id", 64));
        assertThat(find("bucketed_a").parameters())
                .containsEntry("bucketing_format", "hive")
                .containsEntry("bucketing_version", "1");
        assertThat(find("bucketed_a").isAsDefined(bucketed)).isTrue();
        assertThat(find("bucketed_a").isAsDefined(bucketed(32))).isFalse();
    }

    @Test
    void keepsEveryColumnOfAWideTableInItsOrder() {
        List<CatalogColumn> wide = IntStream.range(0, MANY_COLUMNS)
                .mapToObj(number -> new CatalogColumn("c" + (number * 7 % MANY_COLUMNS), "string", "number " + number))
                .toList();
        TableDefinition definition =
                new TableDefinition("", wide, KEYS, LAKE.folder("wide"), Optional.empty(), Map.of());

        catalog().create(id("ext_wide"), definition);
        assertThat(find("ext_wide").columns()).isEqualTo(wide);
        assertThat(find("ext_wide").partitionKeys()).isEqualTo(KEYS);

        catalog().update(find("ext_wide"), at(definition, "wide-2"));
        assertThat(find("ext_wide").columns()).isEqualTo(wide);
        assertThat(find("ext_wide").partitionKeys()).isEqualTo(KEYS);
    }

    @Test
    void takesTheLongestNamesAndComments() {
        String name = "ext_" + "a".repeat(251);
        CatalogColumn column = CatalogColumn.withShortComment("a", "string", "\u00fc".repeat(300));
        TableDefinition definition = new TableDefinition(
                "d".repeat(2048), List.of(column), List.of(), LAKE.folder("a"), Optional.empty(), Map.of());

        catalog().create(id(name), definition);

        assertThat(find(name).isAsDefined(definition)).isTrue();
        assertThat(catalog().list(database, EXT))
                .extracting(table -> table.id().table().value())
                .containsExactly(name);
    }

    @Test
    void refusesTextsThatAreTooLong() {
        CatalogColumn column = new CatalogColumn("a", "string", "c".repeat(256));
        TableDefinition longComment =
                new TableDefinition("", List.of(column), List.of(), LAKE.folder("a"), Optional.empty(), Map.of());
        TableDefinition longDescription =
                new TableDefinition("d".repeat(2049), COLUMNS, List.of(), LAKE.folder("a"), Optional.empty(), Map.of());

        for (TableDefinition definition : List.of(longComment, longDescription)) {
            ThrowingCallable create = () -> catalog().create(id("ext_a"), definition);
            if (supportsLengthChecks()) {
                assertFails(FailureKind.BAD_ARGUMENT, create)
                        .hasMessageContaining(id("ext_a").toString());
            } else {
                assertThatCode(create).doesNotThrowAnyException();
                catalog().delete(id("ext_a"));
            }
            assertThat(catalog().find(id("ext_a"))).isEmpty();
        }
    }

    @Test
    void readsAViewWithoutAnyStorage() {
        outsider().createView(id("ext_view"));

        StoredTable view = find("ext_view");

        assertThat(view.tableType()).isEqualTo("VIRTUAL_VIEW");
        assertThat(view.location()).isEmpty();
        assertThat(view.columns()).isEmpty();
        assertThat(view.buckets()).isEmpty();
        assertThat(view.format()).isEqualTo(new StorageFormat("", "", ""));
        assertThat(view.isAsDefined(plain())).isFalse();
        assertThat(catalog().list(database, EXT)).containsExactly(view);
    }

    @Test
    void listsTheTablesOfAPrefixInTheOrderOfTheirNames() {
        CatalogName other = freshDatabase();
        catalog().createDatabase(other);
        for (String name : List.of("ext_b", "ext_a_2", "ext_a", "extra", "part_ext_a", "exta_b", "bucketed_a")) {
            catalog().create(id(name), plain());
        }
        catalog().create(new TableId(other, new CatalogName("ext_other")), plain());

        List<StoredTable> tables = catalog().list(database, EXT);

        assertThat(tables).extracting(StoredTable::id).containsExactly(id("ext_a"), id("ext_a_2"), id("ext_b"));
        assertThat(tables.get(0)).isEqualTo(find("ext_a"));
        assertThat(catalog().list(database, new TablePrefix("none_"))).isEmpty();
    }

    @Test
    void listsMoreTablesThanOnePageHolds() {
        List<TableId> ids = IntStream.range(0, MORE_TABLES_THAN_ONE_PAGE)
                .mapToObj(number -> id("ext_%04d".formatted(number)))
                .toList();
        catalog().create(id("a_first"), plain());
        ids.forEach(id -> catalog().create(id, plain()));

        assertThat(catalog().list(database, EXT)).extracting(StoredTable::id).containsExactlyElementsOf(ids);
    }

    @Test
    void namesTheDatabaseThatIsNotThere() {
        CatalogName absent = freshDatabase();
        TableId table = new TableId(absent, new CatalogName("ext_a"));

        assertFails(FailureKind.MISSING_INPUT, () -> catalog().list(absent, EXT))
                .hasMessageContaining("there is no database " + absent);
        assertFails(FailureKind.MISSING_INPUT, () -> catalog().create(table, plain()))
                .hasMessageContaining("there is no database " + absent);
        assertThat(catalog().databaseExists(absent)).isFalse();
    }

    @Test
    void createsTheSameAgain() {
        catalog().create(id("ext_a"), bucketed(8));
        StoredTable before = find("ext_a");

        catalog().create(id("ext_a"), bucketed(8));

        assertThat(find("ext_a")).isEqualTo(before);
    }

    @Test
    void doesNotCreateOverAnotherDefinition() {
        catalog().create(id("ext_a"), plain());
        outsider().createView(id("ext_view"));
        StoredTable before = find("ext_a");

        for (String name : List.of("ext_a", "ext_view")) {
            assertFails(FailureKind.CONFLICT, () -> catalog().create(id(name), bucketed(8)))
                    .hasMessageContaining(id(name).toString())
                    .hasMessageContaining("another definition");
        }

        assertThat(find("ext_a")).isEqualTo(before);
        assertThat(find("ext_view").tableType()).isEqualTo("VIRTUAL_VIEW");
    }

    @Test
    void changesEverythingThatADefinitionNames() {
        catalog().create(id("ext_a"), plain());
        StoredTable before = find("ext_a");
        TableDefinition definition = new TableDefinition(
                "second",
                List.of(new CatalogColumn("amount", "double", "other"), new CatalogColumn("new", "int", "")),
                List.of(),
                LAKE.folder("second"),
                Optional.of(new Buckets("new", 16)),
                Map.of("flywheel.run", "2"));

        catalog().update(before, definition);

        StoredTable after = find("ext_a");
        assertThat(after.isAsDefined(definition)).isTrue();
        assertThat(after.parameters()).containsEntry("bucketing_format", "hive").containsEntry("EXTERNAL", "TRUE");
    }

    @Test
    void takesBucketsAway() {
        catalog().create(id("ext_a"), bucketed(8));

        catalog().update(find("ext_a"), plain());

        assertThat(find("ext_a").buckets()).isEmpty();
        assertThat(find("ext_a").parameters())
                .doesNotContainKeys("bucketing_format", "bucketing_version")
                .containsEntry("classification", "parquet");
    }

    /** Readers of another version of Hive's buckets find no rows, and no error. */
    @Test
    void setsWhatSomebodyElseSaysOfBuckets() {
        for (Map.Entry<String, String> word :
                Map.of("bucketing_version", "2", "bucketing_format", "spark").entrySet()) {
            TableId id = id("ext_" + word.getKey());
            catalog().create(id, bucketed(8));
            outsider().setParameter(id, word.getKey(), word.getValue());
            assertThat(find("ext_" + word.getKey()).isAsDefined(bucketed(8))).isFalse();

            catalog().update(find("ext_" + word.getKey()), bucketed(8));

            StoredTable after = find("ext_" + word.getKey());
            assertThat(after.isAsDefined(bucketed(8))).isTrue();
            assertThat(after.parameters())
                    .containsEntry("bucketing_version", "1")
                    .containsEntry("bucketing_format", "hive");
        }
    }

    @Test
    void makesAnotherVersionWithEveryChange() {
        catalog().create(id("ext_a"), plain());
        List<String> versions = new ArrayList<>();
        versions.add(find("ext_a").version());

        catalog().update(find("ext_a"), at(plain(), "second"));
        versions.add(find("ext_a").version());
        outsider().setParameter(id("ext_a"), "theirs", "1");
        versions.add(find("ext_a").version());

        assertThat(versions).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void keepsWhatADefinitionDoesNotName() {
        TableDefinition first = new TableDefinition(
                "", COLUMNS, KEYS, LAKE.folder("a"), Optional.empty(), Map.of("ours", "1", "ours too", "1"));
        catalog().create(id("part_a"), first);
        outsider().setParameter(id("part_a"), "theirs", "1");
        outsider().setOwner(id("part_a"), "somebody");
        catalog().createPartitions(id("part_a"), List.of(partition("2025-01-31", 0)));

        TableDefinition second =
                new TableDefinition("", COLUMNS, KEYS, LAKE.folder("b"), Optional.empty(), Map.of("ours", "2"));
        catalog().update(find("part_a"), second);

        assertThat(outsider().owner(id("part_a"))).isEqualTo("somebody");
        assertThat(find("part_a").isAsDefined(second)).isTrue();
        assertThat(find("part_a").parameters())
                .containsEntry("theirs", "1")
                .containsEntry("ours", "2")
                .containsEntry("ours too", "1");
        assertThat(catalog().partitions(id("part_a")))
                .extracting(StoredPartition::values)
                .containsExactly(List.of("2025-01-31", "0"));
    }

    @Test
    void doesNotChangeATableThatSomebodyElseHasChanged() {
        catalog().create(id("ext_a"), plain());
        StoredTable seen = find("ext_a");
        outsider().setParameter(id("ext_a"), "theirs", "1");
        StoredTable theirs = find("ext_a");

        assertFails(FailureKind.CONFLICT, () -> catalog().update(seen, bucketed(8)))
                .hasMessageContaining(id("ext_a").toString())
                .hasMessageContaining("somebody changed or deleted");

        assertThat(find("ext_a")).isEqualTo(theirs);
    }

    @Test
    void doesNotChangeATableTwiceFromTheSameVersion() {
        catalog().create(id("ext_a"), plain());
        StoredTable seen = find("ext_a");
        catalog().update(seen, at(plain(), "second"));

        assertFails(FailureKind.CONFLICT, () -> catalog().update(seen, at(plain(), "third")))
                .hasMessageContaining("somebody changed or deleted");

        assertThat(find("ext_a").isAsDefined(at(plain(), "second"))).isTrue();
    }

    @Test
    void doesNotChangeATableThatIsGone() {
        catalog().create(id("ext_a"), plain());
        StoredTable seen = find("ext_a");
        catalog().delete(id("ext_a"));

        assertFails(FailureKind.CONFLICT, () -> catalog().update(seen, bucketed(8)))
                .hasMessageContaining(id("ext_a").toString())
                .hasMessageContaining("somebody changed or deleted");

        assertThat(catalog().find(id("ext_a"))).isEmpty();
    }

    @Test
    void letsExactlyOneOfManyWritersChangeAVersion() throws Exception {
        catalog().create(id("ext_a"), plain());
        StoredTable seen = find("ext_a");
        CyclicBarrier together = new CyclicBarrier(WRITERS);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<Optional<String>>> outcomes = threads.invokeAll(IntStream.range(0, WRITERS)
                    .<Callable<Optional<String>>>mapToObj(number -> () -> {
                        together.await(1, TimeUnit.MINUTES);
                        return winner(seen, "writer-" + number);
                    })
                    .toList());

            List<String> winners = new ArrayList<>();
            for (Future<Optional<String>> outcome : outcomes) {
                outcome.get().ifPresent(winners::add);
            }
            assertThat(winners).hasSizeBetween(1, supportsVersionCheck() ? 1 : WRITERS);
            assertThat(winners.stream().map(LAKE::folder).map(S3Uri::toString))
                    .contains(find("ext_a").location());
        } finally {
            threads.shutdownNow();
        }
    }

    private Optional<String> winner(StoredTable seen, String folder) {
        try {
            catalog().update(seen, at(plain(), folder));
            return Optional.of(folder);
        } catch (JobFailure failure) {
            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            return Optional.empty();
        }
    }

    @Test
    void deletesATableAndNoOther() {
        catalog().create(id("ext_a"), plain());
        catalog().create(id("ext_a_2"), plain());

        catalog().delete(id("ext_a"));

        assertThat(catalog().find(id("ext_a"))).isEmpty();
        assertThat(catalog().list(database, EXT)).extracting(StoredTable::id).containsExactly(id("ext_a_2"));
    }

    @Test
    void takesADeleteOfWhatIsAbsentForDone() {
        catalog().delete(id("ext_a"));
        catalog().delete(new TableId(freshDatabase(), new CatalogName("ext_a")));

        assertThat(catalog().list(database, EXT)).isEmpty();
    }

    @Test
    void createsATableAgainThatWasDeleted() {
        catalog().create(id("ext_a"), plain());
        catalog().delete(id("ext_a"));

        catalog().create(id("ext_a"), bucketed(8));

        assertThat(find("ext_a").isAsDefined(bucketed(8))).isTrue();
    }

    @Test
    void hasNoPartitionsAtFirst() {
        createPartitioned("part_a");

        assertThat(catalog().partitions(id("part_a"))).isEmpty();
    }

    @Test
    void tellsPartitionsAsTheyWereDefined() {
        createPartitioned("part_a");
        createPartitioned("part_b");

        assertThat(catalog()
                        .createPartitions(
                                id("part_a"), List.of(partition("2025-01-31", 7), partition("a day/or=another", 8))))
                .isEmpty();

        assertThat(catalog().partitions(id("part_a")))
                .containsExactlyInAnyOrder(
                        new StoredPartition(
                                List.of("2025-01-31", "7"), "s3://lake/tables/part/7/", StorageFormat.PARQUET),
                        new StoredPartition(
                                List.of("a day/or=another", "8"), "s3://lake/tables/part/8/", StorageFormat.PARQUET));
        assertThat(catalog().partitions(id("part_b"))).isEmpty();
    }

    @Test
    void takesMorePartitionsThanOneBatchHoldsAndTellsAllOfThem() {
        createPartitioned("part_a");
        List<PartitionDefinition> all = IntStream.range(0, MORE_PARTITIONS_THAN_TWO_BATCHES)
                .mapToObj(number -> partition("2025-01-31", number))
                .toList();

        assertThat(catalog().createPartitions(id("part_a"), all)).isEmpty();
        assertThat(catalog().partitions(id("part_a")))
                .extracting(StoredPartition::values)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(PartitionDefinition::values).toList());

        assertThat(catalog()
                        .updatePartitions(
                                id("part_a"),
                                all.stream().map(one -> moved(one, "moved")).toList()))
                .isEmpty();
        assertThat(catalog().partitions(id("part_a")))
                .hasSize(MORE_PARTITIONS_THAN_TWO_BATCHES)
                .allSatisfy(partition -> assertThat(partition.location()).isEqualTo("s3://lake/tables/moved/"));

        assertThat(catalog()
                        .deletePartitions(
                                id("part_a"),
                                all.stream()
                                        .skip(1)
                                        .map(PartitionDefinition::values)
                                        .toList()))
                .isEmpty();
        assertThat(catalog().partitions(id("part_a")))
                .extracting(StoredPartition::values)
                .containsExactly(List.of("2025-01-31", "0"));
    }

    @Test
    void createsTheOthersWhenPartitionsAreThere() {
        createPartitioned("part_a");
        catalog().createPartitions(id("part_a"), List.of(partition("2025-01-31", 1), partition("2025-01-31", 120)));
        List<PartitionDefinition> all = IntStream.range(0, MORE_PARTITIONS_THAN_TWO_BATCHES)
                .mapToObj(number -> moved(partition("2025-01-31", number), "second"))
                .toList();

        List<PartitionProblem> problems = catalog().createPartitions(id("part_a"), all);

        assertThat(problems)
                .extracting(PartitionProblem::values)
                .containsExactlyInAnyOrder(List.of("2025-01-31", "1"), List.of("2025-01-31", "120"));
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(PartitionProblem.ALREADY_EXISTS);
            assertThat(problem.message()).isNotBlank();
        });
        assertThat(catalog().partitions(id("part_a"))).hasSize(MORE_PARTITIONS_THAN_TWO_BATCHES);
        assertThat(location("part_a", "2025-01-31", "1")).isEqualTo("s3://lake/tables/part/1/");
        assertThat(location("part_a", "2025-01-31", "2")).isEqualTo("s3://lake/tables/second/");
    }

    @Test
    void replacesTheOthersWhenPartitionsAreNotThere() {
        createPartitioned("part_a");
        catalog().createPartitions(id("part_a"), List.of(partition("2025-01-31", 1), partition("2025-01-31", 2)));

        List<PartitionProblem> problems = catalog()
                .updatePartitions(
                        id("part_a"),
                        List.of(
                                moved(partition("2025-02-28", 1), "second"),
                                moved(partition("2025-01-31", 1), "second")));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.values()).containsExactly("2025-02-28", "1");
            assertThat(problem.code()).isEqualTo(PartitionProblem.NOT_FOUND);
            assertThat(problem.message()).isNotBlank();
        });
        assertThat(catalog().partitions(id("part_a"))).hasSize(2);
        assertThat(location("part_a", "2025-01-31", "1")).isEqualTo("s3://lake/tables/second/");
        assertThat(location("part_a", "2025-01-31", "2")).isEqualTo("s3://lake/tables/part/2/");
    }

    @Test
    void deletesTheOthersWhenPartitionsAreNotThere() {
        createPartitioned("part_a");
        catalog().createPartitions(id("part_a"), List.of(partition("2025-01-31", 1), partition("2025-01-31", 2)));

        List<PartitionProblem> problems = catalog()
                .deletePartitions(id("part_a"), List.of(List.of("2025-02-28", "1"), List.of("2025-01-31", "1")));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.values()).containsExactly("2025-02-28", "1");
            assertThat(problem.code()).isEqualTo(PartitionProblem.NOT_FOUND);
            assertThat(problem.message()).isNotBlank();
        });
        assertThat(catalog().partitions(id("part_a")))
                .extracting(StoredPartition::values)
                .containsExactly(List.of("2025-01-31", "2"));
    }

    @Test
    void doesNothingForNoPartitions() {
        createPartitioned("part_a");

        assertThat(catalog().createPartitions(id("part_a"), List.of())).isEmpty();
        assertThat(catalog().updatePartitions(id("part_a"), List.of())).isEmpty();
        assertThat(catalog().deletePartitions(id("part_a"), List.of())).isEmpty();
        assertThat(catalog().partitions(id("part_a"))).isEmpty();
    }

    /** A call on the partitions of a table. */
    private enum Call {
        READ,
        CREATE,
        UPDATE,
        DELETE
    }

    @ParameterizedTest
    @EnumSource
    void namesTheTableThatIsNotThere(Call call) {
        assertFails(FailureKind.MISSING_INPUT, on(id("part_absent"), call))
                .hasMessageContaining("there is no table " + id("part_absent"));
    }

    private ThrowingCallable on(TableId id, Call call) {
        PartitionDefinition partition = partition("2025-01-31", 1);
        return switch (call) {
            case READ -> () -> catalog().partitions(id);
            case CREATE -> () -> catalog().createPartitions(id, List.of(partition));
            case UPDATE -> () -> catalog().updatePartitions(id, List.of(partition));
            case DELETE -> () -> catalog().deletePartitions(id, List.of(partition.values()));
        };
    }

    /** Who reads a folder may be anybody: in any database, under any name. */
    @Test
    void namesEveryLocationAtAFolderInEveryDatabase() {
        String lake = "s3://" + database.value().replace('_', '-') + "/";
        S3Uri root = S3Uri.parse(lake + "data/");
        CatalogName other = freshDatabase();
        catalog().createDatabase(other);
        TableId elsewhere = new TableId(other, new CatalogName("reports"));
        catalog().create(elsewhere, located(lake, List.of(), Map.of()));
        outsider().createTable(other, "a-copy", (root + "IBE_01").replace("s3://", "s3a://"));
        outsider().createTable(other, "b-equal", lake + "data");
        outsider().createTable(other, "c-neighbour", lake + "data_2/");
        catalog().create(id("part_a"), located(root + "IBE_01/", KEYS, Map.of()));
        catalog().createPartitions(id("part_a"), List.of(partition("2025-01-31", 0)));
        catalog().create(id("part_b"), located(lake + "other/", KEYS, Map.of()));
        catalog().createPartitions(id("part_b"), List.of(partition("2025-01-31", 0)));
        catalog().create(id("projected"), located(root + "IBE_02/", KEYS, Map.of("projection.enabled", "TRUE")));
        catalog()
                .create(
                        id("template"),
                        located(
                                lake + "other/",
                                KEYS,
                                Map.of("storage.location.template", root + "IBE_03/day=${snapshot_dt}/${id_bucket}")));
        outsider().createView(id("ext_view"));

        assertThat(catalog().locationsAt(root))
                .containsExactlyInAnyOrder(
                        new NamedLocation(elsewhere.toString(), List.of(), lake),
                        new NamedLocation(other + ".a-copy", List.of(), "s3a://" + (root + "IBE_01").substring(5)),
                        new NamedLocation(other + ".b-equal", List.of(), lake + "data"),
                        new NamedLocation(
                                id("part_a").toString(), List.of("2025-01-31", "0"), "s3://lake/tables/part/0/"),
                        new NamedLocation(id("projected").toString(), List.of(), root + "IBE_02/"),
                        new NamedLocation(id("template").toString(), List.of(), lake + "other/"),
                        new NamedLocation(id("template").toString(), List.of(), root + "IBE_03/"));
    }

    @Test
    void namesTheLocationsOfMoreTablesAndPartitionsThanAPageHolds() {
        S3Uri root = S3Uri.parse("s3://" + database.value().replace('_', '-') + "/");
        for (int table = 0; table < 7; table++) {
            catalog().create(id("t" + table), located(root.toString(), List.of(), Map.of()));
            catalog().createDatabase(freshDatabase());
        }
        catalog().create(id("part_a"), located(root.toString(), KEYS, Map.of()));
        catalog()
                .createPartitions(
                        id("part_a"),
                        IntStream.range(0, 7)
                                .mapToObj(bucket -> partition("2025-01-31", bucket))
                                .toList());

        assertThat(catalog().locationsAt(root)).hasSize(14);
    }

    private TableId id(String table) {
        return new TableId(database, new CatalogName(table));
    }

    private StoredTable find(String table) {
        return catalog().find(id(table)).orElseThrow();
    }

    private String location(String table, String... values) {
        return catalog().partitions(id(table)).stream()
                .filter(partition -> partition.values().equals(List.of(values)))
                .map(StoredPartition::location)
                .findFirst()
                .orElseThrow();
    }

    private void createPartitioned(String table) {
        catalog()
                .create(
                        id(table),
                        new TableDefinition("", COLUMNS, KEYS, LAKE.folder("part"), Optional.empty(), Map.of()));
    }

    private static TableDefinition located(String location, List<CatalogColumn> keys, Map<String, String> parameters) {
        return new TableDefinition("", COLUMNS, keys, S3Uri.parse(location), Optional.empty(), parameters);
    }

    private static TableDefinition plain() {
        return new TableDefinition("", COLUMNS, List.of(), LAKE.folder("plain"), Optional.empty(), Map.of());
    }

    private static TableDefinition bucketed(int count) {
        return new TableDefinition(
                "",
                COLUMNS,
                List.of(),
                LAKE.folder("bucketed"),
                Optional.of(new Buckets("customer_user_id", count)),
                Map.of());
    }

    private static TableDefinition at(TableDefinition definition, String folder) {
        return new TableDefinition(
                definition.description(),
                definition.columns(),
                definition.partitionKeys(),
                LAKE.folder(folder),
                definition.buckets(),
                definition.parameters());
    }

    private static PartitionDefinition partition(String day, int bucket) {
        String number = Integer.toString(bucket);
        return new PartitionDefinition(List.of(day, number), LAKE.folder("part").folder(number), COLUMNS);
    }

    private static PartitionDefinition moved(PartitionDefinition partition, String folder) {
        return new PartitionDefinition(partition.values(), LAKE.folder(folder), partition.columns());
    }
}
