package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.configured;
import static com.omc.flywheel.common.collaboration.KnownTable.found;
import static com.omc.flywheel.common.collaboration.KnownTable.glueTable;
import static com.omc.flywheel.common.collaboration.KnownTable.unread;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import com.omc.flywheel.common.entityresolution.SchemaMappingSummary;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.page.Fact;
import com.omc.flywheel.common.page.Grid;
import com.omc.flywheel.common.page.Page;
import com.omc.flywheel.common.page.Paragraph;
import com.omc.flywheel.common.page.Section;
import com.omc.flywheel.common.page.Tone;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CollaborationPageTest {
    private static final Unread UNREAD = new Unread("it", new JobFailure(FailureKind.ACCESS_DENIED, "refused"));
    private static final EarlierReport EARLIER =
            new EarlierReport(S3Uri.parse("s3://lake/old.json"), JsonNodeFactory.instance.objectNode());

    @Test
    void givesTheAllClearOnlyWhenEverythingWasRead() {
        Page clear = of(new KnownCollaboration().earlier(Answer.known(Optional.of(EARLIER))));
        Page unclear = of(new KnownCollaboration()
                .earlier(Answer.known(Optional.of(EARLIER)))
                .unread(UNREAD));

        assertThat(tones(clear)).containsOnly(Tone.GOOD);
        assertThat(whenEmpty(clear, "findings"))
                .containsExactly("Nothing: no duplicates, no wrong names, no drift, no quota exceeded.");
        assertThat(whenEmpty(clear, "changes")).containsExactly("Nothing changed.");
        assertThat(tones(unclear)).containsOnly(Tone.UNKNOWN);
        assertThat(whenEmpty(unclear, "findings")).containsExactly("Nothing in what could be read.");
        assertThat(whenEmpty(unclear, "changes")).containsExactly("Nothing changed in what could be read.");
    }

    @Test
    void neverCallsAbsentWhatIsUnread() {
        Page page = of(new KnownCollaboration()
                .glue(unread())
                .membership(unread())
                .members(unread())
                .schemas(unread())
                .earlier(unread())
                .idNamespaces(unread())
                .schemaMappings(unread())
                .idNamespaceAssociations(unread())
                .idMappingTables(unread())
                .unread(UNREAD));

        assertThat(whenEmpty(page, "readiness")).containsExactly("The tables could not be read.");
        assertThat(whenEmpty(page, "changes")).containsExactly("The earlier report could not be read.");
        assertThat(section(page, "accounts").blocks())
                .contains(
                        new Paragraph("The tables of the collaboration could not be read.", Tone.UNKNOWN),
                        new Paragraph("Where results go could not be read.", Tone.UNKNOWN));
        assertThat(whenEmpty(page, "accounts")).containsExactly("The members could not be read.");
        assertThat(whenEmpty(page, "identities")).hasSize(4).allMatch(text -> text.endsWith("could not be read."));
        assertThat(rows(page, "quotas"))
                .contains(
                        List.of("configured tables", "", "0", "250"),
                        List.of("id mapping tables of the membership", "not read", "not read", "not read"));
    }

    @Test
    void hasByItsNameWhatIsKnownFromAListAlone() {
        Page page = of(new KnownCollaboration()
                .idNamespaces(Answer.known(List.of(IdNamespace.unread("ids"))))
                .schemaMappings(Answer.known(List.of(SchemaMapping.unread(new SchemaMappingSummary("IDS", true))))));

        assertThat(rows(page, "identities"))
                .containsExactly(
                        List.of("ids", "not read", "not read", "not read"),
                        List.of("IDS", "not read", "not read", "not read"));
    }

    @Test
    void namesTwentyOfManyColumnsAndHowManyMore() {
        List<String> columns =
                IntStream.range(0, 27).mapToObj("c%02d"::formatted).toList();
        KnownTable table =
                new KnownTable().glue(found(glueTable(columns, List.of()))).configured(found(configured("c-1", "c00")));

        Page page = of(new KnownCollaboration().tables(table));

        assertThat(rows(page, "columns")).singleElement().satisfies(row -> assertThat(row.get(2))
                .startsWith("c01, c02, ")
                .endsWith("c20 and 6 more"));
    }

    private static Page of(KnownCollaboration collaboration) {
        return new CollaborationPage(collaboration.report(), AccountLabels.none()).render(List.of());
    }

    private static List<Tone> tones(Page page) {
        return page.facts().stream()
                .filter(fact -> List.of("not ready", "to look at").contains(fact.label()))
                .map(Fact::tone)
                .toList();
    }

    private static Section section(Page page, String id) {
        return page.sections().stream()
                .filter(section -> section.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Grid> grids(Page page, String section) {
        return section(page, section).blocks().stream()
                .filter(Grid.class::isInstance)
                .map(Grid.class::cast)
                .toList();
    }

    private static List<String> whenEmpty(Page page, String section) {
        return grids(page, section).stream()
                .filter(grid -> grid.rows().isEmpty())
                .map(Grid::whenEmpty)
                .toList();
    }

    /** The first cells of each row. */
    private static List<List<String>> rows(Page page, String section) {
        return grids(page, section).stream()
                .flatMap(grid -> grid.rows().stream())
                .map(row -> row.stream().limit(4).map(Grid.Cell::text).toList())
                .toList();
    }
}
