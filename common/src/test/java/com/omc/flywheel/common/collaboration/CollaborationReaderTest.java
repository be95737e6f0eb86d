package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.NAME;
import static com.omc.flywheel.common.collaboration.KnownTable.SCOPE;
import static com.omc.flywheel.common.collaboration.KnownTable.association;
import static com.omc.flywheel.common.collaboration.KnownTable.configured;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable.GlueTable;
import com.omc.flywheel.common.entityresolution.EntityResolution;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import com.omc.flywheel.common.entityresolution.SchemaMappingSummary;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.progress.Progress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CollaborationReaderTest {
    private static final Optional<GlueTable> OF_ANOTHER_STAGE = Optional.of(new GlueTable("other", "part_z"));

    private final FakeCleanRooms cleanRooms = new FakeCleanRooms();

    @Test
    void leavesOutAConfiguredTableOfAnotherDatabaseUnlessItIsInTheCollaboration() {
        cleanRooms.with(configured("c-1", "part_z", OF_ANOTHER_STAGE));

        assertThat(read().tables()).extracting(TableState::name).containsExactly(NAME);

        cleanRooms.with(association("a-1", "acx_part_z", "c-1"));

        assertThat(read().tables()).extracting(TableState::name).containsExactly("part_z", NAME);
    }

    @Test
    void keepsATableThatIsConfiguredAndNotInTheCatalog() {
        cleanRooms.with(configured("c-1", "called otherwise", Optional.of(new GlueTable("lake", "part_z"))));

        assertThat(read().tables()).extracting(TableState::name).containsExactly(NAME, "part_z");
    }

    @Test
    void doesNotCallATableNotConfiguredThatAnUnreadOneMayBeFor() {
        cleanRooms
                .with(configured("c-1", "called otherwise", Optional.of(new GlueTable("lake", NAME))))
                .forbid("c-1");

        assertThat(read().tables()).singleElement().satisfies(table -> {
            assertThat(table.configured().failure())
                    .contains(
                            "these configured tables could not be read, and one of them may be the table's: called otherwise (c-1)");
            assertThat(table.association().isKnown()).isFalse();
        });
    }

    @Test
    void knowsThatATableIsNotConfiguredWhenTheUnreadOneIsCalledAsAnother() {
        cleanRooms
                .with(configured("c-1", "part_z", Optional.of(new GlueTable("lake", "part_z"))))
                .forbid("c-1");

        assertThat(read().tables())
                .filteredOn(table -> table.name().equals(NAME))
                .extracting(TableState::configured)
                .containsExactly(KnownTable.absent());
    }

    @Test
    void keepsTheNamesOfWhatItCannotRead() {
        CollaborationState state = read();

        assertThat(state.idNamespaces()).isEqualTo(Answer.known(List.of(IdNamespace.unread("ids"))));
        assertThat(state.schemaMappings())
                .isEqualTo(Answer.known(List.of(SchemaMapping.unread(new SchemaMappingSummary("IDS", true)))));
        assertThat(state.unread())
                .extracting(Unread::what)
                .containsExactly("the id namespace ids", "the schema mapping IDS");
    }

    @Test
    void readsOnWithoutTheReportToCompareWith() {
        CollaborationState state = read(() -> {
            throw refused();
        });

        assertThat(state.earlier().failure()).contains("ACCESS_DENIED: it was refused");
        assertThat(state.tables()).hasSize(1);
        assertThat(state.unread()).extracting(Unread::what).contains("the report to compare with");
    }

    private static JobFailure refused() {
        return new JobFailure(FailureKind.ACCESS_DENIED, "it was refused");
    }

    private CollaborationState read() {
        return read(Optional::empty);
    }

    private CollaborationState read(Supplier<Optional<EarlierReport>> earlier) {
        InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases("lake")
                .with(TableId.of("lake", NAME), "s3://lake/part_a/", "id:string");
        return new CollaborationReader(catalog, cleanRooms, new RefusingEntityResolution(), new Silent(), SCOPE)
                .read(earlier);
    }

    /** Lists one of each kind, and lets nobody read it. */
    private static final class RefusingEntityResolution implements EntityResolution {
        @Override
        public List<String> idNamespaces() {
            return List.of("ids");
        }

        @Override
        public IdNamespace idNamespace(String name) {
            throw refused();
        }

        @Override
        public List<SchemaMappingSummary> schemaMappings() {
            return List.of(new SchemaMappingSummary("IDS", true));
        }

        @Override
        public SchemaMapping schemaMapping(String name) {
            throw refused();
        }
    }

    private static final class Silent implements Progress {
        @Override
        public void phase(String name, int steps) {}

        @Override
        public void step(String text) {}

        @Override
        public void done() {}
    }
}
