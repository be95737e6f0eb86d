package com.omc.flywheel.sequence.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.awsjson.RequestFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCleanroomsReportJobTest {
    @TempDir
    Path data;

    private Collaboration collaboration;

    @BeforeEach
    void record() throws IOException {
        collaboration = new Collaboration(data);
        collaboration.registerMappedTables();
    }

    @AfterEach
    void close() {
        collaboration.close();
    }

    @Test
    void isWrittenForProgramsSpreadsheetsAndPeople() {
        String summary = collaboration.report().render();

        assertThat(collaboration.files())
                .hasSize(4)
                .allMatch(name -> name.matches(
                        "ACX_Cleanroom_Report_\\d{8}_\\d{6}(\\.json|_Tables\\.csv|_IdentityResolution\\.csv|\\.html)"));
        assertThat(summary)
                .startsWith("12 of 27 tables can be asked")
                .contains("no earlier report to compare with")
                .contains("s3://lake/cleanrooms-reports/ACX_Cleanroom_Report_");
        assertThat(collaboration.text(".html"))
                .startsWith("<!DOCTYPE html>")
                .contains("flywheel-measurement", "part_ibe_03_a", "create-configured-table-analysis-rule");
    }

    @Test
    void keepsTheStructureThatProgramsParse() throws IOException {
        collaboration.report();

        JsonNode report = collaboration.json();
        assertThat(report.path("membership_id").asText()).isEqualTo(Collaboration.MEMBERSHIP);
        assertThat(report.path("collaboration_name").asText()).isEqualTo("flywheel-measurement");
        assertThat(report.path("database").asText()).isEqualTo("flywheel_local");
        assertThat(report.path("table_prefix").asText()).isEqualTo("part_");
        assertThat(values(report.path("summary")))
                .containsEntry("glue_tables_count", "27")
                .containsEntry("configured_tables_count", "23")
                .containsEntry("associations_count", "22")
                .containsEntry("id_namespace_associations_count", "2")
                .containsEntry("id_mapping_tables_count", "1")
                .containsEntry("entity_resolution_namespaces_count", "2");
        JsonNode table = Collaboration.table(report, "part_miacs_02_a");
        assertThat(names(table))
                .startsWith(
                        "table_name",
                        "glue_table",
                        "configured_table",
                        "analysis_rule",
                        "association",
                        "collaboration_analysis_rule",
                        "status");
        assertThat(names(table.path("glue_table")))
                .containsExactly("exists", "location", "column_count", "partition_keys", "columns");
        assertThat(names(table.path("configured_table")))
                .containsExactly("exists", "id", "name", "allowed_columns_count", "allowed_columns", "analysis_method");
        assertThat(table.at("/configured_table/allowed_columns_count").asInt()).isEqualTo(100);
        assertThat(table.at("/glue_table/column_count").asInt()).isEqualTo(100);
        assertThat(table.at("/association/name").asText()).isEqualTo("acx_part_miacs_02_a");
        assertThat(texts(table.at("/analysis_rule/allowed_analysis_providers"))).containsExactly("444455556666");
        assertThat(texts(table.at("/collaboration_analysis_rule/allowed_result_receivers")))
                .containsExactly("444455556666", "777788889999");
        assertThat(table.at("/status/in_collaboration").asBoolean()).isTrue();
        assertThat(table.at("/status/ready_for_analysis").asBoolean()).isTrue();
        assertThat(names(report.path("identity_resolution")))
                .containsExactly(
                        "id_namespace_associations",
                        "id_mapping_tables",
                        "entity_resolution_namespaces",
                        "schema_mappings");
        assertThat(report.at("/identity_resolution/schema_mappings/0/mappedInputFields/0/fieldName")
                        .asText())
                .isNotEmpty();
        assertThat(report.path("not_read")).isEmpty();
    }

    @Test
    void keepsTheColumnsThatSpreadsheetsHave() {
        collaboration.report();

        List<String> tables = collaboration.text("_Tables.csv").lines().toList();
        assertThat(tables.get(0))
                .isEqualTo(
                        "collaboration_name,table_name,glue_exists,glue_column_count,glue_partition_keys,configured_table_exists,configured_table_id,configured_table_name,allowed_columns_count,analysis_method,analysis_rule_exists,Allowed Analyses for Query,association_exists,association_name,collaboration_rule_exists,in_collaboration,ready_for_analysis");
        assertThat(tables).hasSize(28);
        assertThat(tables.stream().filter(line -> line.contains(",part_ibe_04_b,")))
                .singleElement()
                .asString()
                .startsWith("flywheel-measurement,part_ibe_04_b,Yes,")
                .endsWith("\"snapshot_dt, id_bucket\",No,N/A,N/A,N/A,N/A,No,N/A,No,N/A,No,No,No");
        List<String> identities =
                collaboration.text("_IdentityResolution.csv").lines().toList();
        assertThat(identities.get(0))
                .isEqualTo(
                        "collaboration_name,id namespace,Id namespace method,source db,region,table,schema mapping,unique id,input field,matchkey");
        assertThat(identities)
                .anyMatch(
                        line -> line.startsWith(
                                "flywheel-measurement,ACXIdNamespace,rule-based,flywheel_local,us-east-1,part_addressable_ids_er,acx_schema,row_id,customer_user_id,customer_user_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "part_ibe_03_a, ANALYSIS_RULE_MISSING, create-configured-table-analysis-rule",
        "part_ibe_04, ANALYSIS_TEMPLATES_NOT_CONFIGURED, update-configured-table-analysis-rule",
        "part_ibe_04_a, ANALYSIS_PROVIDERS_NOT_CONFIGURED, update-configured-table-analysis-rule",
        "part_ibe_05, DIFFERENTIAL_PRIVACY_POLICY_NOT_CONFIGURED, create-privacy-budget-template",
        "part_ibe_05_a, COLLABORATION_ANALYSIS_RULE_NOT_CONFIGURED, create-configured-table-association-analysis-rule",
        "part_ibe_06_a, RESULT_RECEIVERS_NOT_CONFIGURED, update-configured-table-association-analysis-rule",
        "part_ibe_09, RESULT_RECEIVERS_NOT_ALLOWED, update-configured-table-association-analysis-rule",
        "part_miacs_01, ANALYSIS_RULE_TYPES_NOT_COMPATIBLE, delete-configured-table-association-analysis-rule"
    })
    void namesTheMissingPieceAndTheCallThatWouldFixIt(String table, String code, String call) {
        collaboration.report();

        JsonNode readiness = Collaboration.table(collaboration.json(), table).path("readiness");
        assertThat(readiness.path("verdict").asText()).isEqualTo("NOT_READY");
        assertThat(readiness.path("said_by").asText()).isEqualTo("COLLABORATION");
        assertThat(readiness.path("missing")).singleElement().satisfies(missing -> {
            assertThat(missing.path("code").asText()).isEqualTo(code);
            assertThat(missing.path("what").asText()).isNotEmpty();
            assertThat(missing.path("call").asText()).startsWith("aws cleanrooms " + call);
        });
        assertThat(collaboration.text(".html"))
                .contains(readiness.at("/missing/0/what").asText().replace("'", "&#39;"));
    }

    @Test
    void namesEveryReasonOfATableThatHasSeveral() {
        collaboration.report();

        JsonNode missing =
                Collaboration.table(collaboration.json(), "part_new_borrowers").at("/readiness/missing");
        assertThat(missing)
                .extracting(one -> one.path("code").asText())
                .containsExactly("ANALYSIS_PROVIDERS_NOT_CONFIGURED", "RESULT_RECEIVERS_NOT_CONFIGURED");
    }

    @ParameterizedTest
    @CsvSource({"part_ibe_06, ADDITIONAL_ANALYSES_NOT_CONFIGURED", "part_ibe_08, ADDITIONAL_ANALYSES_NOT_ALLOWED"})
    void tellsAdditionalAnalysisFromDirectOne(String table, String code) {
        collaboration.report();

        JsonNode readiness = Collaboration.table(collaboration.json(), table).path("readiness");
        assertThat(readiness.path("verdict").asText()).isEqualTo("READY");
        assertThat(readiness.path("ready_for_additional_analysis").asBoolean()).isFalse();
        assertThat(readiness.at("/missing_for_additional_analysis/0/code").asText())
                .isEqualTo(code);
    }

    @Test
    void goesByTheRulesWhereTheCollaborationSaysNothing() {
        collaboration.report();

        JsonNode report = collaboration.json();
        JsonNode notAssociated = Collaboration.table(report, "part_miacs_01_a").path("readiness");
        assertThat(notAssociated.path("said_by").asText()).isEqualTo("RULES");
        assertThat(notAssociated.at("/missing/0/code").asText()).isEqualTo("ASSOCIATION_MISSING");
        assertThat(notAssociated.at("/missing/0/call").asText())
                .startsWith("aws cleanrooms create-configured-table-association --membership-identifier "
                        + Collaboration.MEMBERSHIP + " --name 'acx_part_miacs_01_a'");
        JsonNode notConfigured = Collaboration.table(report, "part_ibe_04_b").path("readiness");
        assertThat(notConfigured.at("/missing/0/code").asText()).isEqualTo("CONFIGURED_TABLE_MISSING");
    }

    @Test
    void saysWhenTheIdMappingTableWasNeverFilled() {
        collaboration.report();

        assertThat(findings(collaboration.json(), "acx_id_mapping"))
                .singleElement()
                .asString()
                .contains("never been filled", "populate-id-mapping-table");
    }

    @Test
    void findsWhatIsThereTwiceOrUnderAWrongName() {
        collaboration.report();

        JsonNode report = collaboration.json();
        assertThat(findings(report, "part_miacs_03")).anyMatch(finding -> finding.contains("it is configured 2 times"));
        assertThat(findings(report, "part_miacs_02_b"))
                .anyMatch(finding -> finding.contains("it is in the collaboration 2 times")
                        && finding.contains("acx_part_miacs_02_b_2"));
        assertThat(findings(report, "part_miacs_02"))
                .anyMatch(
                        finding -> finding.contains("its association is called part_miacs_02 and not acx_part_miacs_02")
                                && finding.contains("takes its rule with it"));
    }

    @Test
    void tellsColumnsThatAreNotAllowedFromThoseThatAreGone() {
        collaboration.report();

        JsonNode report = collaboration.json();
        assertThat(Collaboration.table(report, "part_ibe_02_a").at("/drift/not_allowed"))
                .hasSize(5);
        assertThat(texts(Collaboration.table(report, "part_ibe_03").at("/drift/gone")))
                .containsExactly("ibe0000_retired");
        assertThat(findings(report, "part_ibe_03"))
                .anyMatch(finding -> finding.contains("are not in the catalog any more: ibe0000_retired"));
    }

    @Test
    void namesColumnsWhoseTypeChanged() {
        collaboration.report();

        JsonNode report = collaboration.json();
        assertThat(texts(Collaboration.table(report, "part_ibe_04").at("/drift/other_types")))
                .containsExactly("ibe4265 is string in the collaboration and bigint in the catalog");
        assertThat(report.path("findings"))
                .filteredOn(finding -> finding.path("what").asText().contains("changed their type"))
                .hasSize(1);
    }

    @Test
    void saysThatNotAllColumnsCanBeAllowedWhenKeysComeOnTop() {
        collaboration.report();

        assertThat(findings(collaboration.json(), "part_miacs_02_a"))
                .anyMatch(
                        finding -> finding.contains("it has 100 columns and 2 partition keys, and 100 can be allowed"));
    }

    @Test
    void comparesUseWithLimits() {
        collaboration.report();

        JsonNode quotas = collaboration.json().path("quotas");
        assertThat(quotas)
                .extracting(quota -> "%s %s %d of %d, %d left"
                        .formatted(
                                quota.path("quota").asText(),
                                quota.path("subject").asText(),
                                quota.path("used").asInt(),
                                quota.path("limit").asInt(),
                                quota.path("headroom").asInt()))
                .contains(
                        "configured tables  23 of 250, 227 left",
                        "associations of the membership  22 of 25, 3 left",
                        "id mapping tables of the membership  1 of 5, 4 left",
                        "id namespace associations of the membership  2 of 10, 8 left",
                        "allowed columns of a table part_miacs_02_a 100 of 100, 0 left");
        assertThat(quotas).extracting(quota -> quota.path("quota").asText()).contains("fields of a schema mapping");
        assertThat(collaboration.text(".html")).contains("a query may name at most 15 tables");
    }

    @Test
    void leavesOutWhatItIsToldTo() {
        collaboration.report("EXCLUDED_TABLES", "part_ibe_01,part_ibe_02");

        assertThat(collaboration.json().path("tables"))
                .extracting(table -> table.path("table_name").asText())
                .hasSize(25)
                .doesNotContain("part_ibe_01", "part_ibe_02")
                .contains("part_ibe_01_a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"account,label\r\n444455556666,Query Submitter\r\n", "{\"444455556666\": \"Query Submitter\"}"})
    void callsAccountsAsPeopleDo(String labels) {
        collaboration
                .lake()
                .store()
                .write(
                        Lake.ROOT.folder("config").file("accounts"),
                        labels.getBytes(StandardCharsets.UTF_8),
                        "text/plain");

        collaboration.report("ACCOUNT_LABELS", "s3://lake/config/accounts");

        assertThat(collaboration.text("_Tables.csv")).contains("4444-5555-6666 (Query Submitter)");
        assertThat(collaboration.text(".html")).contains("4444-5555-6666 (Query Submitter)");
    }

    @Test
    void takesTheOnlyActiveMembershipOrListsThem() {
        assertThatThrownBy(() -> collaboration.report("MEMBERSHIP_ID", "_NONE_"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("--MEMBERSHIP_ID is needed, since the account has 2 active memberships")
                .hasMessageContaining(Collaboration.MEMBERSHIP + ", of the collaboration flywheel-measurement")
                .hasMessageContaining("flywheel-trial")
                .hasMessageNotContaining("flywheel-2024");
        assertThat(collaboration.files()).isEmpty();
    }

    @Test
    void followsEveryListToItsLastPage() {
        collaboration.report();

        Map<String, Integer> requests = collaboration.endpoint().requestsByTarget();
        assertThat(requests)
                .containsEntry("CleanRooms.ListConfiguredTables", 12)
                .containsEntry("CleanRooms.ListConfiguredTableAssociations", 11)
                .containsEntry("CleanRooms.ListSchemas", 13)
                .containsEntry("CleanRooms.ListMembers", 3)
                .containsEntry("EntityResolution.ListIdNamespaces", 2)
                .containsEntry("EntityResolution.ListSchemaMappings", 2);
        assertThat(requests.keySet()).allMatch(target -> target.matches("[A-Za-z]+\\.(List|Get|BatchGet)[A-Za-z]+"));
    }

    /** Each has a place of its own in the report; none of them is a reason not to write it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CleanRooms.GetMembership",
                "CleanRooms.ListMembers",
                "CleanRooms.ListSchemas",
                "CleanRooms.BatchGetSchema",
                "CleanRooms.GetSchemaAnalysisRule",
                "CleanRooms.ListConfiguredTables",
                "CleanRooms.GetConfiguredTable",
                "CleanRooms.GetConfiguredTableAnalysisRule",
                "CleanRooms.ListConfiguredTableAssociations",
                "CleanRooms.GetConfiguredTableAssociationAnalysisRule",
                "CleanRooms.ListIdNamespaceAssociations",
                "CleanRooms.GetIdNamespaceAssociation",
                "CleanRooms.ListIdMappingTables",
                "CleanRooms.GetIdMappingTable",
                "CleanRooms.ListPrivacyBudgetTemplates",
                "EntityResolution.ListIdNamespaces",
                "EntityResolution.GetIdNamespace",
                "EntityResolution.ListSchemaMappings",
                "EntityResolution.GetSchemaMapping"
            })
    void isWrittenAndFailsWhenACallIsRefused(String operation) {
        String action =
                operation.replace("CleanRooms.", "cleanrooms:").replace("EntityResolution.", "entityresolution:");
        collaboration.endpoint().faults().onEvery(operation, RequestFault.deniedByIam(action, "*"));

        assertThatThrownBy(() -> collaboration.report())
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("ACCESS_DENIED: the report is written to s3://lake/cleanrooms-reports/")
                .hasMessageContaining("questions got no answer")
                .hasMessageContaining(action);

        JsonNode report = collaboration.json();
        assertThat(report.path("not_read"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.path("why").asText()).contains(action));
        assertThat(collaboration.files()).hasSize(4);
        assertThat(collaboration.text(".html")).contains("What could not be read", action);
    }

    @Test
    void doesNotCallMissingWhatItCouldNotRead() {
        collaboration
                .endpoint()
                .faults()
                .onEvery(
                        "CleanRooms.ListConfiguredTables",
                        RequestFault.deniedByIam("cleanrooms:ListConfiguredTables", "*"));
        collaboration
                .endpoint()
                .faults()
                .onEvery("CleanRooms.ListSchemas", RequestFault.deniedByIam("cleanrooms:ListSchemas", "*"));

        assertThatThrownBy(() -> collaboration.report())
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("2 questions");

        JsonNode table = Collaboration.table(collaboration.json(), "part_ibe_01");
        assertThat(table.at("/configured_table/exists").isNull()).isTrue();
        assertThat(table.at("/configured_table/not_read").asText()).contains("cleanrooms:ListConfiguredTables");
        assertThat(table.at("/status/ready_for_analysis").isNull()).isTrue();
        assertThat(collaboration.text("_Tables.csv").lines().filter(line -> line.contains(",part_ibe_01,")))
                .singleElement()
                .asString()
                .contains("Not read");
        assertThat(collaboration.json().at("/summary/configured_tables_count").isNull())
                .isTrue();
    }

    @Test
    void saysSoWhenTheCatalogCannotBeRead() {
        assertThatThrownBy(() -> collaboration.report("DATABASE", "nobodys"))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("MISSING_INPUT: the report is written to")
                .hasMessageContaining("the tables part_* of the database nobodys");
    }

    @Test
    void goesOnWhenCallsComeTooFast() {
        for (String operation : List.of(
                "CleanRooms.ListConfiguredTables",
                "CleanRooms.GetConfiguredTable",
                "EntityResolution.ListIdNamespaces")) {
            collaboration.endpoint().faults().onCalls(operation, 1, 2, RequestFault.throttled());
        }

        collaboration.report();

        assertThat(collaboration.json().path("not_read")).isEmpty();
        assertThat(collaboration.endpoint().requests("CleanRooms.ListConfiguredTables"))
                .isEqualTo(14);
    }

    @Test
    void tellsWhatChangedSinceTheLastReport() {
        collaboration.report("REPORT_NAME", "AA_first", "OUTPUT", "json");
        String first = collaboration.files().get(0);
        collaboration.register("part_brand_new", List.of(new CatalogColumn("customer_user_id", "string", "")));

        String summary = collaboration
                .report("COMPARE_WITH", Collaboration.REPORTS.file(first).toString(), "OUTPUT", "json")
                .render();

        assertThat(summary).contains("changes since s3://lake/cleanrooms-reports/" + first + ": 1");
        assertThat(collaboration.json().at("/changes/changes")).singleElement().satisfies(change -> assertThat(
                        change.path("subject").asText() + " "
                                + change.path("change").asText())
                .isEqualTo("part_brand_new is new in the report"));
    }

    @Test
    void comparesWithTheNewestReportOfTheSameMembership() throws IOException {
        collaboration.report("OUTPUT", "json");
        String name = collaboration.files().get(0);
        String report = collaboration.text(".json");
        put("ACX_Cleanroom_Report_20200101_000000.json", report.replace("acx_part_ibe_01\"", "acx_old\""));
        put("ACX_Cleanroom_Report_20200102_000000.json", report.replace(Collaboration.MEMBERSHIP, "another"));
        put("ACX_Cleanroom_Report_20200103_000000.json", "{");
        put("ACX_Cleanroom_Report_0_20200104_000000.json", "{}");
        collaboration.lake().store().delete(List.of(Collaboration.REPORTS.file(name)));

        collaboration.report("OUTPUT", "json");

        assertThat(collaboration.json().at("/changes/compared_with").asText())
                .isEqualTo("s3://lake/cleanrooms-reports/ACX_Cleanroom_Report_20200101_000000.json");
        assertThat(collaboration.json().at("/changes/changes")).singleElement().satisfies(change -> assertThat(
                        change.path("change").asText())
                .isEqualTo("was called acx_old in the collaboration, and is called acx_part_ibe_01"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMPARE_WITH|s3://lake/none.json|--COMPARE_WITH s3://lake/none.json: there is no such file",
                "ACCOUNT_LABELS|s3://lake/none.csv|--ACCOUNT_LABELS s3://lake/none.csv: there is no such file",
                "MEMBERSHIP_ID|mine|--MEMBERSHIP_ID: expected an id like",
                "REPORT_BUCKET|s3://lake/|leave out s3://",
                "REPORT_PREFIX|s3://lake/reports/|--REPORT_PREFIX: expected a folder in the bucket",
                "OUTPUT|pdf|--OUTPUT: expected one of [json, csv, html, all]"
            })
    void writesNothingWhenAnArgumentIsWrong(String argument, String value, String message) {
        assertThatThrownBy(() -> collaboration.report(argument, value))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining(message);
        assertThat(collaboration.files()).isEmpty();
    }

    @Test
    void asksTheCatalogForTablesAndNothingElse() {
        collaboration.lake().glue().resetCounts();

        collaboration.report();

        assertThat(collaboration.lake().glue().requestsByTarget().keySet()).containsExactly("AWSGlue.GetTables");
    }

    private void put(String name, String content) {
        collaboration
                .lake()
                .store()
                .write(Collaboration.REPORTS.file(name), content.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private static List<String> findings(JsonNode report, String subject) {
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : report.path("findings")) {
            if (finding.path("subject").asText().equals(subject)) {
                findings.add(finding.path("what").asText() + "; "
                        + finding.path("next").asText());
            }
        }
        return findings;
    }

    private static Map<String, String> values(JsonNode object) {
        Map<String, String> values = new TreeMap<>();
        object.fields()
                .forEachRemaining(
                        field -> values.put(field.getKey(), field.getValue().asText()));
        return values;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
