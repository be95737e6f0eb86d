package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The limits that a collaboration of many tables comes near to. */
final class Quotas {
    private static final String CLEAN_ROOMS = "AWS Clean Rooms user guide, \"Quotas\"";
    private static final String FIELDS = "fields of a schema mapping";
    private static final String COLUMNS = "allowed columns of a table";
    static final long COLUMNS_PER_TABLE = 100;
    static final long TABLES_PER_QUERY = 15;
    private static final long CONFIGURED_TABLES = 250;
    /** Not among the published quotas. */
    private static final long ASSOCIATIONS = 25;

    private static final long ID_NAMESPACE_ASSOCIATIONS = 10;
    private static final long ID_MAPPING_TABLES = 5;
    private static final long SCHEMA_MAPPING_FIELDS = 35;

    private Quotas() {}

    /** What counts against a limit. */
    private record Use(String what, Answer<? extends Collection<?>> all, long limit, String source) {}

    private static List<Use> uses(CollaborationState state) {
        return List.of(
                new Use("configured tables", state.configured(), CONFIGURED_TABLES, CLEAN_ROOMS),
                new Use(
                        "associations of the membership",
                        state.associations(),
                        ASSOCIATIONS,
                        "met in production; AWS does not publish it"),
                new Use(
                        "id namespace associations of the membership",
                        state.idNamespaceAssociations(),
                        ID_NAMESPACE_ASSOCIATIONS,
                        CLEAN_ROOMS),
                new Use(
                        "id mapping tables of the membership",
                        state.idMappingTables(),
                        ID_MAPPING_TABLES,
                        CLEAN_ROOMS));
    }

    /** One for each of which the use is known. */
    static List<Quota> of(CollaborationState state) {
        List<Quota> quotas = new ArrayList<>();
        uses(state).forEach(use -> use.all()
                .value()
                .ifPresent(all -> quotas.add(new Quota(use.what(), "", all.size(), use.limit(), true, use.source()))));
        state.schemaMappings().orElse(List.of()).stream()
                .filter(SchemaMapping::isRead)
                .forEach(mapping -> quotas.add(new Quota(
                        FIELDS,
                        mapping.name(),
                        mapping.fields().size(),
                        SCHEMA_MAPPING_FIELDS,
                        false,
                        "AWS Entity Resolution API reference, CreateSchemaMapping")));
        return quotas;
    }

    /** What is limited and could not be counted. */
    static List<String> unread(CollaborationState state) {
        List<String> unread = uses(state).stream()
                .filter(use -> !use.all().isKnown())
                .map(Use::what)
                .collect(Collectors.toCollection(ArrayList::new));
        if (!state.schemaMappings()
                .map(all -> all.stream().allMatch(SchemaMapping::isRead))
                .orElse(false)) {
            unread.add(FIELDS);
        }
        if (!state.tables().stream().allMatch(table -> table.configured()
                .map(found -> found.stream().allMatch(ConfiguredTable::isRead))
                .orElse(false))) {
            unread.add(COLUMNS);
        }
        return unread;
    }

    /** The columns of a configured table. */
    static Quota columns(ConfiguredTable table) {
        return new Quota(COLUMNS, table.name(), table.allowedColumns().size(), COLUMNS_PER_TABLE, true, CLEAN_ROOMS);
    }

    /** A query names some of the tables, never all of many: this is for who plans queries, and cannot be exceeded here. */
    static String tablesPerQuery(List<Association> associations) {
        return "a query may name at most %d tables; the membership has %d in the collaboration (%s)"
                .formatted(TABLES_PER_QUERY, associations.size(), CLEAN_ROOMS);
    }
}
