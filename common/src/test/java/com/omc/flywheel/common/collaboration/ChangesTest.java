package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.ASKER;
import static com.omc.flywheel.common.collaboration.KnownTable.NAME;
import static com.omc.flywheel.common.collaboration.KnownTable.RECEIVER;
import static com.omc.flywheel.common.collaboration.KnownTable.absent;
import static com.omc.flywheel.common.collaboration.KnownTable.association;
import static com.omc.flywheel.common.collaboration.KnownTable.associationRule;
import static com.omc.flywheel.common.collaboration.KnownTable.configured;
import static com.omc.flywheel.common.collaboration.KnownTable.found;
import static com.omc.flywheel.common.collaboration.KnownTable.notReady;
import static com.omc.flywheel.common.collaboration.KnownTable.rule;
import static com.omc.flywheel.common.collaboration.KnownTable.schema;
import static com.omc.flywheel.common.collaboration.KnownTable.unread;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTableSummary;
import com.omc.flywheel.common.cleanrooms.SchemaRule;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangesTest {
    private static final ConfiguredTable UNREAD =
            ConfiguredTable.unread(new ConfiguredTableSummary("c-1", NAME, List.of()));
    /** What the program before this one wrote of a table, as far as it is compared. */
    private static final String OF_THE_PREDECESSOR =
            """
            {"generated_at": "2025-06-01T00:00:00Z", "membership_id": "m-1", "database": "lake", "table_prefix": "part_",
             "summary": {"glue_tables_count": 1, "configured_tables_count": 1, "associations_count": 1},
             "tables": [{
               "table_name": "part_a",
               "glue_table": {"exists": true, "location": "s3://lake/part_a/", "column_count": 2,
                 "partition_keys": ["id_bucket"], "columns": ["id", "amount"]},
               "configured_table": {"exists": true, "id": "c-1", "name": "part_a", "allowed_columns_count": 3,
                 "allowed_columns": ["amount", "id", "id_bucket"], "analysis_method": "DIRECT_QUERY"},
               "analysis_rule": {"exists": true, "type": "CUSTOM", "allowed_analysis_providers": ["444455556666"]},
               "association": {"exists": true, "name": "acx_part_a"},
               "collaboration_analysis_rule": {"exists": false, "type": null, "allowed_result_receivers": []},
               "status": {"in_collaboration": true, "ready_for_analysis": true}}]}
            """;

    @Test
    void areNoneBetweenAReportAndItself() {
        assertThat(between(new KnownTable(), new KnownTable())).isEmpty();
    }

    @Test
    void nameWhatATableHasAndWhatItHasNoMore() {
        KnownTable bare = new KnownTable()
                .glue(absent())
                .configured(absent())
                .rule(absent())
                .association(absent())
                .associationRule(absent());

        assertThat(between(bare, new KnownTable()))
                .contains(
                        new Change(NAME, "is now ready to be asked"),
                        new Change(NAME, "is now in the catalog"),
                        new Change(NAME, "is now configured"),
                        new Change(NAME, "is now with an analysis rule"),
                        new Change(NAME, "is now in the collaboration"),
                        new Change(NAME, "is now with a collaboration rule"));
        assertThat(between(new KnownTable(), bare))
                .contains(
                        new Change(NAME, "is not ready to be asked any more"),
                        new Change(NAME, "is not in the catalog any more"),
                        new Change(NAME, "is not configured any more"),
                        new Change(NAME, "is not with an analysis rule any more"),
                        new Change(NAME, "is not in the collaboration any more"),
                        new Change(NAME, "is not with a collaboration rule any more"));
    }

    @Test
    void nameWhatIsMoreAndWhatIsGoneOfASet() {
        KnownTable now = new KnownTable()
                .configured(found(configured("c-1", "zip", "id_bucket", "id")))
                .rule(found(rule("CUSTOM", List.of("ANY_QUERY"), List.of(RECEIVER, ASKER))))
                .associationRule(found(associationRule("CUSTOM", ASKER)));

        assertThat(between(new KnownTable(), now))
                .containsExactly(
                        new Change(NAME, "1 more allowed columns: zip"),
                        new Change(NAME, "1 allowed columns are gone: amount"),
                        new Change(NAME, "1 more analysis providers: " + RECEIVER),
                        new Change(NAME, "1 more result receivers: " + ASKER),
                        new Change(NAME, "1 result receivers are gone: " + RECEIVER));
    }

    @Test
    void areNotMadeByTheOrderOfASet() {
        assertThat(between(
                        new KnownTable(),
                        new KnownTable().configured(found(configured("c-1", "id_bucket", "amount", "id")))))
                .isEmpty();
    }

    @Test
    void nameTheAssociationThatIsCalledOtherwise() {
        assertThat(between(new KnownTable(), new KnownTable().association(found(association("a-2", NAME, "c-1")))))
                .containsExactly(new Change(NAME, "was called acx_part_a in the collaboration, and is called part_a"));
    }

    @Test
    void nameTablesThatAreNewAndTablesThatAreGone() {
        KnownCollaboration earlier = collaboration(new KnownTable(), new KnownTable().name("part_c"));
        KnownCollaboration now = collaboration(new KnownTable().name("part_b"), new KnownTable().name("part_c"));

        assertThat(Changes.between(earlier.json(), now.json()))
                .containsExactly(
                        new Change(NAME, "is not in the report any more"),
                        new Change("part_b", "is new in the report"));
    }

    @Test
    void nameMembersLast() {
        KnownCollaboration earlier =
                collaboration(new KnownTable()).members(Answer.known(List.of(KnownCollaboration.ASKER)));
        KnownCollaboration now = collaboration(new KnownTable().rule(absent()))
                .members(Answer.known(List.of(KnownCollaboration.RECEIVER)));

        assertThat(Changes.between(earlier.json(), now.json()))
                .endsWith(
                        new Change("collaboration", "1 more members: " + RECEIVER),
                        new Change("collaboration", "1 members are gone: " + ASKER))
                .hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void areNotMadeByWhatIsUnread(UnaryOperator<KnownTable> change) {
        assertThat(between(new KnownTable(), change.apply(new KnownTable()))).isEmpty();
        assertThat(between(change.apply(new KnownTable()), new KnownTable())).isEmpty();
    }

    static Stream<UnaryOperator<KnownTable>> unreadable() {
        return Stream.of(
                table -> table.glue(unread()),
                table -> table.configured(unread()),
                table -> table.configured(found(UNREAD)),
                table -> table.rule(unread()),
                table -> table.association(unread()),
                table -> table.associationRule(unread()),
                table -> table.schema(unread()).schemaRule(unread()));
    }

    @Test
    void areNotMadeByWhatTheCollaborationSaysAndTheRulesDoNot() {
        KnownTable refused = new KnownTable()
                .schema(found(schema(notReady("DIRECT_ANALYSIS", "RESULT_RECEIVERS_NOT_ALLOWED"))))
                .schemaRule(found(new SchemaRule(List.of(ASKER))));
        KnownTable unread = new KnownTable().schema(unread()).schemaRule(unread());

        assertThat(between(refused, unread)).isEmpty();
        assertThat(between(unread, refused)).isEmpty();
    }

    @Test
    void areNotMadeByMembersThatAreUnread() {
        KnownCollaboration unread = collaboration(new KnownTable()).members(unread());

        assertThat(Changes.between(collaboration(new KnownTable()).json(), unread.json()))
                .isEmpty();
        assertThat(Changes.between(
                        unread.json(), collaboration(new KnownTable()).json()))
                .isEmpty();
    }

    @Test
    void areNotMadeByTablesThatAreUnread() {
        KnownCollaboration both = collaboration(new KnownTable(), new KnownTable().name("part_b"));
        for (KnownCollaboration one : List.of(
                collaboration(new KnownTable()).glue(unread()),
                collaboration(new KnownTable()).configured(unread()))) {
            assertThat(Changes.between(both.json(), one.json())).isEmpty();
            assertThat(Changes.between(one.json(), both.json())).isEmpty();
        }
    }

    @Test
    void takeTheReceiversOfTheWholeCollaborationFirst() {
        KnownTable consolidated = new KnownTable().schemaRule(found(new SchemaRule(List.of(ASKER))));

        assertThat(between(consolidated, consolidated)).isEmpty();
        assertThat(between(consolidated, new KnownTable()))
                .containsExactly(
                        new Change(NAME, "1 more result receivers: " + RECEIVER),
                        new Change(NAME, "1 result receivers are gone: " + ASKER));
    }

    @Test
    void areToldSinceAReportOfThePredecessor() throws JsonProcessingException {
        JsonNode earlier = new ObjectMapper().readTree(OF_THE_PREDECESSOR);

        assertThat(Changes.between(earlier, collaboration(new KnownTable()).json()))
                .containsExactly(
                        new Change(NAME, "is now with a collaboration rule"),
                        new Change(NAME, "1 more result receivers: " + RECEIVER));
    }

    private static List<Change> between(KnownTable earlier, KnownTable now) {
        return Changes.between(collaboration(earlier).json(), collaboration(now).json());
    }

    private static KnownCollaboration collaboration(KnownTable... tables) {
        return new KnownCollaboration().tables(tables);
    }
}
