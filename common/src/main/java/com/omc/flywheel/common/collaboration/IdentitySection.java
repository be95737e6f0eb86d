package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.IdNamespaceAssociation;
import com.omc.flywheel.common.collaboration.Readiness.Verdict;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import com.omc.flywheel.common.page.Grid;
import com.omc.flywheel.common.page.Grid.Cell;
import com.omc.flywheel.common.page.Section;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the page says of ids: where they come from, and how those of one namespace become those of another. */
final class IdentitySection {
    private final CollaborationReport report;
    private final CollaborationState state;

    IdentitySection(CollaborationReport report) {
        this.report = report;
        this.state = report.state();
    }

    Section render() {
        List<List<Cell>> namespaces = state.idNamespaces().orElse(List.of()).stream()
                .flatMap(namespace -> !namespace.isRead()
                        ? Stream.of(Cells.unreadRow(namespace.name(), 4))
                        : namespace.sources().isEmpty()
                                ? Stream.of(namespace(namespace, "", ""))
                                : namespace.sources().stream()
                                        .map(source -> namespace(namespace, source.arn(), source.schemaName())))
                .toList();
        List<List<Cell>> fields = state.schemaMappings().orElse(List.of()).stream()
                .flatMap(mapping -> mapping.isRead()
                        ? mapping.fields().stream().map(field -> field(mapping, field))
                        : Stream.of(Cells.unreadRow(mapping.name(), 4)))
                .toList();
        List<List<Cell>> mappingTables =
                report.idMappingTables().stream().map(this::mappingTable).toList();
        List<List<Cell>> associations = state.idNamespaceAssociations().orElse(List.of()).stream()
                .map(one -> List.of(
                        Cell.of(one.name()),
                        Cell.of(one.namespaceArn()),
                        Cell.of(one.manageResourcePolicies() ? "yes" : "no"),
                        Cell.of(one.allowUseAsDimensionColumn() ? "yes" : "no")))
                .toList();
        return new Section(
                "identities",
                "How ids are resolved",
                "AWS Entity Resolution maps the ids of one namespace to those of another by the matching keys of its schema mappings.",
                new Grid(
                        List.of("id namespace", "type", "method", "source", "schema mapping"),
                        namespaces,
                        state.idNamespaces().isKnown()
                                ? "The account has no id namespace."
                                : "The id namespaces could not be read."),
                new Grid(
                        List.of("schema mapping", "field", "type", "matching key", "group"),
                        fields,
                        state.schemaMappings().isKnown()
                                ? "The account has no schema mapping."
                                : "The schema mappings could not be read."),
                new Grid(
                        List.of("namespace in the collaboration", "ARN", "policies managed", "a column of results"),
                        associations,
                        state.idNamespaceAssociations().isKnown()
                                ? "No id namespace is in the collaboration."
                                : "The id namespace associations could not be read."),
                new Grid(
                        List.of("id mapping table", "ready", "filled by", "maps"),
                        mappingTables,
                        state.idMappingTables().isKnown()
                                ? "The membership has no id mapping table."
                                : "The id mapping tables could not be read."));
    }

    private static List<Cell> namespace(IdNamespace namespace, String source, String schema) {
        return List.of(
                Cell.of(namespace.name()),
                Cell.of(namespace.type()),
                Cell.of(String.join(", ", namespace.methods())),
                Cell.of(source),
                Cell.of(schema));
    }

    private static List<Cell> field(SchemaMapping mapping, SchemaMapping.Field field) {
        return List.of(
                Cell.of(mapping.name()),
                Cell.of(field.name()),
                Cell.of(field.isUniqueId() ? "UNIQUE_ID (names the row)" : field.type()),
                Cell.of(field.matchKey()),
                Cell.of(field.groupName()));
    }

    private List<Cell> mappingTable(IdMappingTableReport reported) {
        IdMappingTable table = reported.table();
        Map<String, String> names = state.idNamespaceAssociations().orElse(List.of()).stream()
                .collect(Collectors.toMap(IdNamespaceAssociation::id, IdNamespaceAssociation::name));
        return List.of(
                Cell.of(table.name()),
                Cells.verdict(reported.isReady()
                        .map(ready -> ready ? Verdict.READY : Verdict.NOT_READY)
                        .orElse(Verdict.UNKNOWN)),
                Cell.of(table.inputReferenceArn()),
                Cell.of(Cells.lines(table.inputSources(), source -> "%s %s"
                        .formatted(
                                source.type().toLowerCase(Locale.ROOT),
                                names.getOrDefault(
                                        source.idNamespaceAssociationId(), source.idNamespaceAssociationId())))));
    }
}
