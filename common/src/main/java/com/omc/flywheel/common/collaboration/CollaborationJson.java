package com.omc.flywheel.common.collaboration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.AssociationRule;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.IdNamespaceAssociation;
import com.omc.flywheel.common.cleanrooms.Member;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.cleanrooms.Schema;
import com.omc.flywheel.common.cleanrooms.SchemaRule;
import com.omc.flywheel.common.collaboration.Readiness.Verdict;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The report for programs. Names and nesting of what the reports before this program had are kept, since programs parse
 * them; what is new stands beside it.
 *
 * <p>What could not be read is null, with the reason beside it under {@code not_read}; what is not there is false or
 * empty.
 */
final class CollaborationJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final CollaborationReport report;
    private final CollaborationState state;

    CollaborationJson(CollaborationReport report) {
        this.report = report;
        this.state = report.state();
    }

    ObjectNode render(List<Change> changes) {
        ObjectNode root = NODES.objectNode();
        root.put("generated_at", report.at().toString());
        root.put("membership_id", report.scope().membershipId());
        putText(root, "collaboration_id", state.membership().map(Membership::collaborationId));
        putText(root, "collaboration_name", state.membership().map(Membership::collaborationName));
        putText(root, "membership_status", state.membership().map(Membership::status));
        root.put("database", report.scope().database().value());
        root.put("table_prefix", report.scope().prefix().value());
        root.set("summary", summary());
        root.set("identity_resolution", identityResolution());
        root.set("membership_results_delivery", delivery());
        ArrayNode tables = root.putArray("tables");
        report.tables().forEach(table -> tables.add(table(table)));
        putAll(root, "members", state.members(), CollaborationJson::member);
        root.set("quotas", quotas());
        root.put("tables_per_query_limit", Quotas.TABLES_PER_QUERY);
        root.set("findings", findings());
        ObjectNode since = root.putObject("changes");
        since.put(
                "compared_with",
                state.earlier()
                        .orElse(Optional.empty())
                        .map(before -> before.file().toString())
                        .orElse(null));
        putReason(since, state.earlier());
        ArrayNode all = since.putArray("changes");
        changes.forEach(
                change -> all.addObject().put("subject", change.subject()).put("change", change.what()));
        ArrayNode unread = root.putArray("not_read");
        state.unread().forEach(one -> unread.addObject()
                .put("what", one.what())
                .put("why", one.failure().getMessage()));
        return root;
    }

    private ObjectNode summary() {
        ObjectNode summary = NODES.objectNode();
        putCount(summary, "glue_tables_count", state.glue().map(all -> report.tables().stream()
                .filter(table -> table.state().glue().orElse(Optional.empty()).isPresent())
                .toList()));
        putCount(summary, "configured_tables_count", state.configured());
        putCount(summary, "associations_count", state.associations());
        putCount(summary, "id_namespace_associations_count", state.idNamespaceAssociations());
        putCount(summary, "id_mapping_tables_count", state.idMappingTables());
        putCount(summary, "entity_resolution_namespaces_count", state.idNamespaces());
        summary.put("ready_tables_count", report.count(Verdict.READY));
        summary.put("not_ready_tables_count", report.count(Verdict.NOT_READY));
        summary.put("unknown_tables_count", report.count(Verdict.UNKNOWN));
        return summary;
    }

    private ObjectNode identityResolution() {
        ObjectNode node = NODES.objectNode();
        putAll(node, "id_namespace_associations", state.idNamespaceAssociations(), CollaborationJson::association);
        putAll(
                node,
                "id_mapping_tables",
                state.idMappingTables().map(any -> report.idMappingTables()),
                CollaborationJson::mappingTable);
        putAll(node, "entity_resolution_namespaces", state.idNamespaces(), CollaborationJson::namespace);
        putAll(node, "schema_mappings", state.schemaMappings(), CollaborationJson::mapping);
        return node;
    }

    private static ObjectNode association(IdNamespaceAssociation one) {
        return NODES.objectNode()
                .put("id", one.id())
                .put("name", one.name())
                .put("arn", one.arn())
                .put("description", one.description())
                .put("entity_resolution_namespace_arn", one.namespaceArn())
                .put("manage_resource_policies", one.manageResourcePolicies())
                .put("allow_use_as_dimension_column", one.allowUseAsDimensionColumn());
    }

    private static ObjectNode mappingTable(IdMappingTableReport reported) {
        IdMappingTable one = reported.table();
        ObjectNode node = NODES.objectNode()
                .put("id", one.id())
                .put("name", one.name())
                .put("arn", one.arn())
                .put("description", one.description())
                .put("input_reference_arn", one.inputReferenceArn());
        ArrayNode sources = node.putArray("input_sources");
        one.inputSources().forEach(source -> sources.addObject()
                .put("id_namespace_association_id", source.idNamespaceAssociationId())
                .put("type", source.type()));
        node.put("ready", reported.isReady().orElse(null));
        ArrayNode missing = node.putArray("missing");
        reported.missing().forEach(piece -> missing.add(missing(piece)));
        return node;
    }

    private static ObjectNode namespace(IdNamespace one) {
        if (!one.isRead()) {
            return unread(
                    one.name(),
                    "arn",
                    "type",
                    "description",
                    "role_arn",
                    "input_source_arn",
                    "schema_name",
                    "input_sources",
                    "id_mapping_config");
        }
        Optional<IdNamespace.Source> first = one.sources().stream().findFirst();
        ObjectNode node = NODES.objectNode()
                .put("name", one.name())
                .put("arn", one.arn())
                .put("type", one.type())
                .put("description", one.description())
                .put("role_arn", one.roleArn())
                .put("input_source_arn", first.map(IdNamespace.Source::arn).orElse(""))
                .put("schema_name", first.map(IdNamespace.Source::schemaName).orElse(""));
        ArrayNode sources = node.putArray("input_sources");
        one.sources()
                .forEach(
                        source -> sources.addObject().put("arn", source.arn()).put("schema_name", source.schemaName()));
        ArrayNode methods = node.putArray("id_mapping_config");
        one.methods().forEach(method -> methods.addObject().put("idMappingType", method));
        return node;
    }

    private static ObjectNode unread(String name, String... members) {
        ObjectNode node = NODES.objectNode().put("name", name);
        for (String member : members) {
            node.putNull(member);
        }
        return node;
    }

    private static ObjectNode mapping(SchemaMapping one) {
        if (!one.isRead()) {
            return unread(one.name(), "arn", "created_at", "updated_at", "unique_id", "mappedInputFields")
                    .put("has_workflows", one.hasWorkflows());
        }
        ObjectNode node = NODES.objectNode()
                .put("name", one.name())
                .put("arn", one.arn())
                .put("created_at", one.createdAt().map(Instant::toString).orElse(null))
                .put("updated_at", one.updatedAt().map(Instant::toString).orElse(null))
                .put("has_workflows", one.hasWorkflows())
                .put("unique_id", one.uniqueId().orElse(null));
        ArrayNode fields = node.putArray("mappedInputFields");
        one.fields().forEach(field -> fields.addObject()
                .put("fieldName", field.name())
                .put("type", field.type())
                .put("matchKey", field.matchKey())
                .put("groupName", field.groupName()));
        return node;
    }

    private ObjectNode delivery() {
        ObjectNode node = NODES.objectNode();
        Answer<Membership> membership = state.membership();
        putFlag(node, "can_receive_results", membership.map(Membership::canReceiveResults));
        Optional<Membership.ResultDelivery> delivery = membership.value().flatMap(Membership::delivery);
        node.put(
                "result_bucket", delivery.map(Membership.ResultDelivery::bucket).orElse(null));
        node.put(
                "result_prefix",
                delivery.map(Membership.ResultDelivery::keyPrefix).orElse(null));
        node.put(
                "result_role_arn",
                delivery.map(Membership.ResultDelivery::roleArn).orElse(null));
        node.put(
                "result_format", delivery.map(Membership.ResultDelivery::format).orElse(null));
        return node;
    }

    private ObjectNode table(TableReport table) {
        TableState found = table.state();
        ObjectNode node = NODES.objectNode().put("table_name", table.name());
        node.set("glue_table", glue(found));
        node.set("configured_table", configured(found));
        node.set("analysis_rule", rule(found));
        node.set("association", association(found));
        node.set("collaboration_analysis_rule", collaborationRule(found));
        node.set("status", status(table));
        node.set("readiness", readiness(table));
        node.set("drift", drift(table));
        return node;
    }

    private static ObjectNode glue(TableState found) {
        ObjectNode node = exists(found.glue());
        found.glue().orElse(Optional.empty()).ifPresent(glue -> {
            node.put("location", glue.location());
            node.put("column_count", glue.columns().size());
            node.set("partition_keys", columns(glue.partitionKeys()));
            node.set("columns", columns(glue.columns()));
        });
        return node;
    }

    private static ArrayNode columns(List<CatalogColumn> columns) {
        ArrayNode array = NODES.arrayNode();
        columns.forEach(column -> array.addObject().put("name", column.name()).put("type", column.type()));
        return array;
    }

    private static ObjectNode configured(TableState found) {
        ObjectNode node = exists(found.configured());
        found.configured().orElse(Optional.empty()).ifPresent(table -> {
            node.put("id", table.id());
            node.put("name", table.name());
            if (table.isRead()) {
                node.put("allowed_columns_count", table.allowedColumns().size());
                node.set("allowed_columns", texts(table.allowedColumns()));
                node.put("analysis_method", table.analysisMethod());
            } else {
                node.putNull("allowed_columns_count");
                node.putNull("allowed_columns");
                node.putNull("analysis_method");
            }
        });
        if (!found.otherConfigured().isEmpty()) {
            node.set(
                    "duplicate_ids",
                    texts(found.otherConfigured().stream()
                            .map(ConfiguredTable::id)
                            .toList()));
        }
        return node;
    }

    private static ObjectNode rule(TableState found) {
        ObjectNode node = exists(found.rule());
        node.put(
                "type",
                found.rule().orElse(Optional.empty()).map(AnalysisRule::type).orElse(null));
        putTexts(node, "allowed_analysis_providers", part(found.rule(), AnalysisRule::allowedProviders));
        putTexts(node, "allowed_analyses", part(found.rule(), AnalysisRule::allowedAnalyses));
        return node;
    }

    private static ObjectNode association(TableState found) {
        ObjectNode node = exists(found.association());
        node.put(
                "name",
                found.association()
                        .orElse(Optional.empty())
                        .map(Association::name)
                        .orElse(null));
        node.put(
                "id",
                found.association()
                        .orElse(Optional.empty())
                        .map(Association::id)
                        .orElse(null));
        if (!found.otherAssociations().isEmpty()) {
            node.set(
                    "duplicate_ids",
                    texts(found.otherAssociations().stream()
                            .map(Association::id)
                            .toList()));
        }
        return node;
    }

    private static ObjectNode collaborationRule(TableState found) {
        ObjectNode node = exists(found.associationRule());
        node.put(
                "type",
                found.associationRule()
                        .orElse(Optional.empty())
                        .map(AssociationRule::type)
                        .orElse(null));
        putTexts(node, "allowed_result_receivers", receivers(found));
        return node;
    }

    /** As the collaboration consolidates them; where it says nothing of the table, as the association has them. */
    static Answer<List<String>> receivers(TableState found) {
        return part(found.schemaRule(), SchemaRule::receivers)
                .then(receivers -> receivers.isEmpty()
                        ? part(found.associationRule(), AssociationRule::allowedResultReceivers)
                        : Answer.known(receivers));
    }

    private static ObjectNode status(TableReport table) {
        ObjectNode node = NODES.objectNode();
        putFlag(node, "in_collaboration", table.state().association().map(Optional::isPresent));
        Verdict verdict = table.readiness().verdict();
        if (verdict == Verdict.UNKNOWN) {
            node.putNull("ready_for_analysis");
        } else {
            node.put("ready_for_analysis", verdict == Verdict.READY);
        }
        return node;
    }

    private static ObjectNode readiness(TableReport table) {
        Readiness readiness = table.readiness();
        ObjectNode node = NODES.objectNode()
                .put("verdict", readiness.verdict().name())
                .put("said_by", readiness.saidBy().name());
        ArrayNode missing = node.putArray("missing");
        readiness.missing().forEach(one -> missing.add(missing(one)));
        readiness.further().ifPresent(further -> {
            node.put("ready_for_additional_analysis", further.isReady());
            ArrayNode more = node.putArray("missing_for_additional_analysis");
            further.missing().forEach(one -> more.add(missing(one)));
        });
        ArrayNode rules = node.putArray("rules");
        readiness.rules().forEach(rule -> {
            ObjectNode entry = rules.addObject().put("rule", rule.name());
            entry.put("met", rule.met().orElse(null));
            rule.missing().ifPresent(one -> entry.set("missing", missing(one)));
        });
        ArrayNode statuses = node.putArray("schema_status");
        table.state()
                .schema()
                .orElse(Optional.empty())
                .map(Schema::statuses)
                .orElse(List.of())
                .forEach(status -> {
                    ObjectNode entry = statuses.addObject()
                            .put("analysis_type", status.analysisType())
                            .put("analysis_rule_type", status.ruleType())
                            .put("status", status.status());
                    ArrayNode reasons = entry.putArray("reasons");
                    status.reasons().forEach(reason -> reasons.addObject()
                            .put("code", reason.code())
                            .put("message", reason.message()));
                });
        putReason(node, table.state().schema());
        return node;
    }

    private static ObjectNode missing(Missing one) {
        return NODES.objectNode()
                .put("code", one.code())
                .put("what", one.what())
                .put("call", one.call());
    }

    private static ObjectNode drift(TableReport table) {
        ObjectNode node = NODES.objectNode();
        node.put("known", table.drift().isPresent());
        table.drift().ifPresent(drift -> {
            node.set("not_allowed", texts(drift.notAllowed()));
            node.set("partition_keys_not_allowed", texts(drift.partitionKeysNotAllowed()));
            node.set("gone", texts(drift.gone()));
            node.set("other_types", texts(drift.otherTypes()));
        });
        return node;
    }

    private static ObjectNode member(Member member) {
        ObjectNode node = NODES.objectNode()
                .put("account_id", member.accountId())
                .put("name", member.displayName())
                .put("status", member.status());
        node.set("abilities", texts(member.abilities()));
        return node;
    }

    private ArrayNode quotas() {
        ArrayNode array = NODES.arrayNode();
        report.quotas().forEach(quota -> array.addObject()
                .put("quota", quota.what())
                .put("subject", quota.subject())
                .put("used", quota.used())
                .put("limit", quota.limit())
                .put("headroom", quota.headroom())
                .put("adjustable", quota.isAdjustable())
                .put("source", quota.source()));
        Quotas.unread(state).forEach(what -> array.addObject()
                .put("quota", what)
                .put("subject", "")
                .putNull("used")
                .putNull("limit")
                .putNull("headroom"));
        return array;
    }

    private ArrayNode findings() {
        ArrayNode array = NODES.arrayNode();
        report.findings().forEach(finding -> array.addObject()
                .put("severity", finding.tone().name())
                .put("subject", finding.subject())
                .put("what", finding.what())
                .put("next", finding.next()));
        return array;
    }

    private static <T> ObjectNode exists(Answer<Optional<T>> answer) {
        ObjectNode node = NODES.objectNode();
        putFlag(node, "exists", answer.map(Optional::isPresent));
        return node;
    }

    private static void putFlag(ObjectNode node, String name, Answer<Boolean> answer) {
        node.put(name, answer.value().orElse(null));
        putReason(node, answer);
    }

    private static void putText(ObjectNode node, String name, Answer<String> answer) {
        node.put(name, answer.value().orElse(null));
    }

    private static void putCount(ObjectNode node, String name, Answer<? extends Collection<?>> answer) {
        answer.map(Collection::size).value().ifPresentOrElse(count -> node.put(name, count), () -> node.putNull(name));
    }

    private static <T> void putAll(
            ObjectNode node, String name, Answer<List<T>> answer, Function<T, ? extends JsonNode> entry) {
        if (answer.isKnown()) {
            ArrayNode array = node.putArray(name);
            answer.orElse(List.of()).forEach(one -> array.add(entry.apply(one)));
        } else {
            node.putNull(name);
        }
    }

    private static void putTexts(ObjectNode node, String name, Answer<List<String>> answer) {
        putAll(node, name, answer, NODES::textNode);
    }

    private static <T> Answer<List<String>> part(Answer<Optional<T>> answer, Function<T, List<String>> part) {
        return answer.map(found -> found.map(part).orElse(List.of()));
    }

    private static void putReason(ObjectNode node, Answer<?> answer) {
        answer.failure().ifPresent(why -> node.put("not_read", why));
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
