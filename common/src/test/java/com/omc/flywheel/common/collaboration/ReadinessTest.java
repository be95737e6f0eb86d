package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.ASKER;
import static com.omc.flywheel.common.collaboration.KnownTable.SCOPE;
import static com.omc.flywheel.common.collaboration.KnownTable.absent;
import static com.omc.flywheel.common.collaboration.KnownTable.associationRule;
import static com.omc.flywheel.common.collaboration.KnownTable.found;
import static com.omc.flywheel.common.collaboration.KnownTable.notReady;
import static com.omc.flywheel.common.collaboration.KnownTable.ready;
import static com.omc.flywheel.common.collaboration.KnownTable.rule;
import static com.omc.flywheel.common.collaboration.KnownTable.schema;
import static com.omc.flywheel.common.collaboration.KnownTable.unread;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.Schema;
import com.omc.flywheel.common.collaboration.Readiness.Further;
import com.omc.flywheel.common.collaboration.Readiness.Rule;
import com.omc.flywheel.common.collaboration.Readiness.SaidBy;
import com.omc.flywheel.common.collaboration.Readiness.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cleanrooms.model.SchemaStatusReasonCode;

class ReadinessTest {
    private static final String DIRECT = "DIRECT_ANALYSIS";
    private static final String ADDITIONAL = "ADDITIONAL_ANALYSIS";
    private static final String OF_AN_ID_MAPPING_TABLE = "ID_MAPPING_TABLE_NOT_POPULATED";
    private static final IdMappingTable ID_MAPPING_TABLE =
            new IdMappingTable("i-1", "acx_id_mapping", "", "", "", List.of());

    @Test
    void isWhatTheCollaborationSaysWhateverTheRulesGive() {
        Readiness saidReady = of(new KnownTable().rule(absent()).schema(found(schema(ready(DIRECT)))));
        Readiness saidNotReady =
                of(new KnownTable().schema(found(schema(notReady(DIRECT, "RESULT_RECEIVERS_NOT_ALLOWED")))));

        assertThat(saidReady.verdict()).isEqualTo(Verdict.READY);
        assertThat(saidReady.missing()).isEmpty();
        assertThat(saidReady.verdictOfRules()).isEqualTo(Verdict.NOT_READY);
        assertThat(saidNotReady.verdict()).isEqualTo(Verdict.NOT_READY);
        assertThat(saidNotReady.verdictOfRules()).isEqualTo(Verdict.READY);
        assertThat(List.of(saidReady, saidNotReady))
                .extracting(Readiness::saidBy)
                .containsOnly(SaidBy.COLLABORATION);
    }

    @Test
    void needsNoProviderWhereTemplatesAloneAreAllowed() {
        String template = "arn:aws:cleanrooms:us-east-1:111122223333:membership/m-1/analysistemplate/t-1";

        Readiness readiness = of(new KnownTable().rule(found(rule("CUSTOM", List.of(template), List.of()))));

        assertThat(readiness.verdict()).isEqualTo(Verdict.READY);
        assertThat(of(new KnownTable().rule(found(rule("CUSTOM", List.of(template, "ANY_QUERY"), List.of()))))
                        .verdict())
                .isEqualTo(Verdict.NOT_READY);
    }

    @Test
    void needsOneWayOfAskingThatIsReady() {
        Readiness readiness = of(new KnownTable()
                .schema(found(schema(notReady(DIRECT, "ANALYSIS_RULE_TYPES_NOT_COMPATIBLE"), ready(DIRECT)))));

        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.missing()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("silent")
    void goesByTheRulesWhereTheCollaborationSaysNothing(Answer<Optional<Schema>> nothing) {
        Readiness readiness = of(new KnownTable().schema(nothing));

        assertThat(readiness.saidBy()).isEqualTo(SaidBy.RULES);
        assertThat(readiness.verdict()).isEqualTo(Verdict.READY);
        assertThat(readiness.missing()).isEmpty();
        assertThat(readiness.rules()).hasSize(8).extracting(Rule::met).containsOnly(Optional.of(true));
    }

    static Stream<Answer<Optional<Schema>>> silent() {
        return Stream.of(absent(), found(schema()), found(schema(ready(ADDITIONAL))));
    }

    @Test
    void isNotReadyByTheRulesAloneWhenTheWordOfTheCollaborationIsUnread() {
        assertThat(of(new KnownTable().schema(unread())).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(of(new KnownTable().schema(unread()).associationRule(absent())))
                .satisfies(readiness -> assertThat(readiness.verdict()).isEqualTo(Verdict.NOT_READY))
                .extracting(Readiness::missing)
                .asInstanceOf(InstanceOfAssertFactories.list(Missing.class))
                .extracting(Missing::code)
                .containsExactly("COLLABORATION_ANALYSIS_RULE_NOT_CONFIGURED");
    }

    @Test
    void namesWhatTheRulesMissWhereTheCollaborationGivesNoReason() {
        KnownTable silent = new KnownTable().schema(found(schema(notReady(DIRECT))));

        assertThat(of(silent).missing()).extracting(Missing::code).containsExactly("NOT_READY");
        assertThat(of(silent.associationRule(absent())).missing())
                .extracting(Missing::code)
                .containsExactly("COLLABORATION_ANALYSIS_RULE_NOT_CONFIGURED");
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void needsEveryPieceAndNamesTheOneThatIsNotThere(UnaryOperator<KnownTable> change, String code, String call) {
        Readiness readiness = of(change.apply(new KnownTable()));

        assertThat(readiness.verdict()).isEqualTo(Verdict.NOT_READY);
        assertThat(readiness.missing()).singleElement().satisfies(missing -> {
            assertThat(missing.code()).isEqualTo(code);
            assertThat(missing.what()).isNotBlank();
            assertThat(missing.call()).contains(call);
        });
    }

    static Stream<Arguments> incomplete() {
        return Stream.of(
                piece(table -> table.glue(absent()), "TABLE_MISSING", "register-part-tables"),
                piece(
                        table -> table.configured(absent()),
                        "CONFIGURED_TABLE_MISSING",
                        "aws cleanrooms create-configured-table --name part_a --table-reference 'glue={databaseName=lake,tableName=part_a}'"),
                piece(
                        table -> table.rule(absent()),
                        "ANALYSIS_RULE_MISSING",
                        "aws cleanrooms create-configured-table-analysis-rule --configured-table-identifier c-1 "),
                piece(
                        table -> table.rule(found(rule("CUSTOM", List.of(), List.of(ASKER)))),
                        "ANALYSIS_TEMPLATES_NOT_CONFIGURED",
                        "aws cleanrooms update-configured-table-analysis-rule --configured-table-identifier c-1 "),
                piece(
                        table -> table.rule(found(rule("CUSTOM", List.of("ANY_QUERY"), List.of()))),
                        "ANALYSIS_PROVIDERS_NOT_CONFIGURED",
                        "aws cleanrooms update-configured-table-analysis-rule --configured-table-identifier c-1 "),
                piece(
                        table -> table.association(absent()),
                        "ASSOCIATION_MISSING",
                        "aws cleanrooms create-configured-table-association --membership-identifier m-1 --name 'acx_part_a' --configured-table-identifier c-1 "),
                piece(
                        table -> table.associationRule(absent()),
                        "COLLABORATION_ANALYSIS_RULE_NOT_CONFIGURED",
                        "aws cleanrooms create-configured-table-association-analysis-rule --membership-identifier m-1 --configured-table-association-identifier a-1 "),
                piece(
                        table -> table.associationRule(found(associationRule("CUSTOM"))),
                        "RESULT_RECEIVERS_NOT_CONFIGURED",
                        "aws cleanrooms update-configured-table-association-analysis-rule --membership-identifier m-1 --configured-table-association-identifier a-1 "));
    }

    @Test
    void namesWhatCanBePutThereNextAndNotWhatNeedsIt() {
        KnownTable bare = new KnownTable()
                .glue(absent())
                .configured(absent())
                .rule(absent())
                .association(absent())
                .associationRule(absent());
        KnownTable configured =
                new KnownTable().rule(absent()).association(absent()).associationRule(absent());

        assertThat(of(bare).missing())
                .extracting(Missing::code)
                .containsExactly("TABLE_MISSING", "CONFIGURED_TABLE_MISSING");
        assertThat(of(bare).rules()).extracting(Rule::met).containsOnly(Optional.of(false));
        assertThat(of(configured).missing())
                .extracting(Missing::code)
                .containsExactly("ANALYSIS_RULE_MISSING", "ASSOCIATION_MISSING");
    }

    @Test
    void leavesAPlaceForAnIdThatIsUnread() {
        KnownTable unread = new KnownTable()
                .configured(unread())
                .association(unread())
                .schema(found(schema(
                        notReady(DIRECT, "ANALYSIS_RULE_MISSING", "COLLABORATION_ANALYSIS_RULE_NOT_CONFIGURED"))));

        assertThat(of(unread).missing())
                .extracting(Missing::call)
                .satisfiesExactly(
                        call -> assertThat(call)
                                .contains("--configured-table-identifier <id of the configured table> "),
                        call -> assertThat(call)
                                .contains("--configured-table-association-identifier <id of the association> "));
    }

    @ParameterizedTest
    @MethodSource("deciding")
    void isUnknownWhenSomethingThatDecidesIsUnread(UnaryOperator<KnownTable> change) {
        Readiness readiness = of(change.apply(new KnownTable()));

        assertThat(readiness.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.missing()).isEmpty();
        assertThat(readiness.rules()).extracting(Rule::met).contains(Optional.empty());
    }

    static Stream<UnaryOperator<KnownTable>> deciding() {
        return Stream.of(
                table -> table.glue(unread()),
                table -> table.configured(unread()),
                table -> table.rule(unread()),
                table -> table.association(unread()),
                table -> table.associationRule(unread()));
    }

    @Test
    void isKnownFromWhatIsMissingWhateverElseIsUnread() {
        Readiness readiness = of(new KnownTable().rule(unread()).associationRule(absent()));

        assertThat(readiness.verdict()).isEqualTo(Verdict.NOT_READY);
        assertThat(readiness.missing()).extracting(Missing::code).doesNotContain("ANALYSIS_RULE_MISSING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "AGGREGATION"})
    void needsNoAccountsForARuleThatIsNotCustom(String type) {
        Readiness readiness = of(new KnownTable()
                .rule(found(rule(type, List.of(), List.of())))
                .associationRule(found(associationRule(type))));

        assertThat(readiness.verdict()).isEqualTo(Verdict.READY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ANALYSIS_RULE_MISSING | create-configured-table-analysis-rule --configured-table-identifier c-1 --analysis-rule-type CUSTOM",
                "ANALYSIS_TEMPLATES_NOT_CONFIGURED | with allowedAnalyses",
                "ANALYSIS_PROVIDERS_NOT_CONFIGURED | with allowedAnalysisProviders",
                "DIFFERENTIAL_PRIVACY_POLICY_NOT_CONFIGURED | create-privacy-budget-template --membership-identifier m-1",
                "COLLABORATION_ANALYSIS_RULE_NOT_CONFIGURED | create-configured-table-association-analysis-rule --membership-identifier m-1 --configured-table-association-identifier a-1",
                "RESULT_RECEIVERS_NOT_CONFIGURED | with allowedResultReceivers",
                "RESULT_RECEIVERS_NOT_ALLOWED | with allowedResultReceivers",
                "ADDITIONAL_ANALYSES_NOT_CONFIGURED | with allowedAdditionalAnalyses",
                "ADDITIONAL_ANALYSES_NOT_ALLOWED | update-configured-table-analysis-rule --configured-table-identifier c-1",
                "ANALYSIS_RULE_TYPES_NOT_COMPATIBLE | delete-configured-table-association-analysis-rule --membership-identifier m-1 --configured-table-association-identifier a-1",
            })
    void namesTheCallForEachReasonOfTheCollaboration(String code, String call) {
        Readiness readiness = of(new KnownTable().schema(found(schema(notReady(DIRECT, code)))));

        assertThat(readiness.missing()).singleElement().satisfies(missing -> {
            assertThat(missing.code()).isEqualTo(code);
            assertThat(missing.what()).isNotBlank().doesNotContain("because of");
            assertThat(missing.call()).startsWith("aws cleanrooms ").contains(call);
        });
    }

    @Test
    void knowsEveryReasonThatTheClientKnows() {
        assertThat(SchemaStatusReasonCode.knownValues())
                .extracting(SchemaStatusReasonCode::toString)
                .contains(OF_AN_ID_MAPPING_TABLE)
                .allSatisfy(code -> assertThat(remedy(code).call()).startsWith("aws cleanrooms "));
    }

    @Test
    void namesTheCallThatFillsAnIdMappingTable() {
        assertThat(remedy(OF_AN_ID_MAPPING_TABLE))
                .isEqualTo(
                        new Missing(
                                OF_AN_ID_MAPPING_TABLE,
                                "the id mapping table has never been filled",
                                "aws cleanrooms populate-id-mapping-table --membership-identifier m-1 --id-mapping-table-identifier i-1"));
    }

    @Test
    void givesALaterReasonInTheWordsOfTheService() {
        Readiness readiness = of(new KnownTable().schema(found(schema(notReady(DIRECT, "LATER_THAN_US")))));

        assertThat(readiness.verdict()).isEqualTo(Verdict.NOT_READY);
        assertThat(readiness.missing())
                .containsExactly(new Missing(
                        "LATER_THAN_US",
                        "because of LATER_THAN_US",
                        "see \"SchemaStatusReason\" in the AWS Clean Rooms API reference"));
    }

    @Test
    void givesTheCodeOfALaterReasonWithoutWords() {
        Schema.Status wordless =
                new Schema.Status(DIRECT, "CUSTOM", "NOT_READY", List.of(new Schema.Reason("LATER_THAN_US", " ")));

        assertThat(of(new KnownTable().schema(found(schema(wordless)))).missing())
                .extracting(Missing::what)
                .containsExactly("the service gives the reason LATER_THAN_US");
    }

    @Test
    void givesEveryReasonOnce() {
        Readiness readiness = of(new KnownTable()
                .schema(found(schema(
                        notReady(DIRECT, "ANALYSIS_PROVIDERS_NOT_CONFIGURED", "RESULT_RECEIVERS_NOT_CONFIGURED"),
                        notReady(DIRECT, "ANALYSIS_PROVIDERS_NOT_CONFIGURED")))));

        assertThat(readiness.missing())
                .extracting(Missing::code)
                .containsExactly("ANALYSIS_PROVIDERS_NOT_CONFIGURED", "RESULT_RECEIVERS_NOT_CONFIGURED");
    }

    @Test
    void tellsAdditionalAnalysesApart() {
        Readiness readiness = of(new KnownTable()
                .schema(found(schema(ready(DIRECT), notReady(ADDITIONAL, "ADDITIONAL_ANALYSES_NOT_CONFIGURED")))));

        assertThat(readiness.verdict()).isEqualTo(Verdict.READY);
        assertThat(readiness.missing()).isEmpty();
        assertThat(readiness.further()).get().satisfies(further -> {
            assertThat(further.isReady()).isFalse();
            assertThat(further.missing())
                    .extracting(Missing::code)
                    .containsExactly("ADDITIONAL_ANALYSES_NOT_CONFIGURED");
        });
    }

    @Test
    void doesNotMakeATableReadyByItsAdditionalAnalyses() {
        Readiness readiness = of(
                new KnownTable().schema(found(schema(notReady(DIRECT, "ANALYSIS_RULE_MISSING"), ready(ADDITIONAL)))));

        assertThat(readiness.verdict()).isEqualTo(Verdict.NOT_READY);
        assertThat(readiness.further()).contains(new Further(true, List.of()));
    }

    @Test
    void saysNothingOfAdditionalAnalysesWhenTheCollaborationDoesNot() {
        assertThat(of(new KnownTable().schema(found(schema(ready(DIRECT))))).further())
                .isEmpty();
        assertThat(of(new KnownTable()).further()).isEmpty();
    }

    private static Arguments piece(UnaryOperator<KnownTable> change, String code, String call) {
        return Arguments.of(change, code, call);
    }

    private static Readiness of(KnownTable table) {
        return Readiness.of(table.state(), SCOPE);
    }

    private static Missing remedy(String code) {
        Schema.Reason reason = new Schema.Reason(code, "");
        return code.equals(OF_AN_ID_MAPPING_TABLE)
                ? Remedies.ofIdMappingTable(reason, ID_MAPPING_TABLE, SCOPE)
                : new Remedies(new KnownTable().state(), SCOPE).of(reason);
    }
}
