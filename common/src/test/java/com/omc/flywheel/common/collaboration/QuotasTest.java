package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.association;
import static com.omc.flywheel.common.collaboration.KnownTable.configuredWithColumns;
import static com.omc.flywheel.common.collaboration.KnownTable.found;
import static com.omc.flywheel.common.collaboration.KnownTable.unread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTableSummary;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import com.omc.flywheel.common.entityresolution.SchemaMappingSummary;
import com.omc.flywheel.common.page.Tone;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotasTest {
    @Test
    void countWhatTheMembershipAndTheAccountHave() {
        CollaborationState state = new KnownCollaboration()
                .configured(Answer.known(List.of(KnownTable.configured("c-1"), KnownTable.configured("c-2"))))
                .associations(Answer.known(associations(1)))
                .schemaMappings(Answer.known(List.of(mapping(3))))
                .state();

        assertThat(Quotas.of(state))
                .extracting(Quota::what, Quota::subject, Quota::used, Quota::limit, Quota::isAdjustable)
                .containsExactly(
                        tuple("configured tables", "", 2L, 250L, true),
                        tuple("associations of the membership", "", 1L, 25L, true),
                        tuple("id namespace associations of the membership", "", 0L, 10L, true),
                        tuple("id mapping tables of the membership", "", 0L, 5L, true),
                        tuple("fields of a schema mapping", "ids", 3L, 35L, false));
    }

    @Test
    void sayThatTheNextAssociationIsRefusedAtTwentyFive() {
        assertThat(Quotas.of(new KnownCollaboration()
                        .associations(Answer.known(associations(25)))
                        .state()))
                .filteredOn(quota -> quota.what().equals("associations of the membership"))
                .singleElement()
                .satisfies(quota -> {
                    assertThat(quota.advice()).contains("full: one more is refused");
                    assertThat(quota.tone()).isEqualTo(Tone.WARNING);
                });
    }

    @Test
    void tellWhatIsUnreadFromWhatIsUnused() {
        CollaborationState state = new KnownCollaboration()
                .configured(unread())
                .associations(unread())
                .idNamespaceAssociations(unread())
                .idMappingTables(unread())
                .schemaMappings(unread())
                .state();

        assertThat(Quotas.of(state)).isEmpty();
        assertThat(Quotas.unread(state))
                .containsExactly(
                        "configured tables",
                        "associations of the membership",
                        "id namespace associations of the membership",
                        "id mapping tables of the membership",
                        "fields of a schema mapping");
        assertThat(Quotas.unread(new KnownCollaboration().state())).isEmpty();
    }

    @Test
    void countNoFieldAndNoColumnOfWhatIsKnownFromAListAlone() {
        CollaborationState state = new KnownCollaboration()
                .schemaMappings(Answer.known(List.of(SchemaMapping.unread(new SchemaMappingSummary("ids", true)))))
                .tables(new KnownTable()
                        .configured(found(
                                ConfiguredTable.unread(new ConfiguredTableSummary("c-1", KnownTable.NAME, List.of())))))
                .state();

        assertThat(Quotas.of(state)).noneMatch(quota -> quota.subject().equals("ids"));
        assertThat(Quotas.unread(state)).containsExactly("fields of a schema mapping", "allowed columns of a table");
    }

    @Test
    void holdTheColumnsOfATableToAHundred() {
        ConfiguredTable full = configuredWithColumns(100);

        assertThat(Quotas.columns(full)).satisfies(quota -> {
            assertThat(quota.used()).isEqualTo(100);
            assertThat(quota.subject()).isEqualTo(KnownTable.NAME);
            assertThat(quota.isExceeded()).isFalse();
            assertThat(quota.advice()).contains("full: one more is refused");
        });
        assertThat(Quotas.columns(configuredWithColumns(101)).isExceeded()).isTrue();
    }

    @Test
    void sayHowManyTablesAQueryMayName() {
        assertThat(Quotas.tablesPerQuery(associations(2)))
                .startsWith("a query may name at most 15 tables; the membership has 2 in the collaboration");
    }

    private static List<Association> associations(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> association("a-" + number, "acx_part_" + number, "c-" + number))
                .toList();
    }

    private static SchemaMapping mapping(int fields) {
        return new SchemaMapping(
                "ids",
                "",
                Optional.empty(),
                Optional.empty(),
                true,
                IntStream.range(0, fields)
                        .mapToObj(number -> new SchemaMapping.Field("f" + number, "STRING", "", ""))
                        .toList());
    }
}
