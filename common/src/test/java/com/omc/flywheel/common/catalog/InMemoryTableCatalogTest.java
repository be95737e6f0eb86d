package com.omc.flywheel.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryTableCatalogTest extends TableCatalogContract {
    private static final TableId TABLE = TableId.of("lake", "ext_a");
    private static final CatalogColumn COLUMN = new CatalogColumn("a", "string", "");
    private static final TableDefinition DEFINITION = new TableDefinition(
            "", List.of(COLUMN), List.of(COLUMN), S3Uri.parse("s3://lake/a/"), Optional.empty(), Map.of());
    private final JobFailure slowDown = new JobFailure(FailureKind.SERVICE, "slow down");

    private final InMemoryTableCatalog contract = InMemoryTableCatalog.withDatabases();
    private final InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases("lake");

    @Override
    protected TableCatalog catalog() {
        return contract;
    }

    @Override
    protected CatalogOutsider outsider() {
        return contract.outsider();
    }

    @Test
    void failsTheCallsOnATableThatItIsToldToAndNoOther() {
        catalog.create(TABLE, DEFINITION);
        catalog.fail("update", "lake.ext_a", slowDown);
        StoredTable table = catalog.find(TABLE).orElseThrow();

        assertThatThrownBy(() -> catalog.update(table, DEFINITION)).isSameAs(slowDown);
        assertThatThrownBy(() -> catalog.update(table, DEFINITION)).isSameAs(slowDown);
        catalog.create(TableId.of("lake", "ext_b"), DEFINITION);
        assertThat(catalog.find(TABLE)).contains(table);

        catalog.heal().update(table, DEFINITION);
        assertThat(catalog.calls("update")).isEqualTo(3);
    }

    @Test
    void remembersTheCalls() {
        catalog.databaseExists(TABLE.database());
        catalog.create(TABLE, DEFINITION);
        catalog.list(TABLE.database(), new TablePrefix("ext_"));
        catalog.createPartitions(TABLE, List.of(partition("1"), partition("2")));

        assertThat(catalog.calls())
                .containsExactly(
                        "databaseExists lake", "create lake.ext_a", "list lake.ext_*", "createPartitions lake.ext_a");
        assertThat(catalog.calls("create")).isEqualTo(1);
    }

    @Test
    void tellsTheCallsThatChangeSomethingFromThoseThatAsk() {
        catalog.create(TABLE, DEFINITION);
        catalog.find(TABLE);
        catalog.put(TableId.of("lake", "ext_b"), DEFINITION);
        catalog.partitions(TABLE);
        catalog.deletePartitions(TABLE, List.of());
        catalog.delete(TABLE);

        assertThat(catalog.changes())
                .containsExactly("create lake.ext_a", "deletePartitions lake.ext_a", "delete lake.ext_a");
        assertThat(catalog.names()).containsExactly("lake.ext_b");
        assertThat(catalog.table("lake.ext_b").isAsDefined(DEFINITION)).isTrue();
    }

    @Test
    void takesACallThatIsForbiddenForADefect() {
        catalog.create(TABLE, DEFINITION);
        catalog.forbid("delete");

        assertThatThrownBy(() -> catalog.delete(TABLE))
                .isInstanceOf(AssertionError.class)
                .hasMessage("nobody is to call delete lake.ext_a");

        assertThat(catalog.names()).containsExactly("lake.ext_a");
    }

    @Test
    void countsTheVersionsOfATableThatIsDescribedAnew() {
        catalog.put(TABLE, DEFINITION);
        StoredTable seen = catalog.table("lake.ext_a");
        catalog.put(TABLE, DEFINITION);

        assertThatThrownBy(() -> catalog.update(seen, DEFINITION))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("somebody changed or deleted it meanwhile");
    }

    @Test
    void refusesThePartitionThatItIsToldTo() {
        PartitionProblem problem = new PartitionProblem(List.of("2"), "InternalServiceException", "because");
        catalog.create(TABLE, DEFINITION);
        catalog.refuse(TABLE, problem);

        assertThat(catalog.createPartitions(TABLE, List.of(partition("1"), partition("2"))))
                .containsExactly(problem);

        assertThat(catalog.partitions(TABLE))
                .extracting(StoredPartition::values)
                .containsExactly(List.of("1"));
        assertThat(catalog.columns(TABLE, List.of("1"))).containsExactly(COLUMN);
    }

    @Test
    void holdsTablesAndPartitionsOfOthers() {
        StoredTable foreign = new StoredTable(
                TABLE,
                "7",
                "",
                new StorageFormat("text", "", ""),
                "theirs",
                List.of(COLUMN),
                List.of(COLUMN),
                "hdfs://elsewhere",
                Optional.of(new Buckets("a,b", 3)),
                Map.of("a", "b"));
        StoredPartition partition = new StoredPartition(List.of("x"), "hdfs://x", new StorageFormat("", "", ""));

        catalog.put(foreign).put(TABLE, partition);

        assertThat(catalog.find(TABLE)).contains(foreign);
        assertThat(catalog.partitions(TABLE)).containsExactly(partition);
        assertThat(catalog.updatePartitions(TABLE, List.of(partition("x")))).isEmpty();
        assertThat(catalog.partitions(TABLE))
                .containsExactly(new StoredPartition(List.of("x"), "s3://lake/a/x/", StorageFormat.PARQUET));
        catalog.update(foreign, DEFINITION);
        assertThat(catalog.find(TABLE)).hasValueSatisfying(table -> {
            assertThat(table.version()).isEqualTo("8");
            assertThat(table.isAsDefined(DEFINITION)).isTrue();
        });
    }

    @Test
    void letsSomebodyElseBeFasterOnce() {
        catalog.create(TABLE, DEFINITION);
        StoredTable table = catalog.find(TABLE).orElseThrow();
        catalog.before("update", "lake.ext_a", () -> catalog.outsider().setParameter(TABLE, "theirs", "1"));

        assertThatThrownBy(() -> catalog.update(table, DEFINITION))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("somebody changed or deleted it meanwhile");

        catalog.update(catalog.find(TABLE).orElseThrow(), DEFINITION);
    }

    private static PartitionDefinition partition(String value) {
        return new PartitionDefinition(List.of(value), DEFINITION.location().folder(value), List.of(COLUMN));
    }
}
