package com.omc.flywheel.common.catalog;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadOnlyCatalogTest {
    private static final CatalogName DATABASE = new CatalogName("lake");
    private static final TableId TABLE = TableId.of("lake", "ext_ibe_01");
    private static final TableDefinition DEFINITION = new TableDefinition(
            "",
            List.of(new CatalogColumn("id", "string", "")),
            List.of(),
            S3Uri.parse("s3://lake/ibe_01/"),
            Optional.empty(),
            Map.of());

    private final InMemoryTableCatalog behind = new InMemoryTableCatalog();
    private final ReadOnlyCatalog catalog = new ReadOnlyCatalog(behind);

    @Test
    void refusesEveryChangeBeforeTheCatalogIsAsked() {
        behind.createDatabase(DATABASE);
        behind.create(TABLE, DEFINITION);
        StoredTable stored = catalog.find(TABLE).orElseThrow();
        TableId other = TableId.of("lake", "other");

        assertRefused("create the database other", () -> catalog.createDatabase(new CatalogName("other")));
        assertRefused("create the table lake.other", () -> catalog.create(other, DEFINITION));
        assertRefused("change the table " + TABLE, () -> catalog.update(stored, DEFINITION));
        assertRefused("delete the table " + TABLE, () -> catalog.delete(TABLE));
        assertRefused("create partitions of " + TABLE, () -> catalog.createPartitions(TABLE, List.of()));
        assertRefused("change partitions of " + TABLE, () -> catalog.updatePartitions(TABLE, List.of()));
        assertRefused("delete partitions of " + TABLE, () -> catalog.deletePartitions(TABLE, List.of()));
        assertThat(catalog.databaseExists(new CatalogName("other"))).isFalse();
        assertThat(catalog.list(DATABASE, new TablePrefix("ext_"))).containsExactly(stored);
        assertThat(catalog.find(other)).isEmpty();
    }

    private static void assertRefused(String what, Runnable change) {
        assertFails(FailureKind.CONFLICT, change::run).hasMessageContainingAll(what, "a plan changes nothing");
    }
}
