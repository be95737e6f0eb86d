package com.omc.flywheel.sequence.recorded;

import java.util.List;

/**
 * The operations that are served, at the paths of the API references of AWS Clean Rooms (2022-02-17) and AWS Entity
 * Resolution (2018-05-10); none of them changes anything.
 */
final class RecordedOperations {
    private static final String MEMBERSHIP = "/memberships/{membershipIdentifier}";
    private static final String ASSOCIATION =
            MEMBERSHIP + "/configuredTableAssociations/{configuredTableAssociationIdentifier}";
    private static final String COLLABORATION = "/collaborations/{collaborationIdentifier}";
    private static final String CONFIGURED_TABLE = "/configuredTables/{configuredTableIdentifier}";

    static final String BATCH_GET_SCHEMA = "BatchGetSchema";
    static final String GET_SCHEMA = "GetSchema";
    static final String GET_COLLABORATION = "GetCollaboration";

    static final List<RecordedOperation> CLEAN_ROOMS = List.of(
            RecordedOperation.list("ListMemberships", "/memberships", "membershipSummaries")
                    .filteredBy("status", "status"),
            RecordedOperation.get("GetMembership", MEMBERSHIP),
            RecordedOperation.list("ListCollaborations", "/collaborations", "collaborationList")
                    .filteredBy("memberStatus", "memberStatus"),
            RecordedOperation.get(GET_COLLABORATION, COLLABORATION),
            RecordedOperation.list("ListMembers", COLLABORATION + "/members", "memberSummaries"),
            RecordedOperation.list("ListConfiguredTables", "/configuredTables", "configuredTableSummaries"),
            RecordedOperation.get("GetConfiguredTable", CONFIGURED_TABLE),
            RecordedOperation.get(
                    "GetConfiguredTableAnalysisRule", CONFIGURED_TABLE + "/analysisRule/{analysisRuleType}"),
            RecordedOperation.list(
                    "ListConfiguredTableAssociations",
                    MEMBERSHIP + "/configuredTableAssociations",
                    "configuredTableAssociationSummaries"),
            RecordedOperation.get("GetConfiguredTableAssociation", ASSOCIATION),
            RecordedOperation.get(
                    "GetConfiguredTableAssociationAnalysisRule", ASSOCIATION + "/analysisRule/{analysisRuleType}"),
            RecordedOperation.list("ListSchemas", COLLABORATION + "/schemas", "schemaSummaries")
                    .filteredBy("schemaType", "type"),
            RecordedOperation.get(GET_SCHEMA, COLLABORATION + "/schemas/{name}"),
            RecordedOperation.batch(BATCH_GET_SCHEMA, COLLABORATION + "/batch-schema"),
            RecordedOperation.get("GetSchemaAnalysisRule", COLLABORATION + "/schemas/{name}/analysisRule/{type}"),
            RecordedOperation.list(
                    "ListIdNamespaceAssociations",
                    MEMBERSHIP + "/idnamespaceassociations",
                    "idNamespaceAssociationSummaries"),
            RecordedOperation.get(
                    "GetIdNamespaceAssociation",
                    MEMBERSHIP + "/idnamespaceassociations/{idNamespaceAssociationIdentifier}"),
            RecordedOperation.list("ListIdMappingTables", MEMBERSHIP + "/idmappingtables", "idMappingTableSummaries"),
            RecordedOperation.get("GetIdMappingTable", MEMBERSHIP + "/idmappingtables/{idMappingTableIdentifier}"),
            RecordedOperation.list(
                    "ListPrivacyBudgetTemplates",
                    MEMBERSHIP + "/privacybudgettemplates",
                    "privacyBudgetTemplateSummaries"),
            RecordedOperation.get(
                    "GetPrivacyBudgetTemplate",
                    MEMBERSHIP + "/privacybudgettemplates/{privacyBudgetTemplateIdentifier}"));

    static final List<RecordedOperation> ENTITY_RESOLUTION = List.of(
            RecordedOperation.list("ListIdNamespaces", "/idnamespaces", "idNamespaceSummaries"),
            RecordedOperation.get("GetIdNamespace", "/idnamespaces/{idNamespaceName}"),
            RecordedOperation.list("ListSchemaMappings", "/schemas", "schemaList"),
            RecordedOperation.get("GetSchemaMapping", "/schemas/{schemaName}"));

    private RecordedOperations() {}
}
