package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.absent;
import static com.omc.flywheel.common.collaboration.KnownTable.found;
import static com.omc.flywheel.common.collaboration.KnownTable.unread;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.omc.flywheel.common.cleanrooms.SchemaRule;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import com.omc.flywheel.common.entityresolution.SchemaMappingSummary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollaborationJsonTest {
    private static final JsonNode UNREAD = new KnownCollaboration()
            .membership(unread())
            .members(unread())
            .glue(unread())
            .configured(unread())
            .associations(unread())
            .idNamespaceAssociations(unread())
            .idMappingTables(unread())
            .idNamespaces(unread())
            .schemaMappings(unread())
            .tables(new KnownTable()
                    .glue(unread())
                    .configured(unread())
                    .rule(unread())
                    .association(unread())
                    .associationRule(unread())
                    .schema(unread())
                    .schemaRule(unread()))
            .json();
    private static final JsonNode EMPTY = new KnownCollaboration()
            .members(Answer.known(List.of()))
            .tables(new KnownTable()
                    .glue(absent())
                    .configured(absent())
                    .rule(absent())
                    .association(absent())
                    .associationRule(absent()))
            .json();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/members",
                "/identity_resolution/id_namespace_associations",
                "/identity_resolution/id_mapping_tables",
                "/identity_resolution/entity_resolution_namespaces",
                "/identity_resolution/schema_mappings",
                "/tables/0/analysis_rule/allowed_analysis_providers",
                "/tables/0/analysis_rule/allowed_analyses",
                "/tables/0/collaboration_analysis_rule/allowed_result_receivers",
            })
    void tellsAListThatIsUnreadFromAnEmptyOne(String path) {
        assertThat(UNREAD.at(path).isNull()).isTrue();
        assertThat(EMPTY.at(path).isArray()).isTrue();
        assertThat(EMPTY.at(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "glue_tables_count",
                "configured_tables_count",
                "associations_count",
                "id_namespace_associations_count",
                "id_mapping_tables_count",
                "entity_resolution_namespaces_count",
            })
    void countsNothingThatIsUnread(String name) {
        assertThat(UNREAD.path("summary").path(name).isNull()).isTrue();
        assertThat(EMPTY.path("summary").path(name).isInt()).isTrue();
        assertThat(EMPTY.path("summary").path(name).intValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tables/0/glue_table/exists",
                "/tables/0/configured_table/exists",
                "/tables/0/analysis_rule/exists",
                "/tables/0/association/exists",
                "/tables/0/collaboration_analysis_rule/exists",
                "/tables/0/status/in_collaboration",
                "/tables/0/status/ready_for_analysis",
            })
    void tellsWhatIsUnreadFromWhatIsNotThere(String path) {
        assertThat(UNREAD.at(path).isNull()).isTrue();
        assertThat(EMPTY.at(path).isBoolean()).isTrue();
        assertThat(EMPTY.at(path).booleanValue()).isFalse();
    }

    @Test
    void hasTheReasonBesideWhatIsUnread() {
        assertThat(UNREAD.at("/tables/0/analysis_rule/not_read").asText()).isEqualTo("ACCESS_DENIED: refused");
        assertThat(EMPTY.at("/tables/0/analysis_rule").has("not_read")).isFalse();
    }

    @Test
    void hasByItsNameWhatIsKnownFromAListAlone() {
        JsonNode identities = new KnownCollaboration()
                .idNamespaces(Answer.known(List.of(IdNamespace.unread("ids"))))
                .schemaMappings(Answer.known(List.of(SchemaMapping.unread(new SchemaMappingSummary("IDS", true)))))
                .json()
                .path("identity_resolution");

        JsonNode namespace = identities.at("/entity_resolution_namespaces/0");
        assertThat(namespace.path("name").asText()).isEqualTo("ids");
        assertThat(namespace.path("input_sources").isNull()).isTrue();
        JsonNode mapping = identities.at("/schema_mappings/0");
        assertThat(mapping.path("has_workflows").asBoolean()).isTrue();
        assertThat(mapping.path("mappedInputFields").isNull()).isTrue();
    }

    @Test
    void countsTheTablesOfTheCatalogThatAreInTheReport() {
        assertThat(new KnownCollaboration()
                        .tables(
                                new KnownTable(),
                                new KnownTable().name("part_b").glue(absent()))
                        .json()
                        .at("/summary/glue_tables_count")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void hasTheReceiversOfTheAssociationWhereTheCollaborationNamesNone() {
        JsonNode tables = new KnownCollaboration()
                .tables(
                        new KnownTable().schemaRule(found(new SchemaRule(List.of("123456789012")))),
                        new KnownTable().name("part_b").schemaRule(found(new SchemaRule(List.of()))),
                        new KnownTable().name("part_c").schemaRule(unread()))
                .json()
                .path("tables");

        assertThat(tables)
                .extracting(table -> table.at("/collaboration_analysis_rule/allowed_result_receivers/0")
                        .asText())
                .containsExactly("123456789012", KnownTable.RECEIVER, "");
        assertThat(tables.path(2).at("/collaboration_analysis_rule/allowed_result_receivers"))
                .isEqualTo(NullNode.instance);
    }
}
