package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.Schema;
import java.util.Optional;

/**
 * What is missing where a table is not ready, and the call of the AWS command line that would put it there; the codes are
 * those of "SchemaStatusReason" in the AWS Clean Rooms API reference.
 */
final class Remedies {
    private static final String COMMAND = "aws cleanrooms ";

    private final String table;
    private final CollaborationScope scope;
    private final String configuredId;
    private final String associationId;

    Remedies(TableState table, CollaborationScope scope) {
        this.table = table.name();
        this.scope = scope;
        this.configuredId = table.configured()
                .orElse(Optional.empty())
                .map(ConfiguredTable::id)
                .orElse("<id of the configured table>");
        this.associationId = table.association()
                .orElse(Optional.empty())
                .map(Association::id)
                .orElse("<id of the association>");
    }

    /** What the collaboration's reason means. */
    Missing of(Schema.Reason reason) {
        return switch (reason.code()) {
            case "ANALYSIS_RULE_MISSING" -> noRule();
            case "ANALYSIS_TEMPLATES_NOT_CONFIGURED" -> noAnalyses();
            case "ANALYSIS_PROVIDERS_NOT_CONFIGURED" -> noProviders();
            case "COLLABORATION_ANALYSIS_RULE_NOT_CONFIGURED" -> noCollaborationRule();
            case "RESULT_RECEIVERS_NOT_CONFIGURED" -> noReceivers();
            case "RESULT_RECEIVERS_NOT_ALLOWED" ->
                new Missing(
                        reason.code(),
                        "the collaboration's rule names a result receiver that the collaboration does not let receive results",
                        updateCollaborationRule("allowedResultReceivers of members who can receive results"));
            case "ADDITIONAL_ANALYSES_NOT_CONFIGURED" ->
                new Missing(
                        reason.code(),
                        "the collaboration's rule does not name the additional analyses that the analysis rule requires",
                        updateCollaborationRule("allowedAdditionalAnalyses"));
            case "ADDITIONAL_ANALYSES_NOT_ALLOWED" ->
                new Missing(
                        reason.code(),
                        "the collaboration's rule names additional analyses, and the analysis rule does not allow any",
                        updateRule("additionalAnalyses ALLOWED"));
            case "ANALYSIS_RULE_TYPES_NOT_COMPATIBLE" ->
                new Missing(
                        reason.code(),
                        "the analysis rule and the collaboration's rule are of different types",
                        "%sdelete-configured-table-association-analysis-rule %s --analysis-rule-type <its type>, then create-configured-table-association-analysis-rule with the type of the analysis rule"
                                .formatted(COMMAND, ofAssociation()));
            case "DIFFERENTIAL_PRIVACY_POLICY_NOT_CONFIGURED" ->
                new Missing(
                        reason.code(),
                        "the analysis rule asks for differential privacy, and the membership has no privacy budget",
                        "%screate-privacy-budget-template --membership-identifier %s --privacy-budget-type DIFFERENTIAL_PRIVACY --auto-refresh <CALENDAR_MONTH or NONE> --parameters <budget>"
                                .formatted(COMMAND, scope.membershipId()));
            default -> inItsOwnWords(reason);
        };
    }

    /** What the collaboration's reason means for an id mapping table. */
    static Missing ofIdMappingTable(Schema.Reason reason, IdMappingTable table, CollaborationScope scope) {
        return reason.code().equals("ID_MAPPING_TABLE_NOT_POPULATED")
                ? new Missing(
                        reason.code(),
                        "the id mapping table has never been filled",
                        "%spopulate-id-mapping-table --membership-identifier %s --id-mapping-table-identifier %s"
                                .formatted(COMMAND, scope.membershipId(), table.id()))
                : inItsOwnWords(reason);
    }

    /** The service gains codes faster than programs learn them. */
    private static Missing inItsOwnWords(Schema.Reason reason) {
        return new Missing(
                reason.code(),
                reason.message().isBlank() ? "the service gives the reason " + reason.code() : reason.message(),
                "see \"SchemaStatusReason\" in the AWS Clean Rooms API reference");
    }

    static Missing noReason() {
        return new Missing(
                "NOT_READY",
                "the collaboration calls it not ready and gives no reason",
                "look at the table in the console of AWS Clean Rooms");
    }

    Missing noTable() {
        return new Missing(
                "TABLE_MISSING",
                "the catalog has no table %s.%s".formatted(scope.database(), table),
                "start the job register-part-tables, then prepare-part-tables");
    }

    Missing notConfigured() {
        return new Missing(
                "CONFIGURED_TABLE_MISSING",
                "there is no configured table for %s.%s".formatted(scope.database(), table),
                "%screate-configured-table --name %s --table-reference 'glue={databaseName=%s,tableName=%s}' --allowed-columns <at most 100> --analysis-method DIRECT_QUERY"
                        .formatted(COMMAND, table, scope.database(), table));
    }

    Missing noRule() {
        return new Missing(
                "ANALYSIS_RULE_MISSING",
                "the configured table has no analysis rule",
                "%screate-configured-table-analysis-rule --configured-table-identifier %s --analysis-rule-type %s --analysis-rule-policy <policy>"
                        .formatted(COMMAND, configuredId, AnalysisRule.CUSTOM));
    }

    Missing noAnalyses() {
        return new Missing(
                "ANALYSIS_TEMPLATES_NOT_CONFIGURED",
                "the analysis rule allows no analysis",
                updateRule("allowedAnalyses of a template, or ANY_QUERY"));
    }

    Missing noProviders() {
        return new Missing(
                "ANALYSIS_PROVIDERS_NOT_CONFIGURED",
                "the analysis rule allows nobody to ask",
                updateRule("allowedAnalysisProviders of the accounts that ask"));
    }

    Missing notAssociated() {
        return new Missing(
                "ASSOCIATION_MISSING",
                "the configured table is not in the collaboration",
                "%screate-configured-table-association --membership-identifier %s --name '%s' --configured-table-identifier %s --role-arn <role that reads the table>"
                        .formatted(COMMAND, scope.membershipId(), scope.associationOf(table), configuredId));
    }

    Missing noCollaborationRule() {
        return new Missing(
                "COLLABORATION_ANALYSIS_RULE_NOT_CONFIGURED",
                "the association has no collaboration rule",
                "%screate-configured-table-association-analysis-rule %s --analysis-rule-type %s --analysis-rule-policy <policy>"
                        .formatted(COMMAND, ofAssociation(), AnalysisRule.CUSTOM));
    }

    Missing noReceivers() {
        return new Missing(
                "RESULT_RECEIVERS_NOT_CONFIGURED",
                "the collaboration's rule lets nobody receive results",
                updateCollaborationRule("allowedResultReceivers of the accounts that receive results"));
    }

    private String updateRule(String with) {
        return "%supdate-configured-table-analysis-rule --configured-table-identifier %s --analysis-rule-type %s --analysis-rule-policy <policy with %s>"
                .formatted(COMMAND, configuredId, AnalysisRule.CUSTOM, with);
    }

    private String updateCollaborationRule(String with) {
        return "%supdate-configured-table-association-analysis-rule %s --analysis-rule-type %s --analysis-rule-policy <policy with %s>"
                .formatted(COMMAND, ofAssociation(), AnalysisRule.CUSTOM, with);
    }

    private String ofAssociation() {
        return "--membership-identifier %s --configured-table-association-identifier %s"
                .formatted(scope.membershipId(), associationId);
    }
}
