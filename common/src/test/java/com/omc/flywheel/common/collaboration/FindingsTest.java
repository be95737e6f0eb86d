package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.ASKER;
import static com.omc.flywheel.common.collaboration.KnownTable.NAME;
import static com.omc.flywheel.common.collaboration.KnownTable.absent;
import static com.omc.flywheel.common.collaboration.KnownTable.association;
import static com.omc.flywheel.common.collaboration.KnownTable.associationRule;
import static com.omc.flywheel.common.collaboration.KnownTable.configured;
import static com.omc.flywheel.common.collaboration.KnownTable.found;
import static com.omc.flywheel.common.collaboration.KnownTable.glueTable;
import static com.omc.flywheel.common.collaboration.KnownTable.notReady;
import static com.omc.flywheel.common.collaboration.KnownTable.ready;
import static com.omc.flywheel.common.collaboration.KnownTable.rule;
import static com.omc.flywheel.common.collaboration.KnownTable.schema;
import static com.omc.flywheel.common.collaboration.KnownTable.unread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable.GlueTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTableSummary;
import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.Member;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.cleanrooms.Schema;
import com.omc.flywheel.common.page.Tone;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final String DIRECT = "DIRECT_ANALYSIS";

    @Test
    void areNoneWhenEverythingIsInOrder() {
        assertThat(of(new KnownTable())).isEmpty();
    }

    @Test
    void areNoneWhereNothingCouldBeRead() {
        assertThat(new KnownCollaboration()
                        .members(unread())
                        .privacyBudgetTemplates(unread())
                        .idMappingTables(unread())
                        .tables(new KnownTable()
                                .glue(unread())
                                .configured(unread())
                                .rule(unread())
                                .association(unread())
                                .associationRule(unread())
                                .schema(unread())
                                .schemaRule(unread()))
                        .report()
                        .findings())
                .isEmpty();
    }

    @Test
    void nameAccountsThatAreNone() {
        List<Finding> findings = of(new KnownTable()
                .rule(found(rule("CUSTOM", List.of("ANY_QUERY"), List.of(ASKER, "4444", "arn:aws:iam::1:root"))))
                .associationRule(found(associationRule("CUSTOM", "7777-8888-9999"))));

        assertThat(findings)
                .containsExactly(
                        bad(
                                NAME,
                                "allowed analysis providers are no accounts: 4444, arn:aws:iam::1:root",
                                "name 12 digits each"),
                        bad(NAME, "allowed result receivers are no accounts: 7777-8888-9999", "name 12 digits each"));
    }

    @Test
    void nameAccountsThatAreNoMembers() {
        KnownTable table = new KnownTable()
                .rule(found(rule("CUSTOM", List.of("ANY_QUERY"), List.of(ASKER, "999999999999"))))
                .associationRule(found(associationRule("CUSTOM", "888888888888")));

        assertThat(of(table))
                .containsExactly(
                        warning(
                                NAME,
                                "allowed analysis providers are not members of the collaboration: 999999999999",
                                "check the accounts, or take them out of the rule"),
                        warning(
                                NAME,
                                "allowed result receivers are not members of the collaboration: 888888888888",
                                "check the accounts, or take them out of the rule"));
        assertThat(new KnownCollaboration()
                        .members(unread())
                        .tables(table)
                        .report()
                        .findings())
                .isEmpty();
    }

    @Test
    void nameAccountsThatWereMembers() {
        for (String status : List.of("LEFT", "REMOVED")) {
            assertThat(new KnownCollaboration()
                            .members(Answer.known(List.of(
                                    new Member(ASKER, "asker", status, List.of()),
                                    new Member(KnownTable.RECEIVER, "receiver", "INVITED", List.of()))))
                            .tables(new KnownTable())
                            .report()
                            .findings())
                    .extracting(Finding::what)
                    .containsExactly("allowed analysis providers are not members of the collaboration: " + ASKER);
        }
    }

    @Test
    void nameAMembershipThatEnded() {
        assertThat(new KnownCollaboration()
                        .membership(Answer.known(
                                new Membership("m-1", "c", "measurement", "REMOVED", List.of(), Optional.empty())))
                        .report()
                        .findings())
                .extracting(Finding::tone, Finding::what)
                .containsExactly(tuple(Tone.BAD, "it is not active any more: REMOVED"));
    }

    @Test
    void nameAnAssociationThatTakesThePlaceOfTheTable() {
        assertThat(of(new KnownTable()
                        .association(absent())
                        .otherAssociations(association("a-1", "acx_part_a", "c-9"))))
                .extracting(Finding::tone, Finding::what)
                .containsExactly(tuple(
                        Tone.BAD, "another configured table takes its place in the collaboration: acx_part_a (a-1)"));
    }

    @Test
    void nameATableThatIsConfiguredTwice() {
        assertThat(of(new KnownTable().otherConfigured(configured("c-2"), configured("c-3"))))
                .containsExactly(warning(
                        NAME,
                        "it is configured 3 times",
                        "keep c-1 and delete, where nothing is associated with them: c-2, c-3"));
    }

    @Test
    void nameATableThatIsInTheCollaborationTwice() {
        assertThat(of(new KnownTable().otherAssociations(association("a-2", "acx_part_a_2", "c-1"))))
                .containsExactly(warning(
                        NAME,
                        "it is in the collaboration 2 times",
                        "keep acx_part_a and delete the others, each with its rule: acx_part_a_2 (a-2)"));
    }

    @Test
    void nameAnAssociationUnderAWrongNameAndThatItsRuleGoesWithIt() {
        assertThat(of(new KnownTable().association(found(association("a-1", NAME, "c-1")))))
                .containsExactly(
                        warning(
                                NAME,
                                "its association is called part_a and not acx_part_a",
                                "associate it anew under that name, with its rule: queries name tables so, and a deleted association takes its rule with it"));
    }

    @Test
    void nameAConfiguredTableThatRefersElsewhere() {
        Optional<GlueTable> elsewhere = Optional.of(new GlueTable("other", NAME));

        assertThat(of(new KnownTable()
                        .configured(found(configured("c-1", NAME, elsewhere, "id", "amount", "id_bucket")))))
                .containsExactly(bad(
                        NAME,
                        "its configured table c-1 refers to other.part_a",
                        "check --DATABASE and the account; a reference cannot be changed: configure the table anew"));
        assertThat(of(new KnownTable()
                        .configured(found(configured("c-1", NAME, Optional.empty(), "id", "amount", "id_bucket")))))
                .extracting(Finding::what)
                .containsExactly("its configured table c-1 refers to no table of the Glue catalog");
    }

    @Test
    void doNotTakeAnUnreadReferenceForAWrongOne() {
        ConfiguredTable unread = ConfiguredTable.unread(new ConfiguredTableSummary("c-1", NAME, List.of("CUSTOM")));

        assertThat(of(new KnownTable().configured(found(unread)))).isEmpty();
    }

    @Test
    void sayThatTheKeysOfAFullTableCannotBeAllowedToo() {
        List<String> hundred =
                IntStream.range(0, 100).mapToObj(column -> "c" + column).toList();
        KnownTable full = new KnownTable()
                .glue(found(glueTable(hundred, List.of("id_bucket"))))
                .configured(found(KnownTable.configuredWithColumns(100)));
        KnownTable fits = new KnownTable()
                .glue(found(glueTable(hundred, List.of())))
                .configured(found(KnownTable.configuredWithColumns(100)));

        assertThat(of(full))
                .containsExactly(warning(
                        NAME,
                        "it has 100 columns and 1 partition keys, and 100 can be allowed",
                        "leave out what nobody asks for, partition keys last: queries narrow their scans by them"));
        assertThat(of(fits)).isEmpty();
    }

    @Test
    void nameColumnsThatDrifted() {
        Schema ofAnotherType = new Schema(
                "acx_part_a",
                "TABLE",
                "111122223333",
                List.of(new Schema.Column("id", "bigint")),
                List.of(ready(DIRECT)));

        List<Finding> findings = of(new KnownTable()
                .configured(found(configured("c-1", "id", "retired", "id_bucket")))
                .schema(found(ofAnotherType)));

        assertThat(findings)
                .extracting(Finding::tone, Finding::what)
                .containsExactly(
                        tuple(Tone.BAD, "1 allowed columns are not in the catalog any more: retired"),
                        tuple(
                                Tone.BAD,
                                "1 columns changed their type: id is bigint in the collaboration and string in the catalog"),
                        tuple(Tone.WARNING, "1 columns of the catalog are not allowed: amount"));
    }

    @Test
    void sayThatATemplateOfAPrivacyBudgetKeepsAnAssociation() {
        assertThat(new KnownCollaboration()
                        .privacyBudgetTemplates(Answer.known(List.of("p-1", "p-2")))
                        .report()
                        .findings())
                .containsExactly(
                        warning(
                                "privacy budget",
                                "the membership has 2 privacy budget templates",
                                "delete them first when an association under differential privacy is to be deleted: until then that is refused"));
    }

    @Test
    void nameALimitThatIsExceeded() {
        KnownCollaboration collaboration = new KnownCollaboration()
                .associations(Answer.known(IntStream.range(0, 26)
                        .mapToObj(number -> association("a-" + number, "acx_part_" + number, "c-" + number))
                        .toList()))
                .tables(new KnownTable()
                        .glue(absent())
                        .configured(found(KnownTable.configuredWithColumns(101)))
                        .rule(absent()));

        assertThat(collaboration.report().findings())
                .containsExactly(
                        bad(
                                "associations of the membership",
                                "associations of the membership: 26 of 25",
                                "above the default; works only where AWS has raised the quota of this account"),
                        bad(
                                NAME,
                                "allowed columns of a table: 101 of 100",
                                "above the default; works only where AWS has raised the quota of this account"));
    }

    @Test
    void sayWhenTheCollaborationAndTheRulesDiffer() {
        KnownTable withoutReceivers = new KnownTable()
                .associationRule(found(associationRule("CUSTOM")))
                .schema(found(schema(ready(DIRECT))));
        KnownTable unreadRule = new KnownTable().rule(unread()).schema(found(schema(ready(DIRECT))));

        assertThat(of(withoutReceivers))
                .containsExactly(warning(
                        NAME,
                        "the collaboration calls it ready, the rules one by one give not ready",
                        "look at it in the console; the collaboration's word counts"));
        assertThat(of(unreadRule)).isEmpty();
    }

    @Test
    void nameWhatKeepsResultsFromBeingWorkedOn() {
        assertThat(of(new KnownTable()
                        .schema(found(schema(
                                ready(DIRECT),
                                notReady("ADDITIONAL_ANALYSIS", "ADDITIONAL_ANALYSES_NOT_CONFIGURED"))))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.tone()).isEqualTo(Tone.WARNING);
                    assertThat(finding.what()).startsWith("no additional analysis can be made of its results: ");
                    assertThat(finding.next()).contains("with allowedAdditionalAnalyses");
                });
    }

    @Test
    void nameAnIdMappingTableThatWasNeverFilled() {
        IdMappingTable table = new IdMappingTable("i-1", "acx_id_mapping", "", "", "", List.of());
        Schema schema = new Schema(
                "acx_id_mapping",
                "ID_MAPPING_TABLE",
                "111122223333",
                List.of(),
                List.of(notReady(DIRECT, "ID_MAPPING_TABLE_NOT_POPULATED")));
        CollaborationState state = new KnownCollaboration().state();

        IdMappingTableReport reported = IdMappingTableReport.of(table, List.of(schema), KnownTable.SCOPE);

        assertThat(reported.isReady()).contains(false);
        assertThat(new Findings(state, KnownTable.SCOPE).of(List.of(), List.of(reported), List.of()))
                .containsExactly(
                        bad(
                                "acx_id_mapping",
                                "the id mapping table has never been filled",
                                "aws cleanrooms populate-id-mapping-table --membership-identifier m-1 --id-mapping-table-identifier i-1"));
        assertThat(IdMappingTableReport.of(table, List.of(), KnownTable.SCOPE))
                .isEqualTo(new IdMappingTableReport(table, Optional.empty(), List.of()));
    }

    @Test
    void nameAnIdMappingTableThatIsNotReadyForNoReason() {
        Schema schema =
                new Schema("acx_id_mapping", "ID_MAPPING_TABLE", "111122223333", List.of(), List.of(notReady(DIRECT)));

        assertThat(IdMappingTableReport.of(
                                new IdMappingTable("i-1", "acx_id_mapping", "", "", "", List.of()),
                                List.of(schema),
                                KnownTable.SCOPE)
                        .missing())
                .extracting(Missing::code)
                .containsExactly("NOT_READY");
    }

    @Test
    void haveTheWorstFirstAndElseTheOrderOfTheTables() {
        KnownTable warned = new KnownTable().name("part_b").otherConfigured(configured("c-2"));
        KnownTable alsoBad = new KnownTable()
                .name("part_a")
                .otherConfigured(configured("c-3"))
                .configured(found(configured("c-1", "id", "amount", "id_bucket", "retired")));

        assertThat(of(
                        warned.configured(found(configured(
                                        "c-1",
                                        "part_b",
                                        Optional.of(new GlueTable("lake", "part_b")),
                                        "id",
                                        "amount",
                                        "id_bucket")))
                                .association(found(association("a-1", "acx_part_b", "c-1"))),
                        alsoBad))
                .extracting(Finding::tone, Finding::subject)
                .containsExactly(
                        tuple(Tone.BAD, "part_a"), tuple(Tone.WARNING, "part_b"), tuple(Tone.WARNING, "part_a"));
    }

    private static List<Finding> of(KnownTable... tables) {
        return new KnownCollaboration().tables(tables).report().findings();
    }

    private static Finding bad(String subject, String what, String next) {
        return new Finding(Tone.BAD, subject, what, next);
    }

    private static Finding warning(String subject, String what, String next) {
        return new Finding(Tone.WARNING, subject, what, next);
    }
}
