package com.omc.flywheel.common.catalog;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A definition that was made from a table as it was is not laid over what somebody has made of it since. */
class OwnTablesPutTest {
    private static final TableId ID = TableId.of("lake", "part_ibe_01");

    private final InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases("lake");
    private final OwnTables tables = new OwnTables(catalog, "a-job", false);

    @Test
    void leavesATableThatSomebodyHasChangedSince() {
        tables.put(ID, definition("one"));
        Optional<StoredTable> seen = tables.find(ID);
        tables.put(ID, definition("two"));

        assertFails(FailureKind.CONFLICT, () -> tables.put(ID, seen, definition("three")))
                .hasMessageContaining("somebody changed or deleted it meanwhile");
        assertThat(catalog.table("lake.part_ibe_01").columns())
                .extracting(CatalogColumn::name)
                .containsExactly("two");
    }

    @Test
    void leavesATableThatSomebodyHasCreatedSince() {
        Optional<StoredTable> seen = tables.find(ID);
        tables.put(ID, definition("one"));

        assertFails(FailureKind.CONFLICT, () -> tables.put(ID, seen, definition("two")))
                .hasMessageContaining("there is a table of another definition");
    }

    @Test
    void changesATableThatIsStillAsItWasSeen() {
        tables.put(ID, definition("one"));
        Optional<StoredTable> seen = tables.find(ID);

        assertThat(tables.put(ID, seen, definition("one"))).isEqualTo(OwnTables.Change.UNCHANGED);
        assertThat(tables.put(ID, seen, definition("two"))).isEqualTo(OwnTables.Change.UPDATED);
    }

    private static TableDefinition definition(String column) {
        TableOrigin origin = new TableOrigin(
                "a-job",
                S3Uri.parse("s3://lake/out/"),
                "IBE_01",
                SnapshotDate.parse("2025-11-01"),
                new RunId("20251102T031500Z-00000001"),
                "",
                "0.1.0");
        return new TableDefinition(
                origin.comment(),
                List.of(new CatalogColumn(column, "int", "")),
                List.of(),
                S3Uri.parse("s3://lake/out/IBE_01/"),
                Optional.empty(),
                origin.parameters());
    }
}
