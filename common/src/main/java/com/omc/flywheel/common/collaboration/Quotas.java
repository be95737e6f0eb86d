package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import java.util.ArrayList;
import java.util.List;

/** The limits that a collaboration of many tables comes near to. */
final class Quotas {
    private static final String CLEAN_ROOMS = "AWS Clean Rooms user guide, \"Quotas\"";
    static final long COLUMNS_PER_TABLE = 100;
    private static final long TABLES_PER_QUERY = 15;
    private static final long CONFIGURED_TABLES = 250;
    /** Not among the published quotas. */
    private static final long ASSOCIATIONS = 25;

    private static final long ID_NAMESPACE_ASSOCIATIONS = 10;
    private static final long ID_MAPPING_TABLES = 5;
    private static final long SCHEMA_MAPPING_FIELDS = 35;

    private Quotas() {}

    /** One for each of which the use is known. */
    static List<Quota> of(CollaborationState state) {
        List<Quota> quotas = new ArrayList<>();
        state.configured()
                .value()
                .ifPresent(all -> quotas.add(
                        new Quota("configured tables", "", all.size(), CONFIGURED_TABLES, true, CLEAN_ROOMS)));
        state.associations()
                .value()
                .ifPresent(all -> quotas.add(new Quota(
                        "associations of the membership",
                        "",
                        all.size(),
                        ASSOCIATIONS,
                        true,
                        "met in production; AWS does not publish it")));
        state.idNamespaceAssociations()
                .value()
                .ifPresent(all -> quotas.add(new Quota(
                        "id namespace associations of the membership",
                        "",
                        all.size(),
                        ID_NAMESPACE_ASSOCIATIONS,
                        true,
                        CLEAN_ROOMS)));
        state.idMappingTables()
                .value()
                .ifPresent(all -> quotas.add(new Quota(
                        "id mapping tables of the membership", "", all.size(), ID_MAPPING_TABLES, true, CLEAN_ROOMS)));
        for (SchemaMapping mapping : state.schemaMappings().orElse(List.of())) {
            quotas.add(new Quota(
                    "fields of a schema mapping",
                    mapping.name(),
                    mapping.fields().size(),
                    SCHEMA_MAPPING_FIELDS,
                    false,
                    "AWS Entity Resolution API reference, CreateSchemaMapping"));
        }
        return quotas;
    }

    /** The columns of a configured table. */
    static Quota columns(ConfiguredTable table) {
        return new Quota(
                "allowed columns of a table",
                table.name(),
                table.allowedColumns().size(),
                COLUMNS_PER_TABLE,
                true,
                CLEAN_ROOMS);
    }

    /** A query names some of the tables, never all of many: this is for who plans queries, and cannot be exceeded here. */
    static String tablesPerQuery(List<Association> associations) {
        return "a query may name at most %d tables; the membership has %d in the collaboration (%s)"
                .formatted(TABLES_PER_QUERY, associations.size(), CLEAN_ROOMS);
    }
}
