package com.omc.flywheel.common.collaboration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.IdNamespaceAssociation;
import com.omc.flywheel.common.cleanrooms.Member;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.cleanrooms.SchemaSummary;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the services say of a collaboration in which nothing is, until a test puts something there. */
final class KnownCollaboration {
    static final Member ASKER = new Member(KnownTable.ASKER, "asker", "ACTIVE", List.of());
    static final Member RECEIVER = new Member(KnownTable.RECEIVER, "receiver", "ACTIVE", List.of());
    private static final Instant AT = Instant.parse("2025-12-01T00:00:00Z");

    private Answer<Membership> membership = Answer.known(
            new Membership("m-1", "collaboration-1", "measurement", "ACTIVE", List.of(), Optional.empty()));
    private Answer<List<Member>> members = Answer.known(List.of(ASKER, RECEIVER));
    private Answer<List<StoredTable>> glue = Answer.known(List.of());
    private Answer<List<ConfiguredTable>> configured = Answer.known(List.of());
    private Answer<List<Association>> associations = Answer.known(List.of());
    private Answer<List<IdNamespaceAssociation>> idNamespaceAssociations = Answer.known(List.of());
    private Answer<List<IdMappingTable>> idMappingTables = Answer.known(List.of());
    private Answer<List<String>> privacyBudgetTemplates = Answer.known(List.of());
    private Answer<List<IdNamespace>> idNamespaces = Answer.known(List.of());
    private Answer<List<SchemaMapping>> schemaMappings = Answer.known(List.of());
    private Answer<Optional<EarlierReport>> earlier = Answer.known(Optional.empty());
    private Answer<List<SchemaSummary>> schemas = Answer.known(List.of());
    private List<TableState> tables = List.of();
    private List<Unread> unread = List.of();

    KnownCollaboration membership(Answer<Membership> value) {
        membership = value;
        return this;
    }

    KnownCollaboration members(Answer<List<Member>> value) {
        members = value;
        return this;
    }

    KnownCollaboration glue(Answer<List<StoredTable>> value) {
        glue = value;
        return this;
    }

    KnownCollaboration configured(Answer<List<ConfiguredTable>> value) {
        configured = value;
        return this;
    }

    KnownCollaboration associations(Answer<List<Association>> value) {
        associations = value;
        return this;
    }

    KnownCollaboration idNamespaceAssociations(Answer<List<IdNamespaceAssociation>> value) {
        idNamespaceAssociations = value;
        return this;
    }

    KnownCollaboration idMappingTables(Answer<List<IdMappingTable>> value) {
        idMappingTables = value;
        return this;
    }

    KnownCollaboration privacyBudgetTemplates(Answer<List<String>> value) {
        privacyBudgetTemplates = value;
        return this;
    }

    KnownCollaboration idNamespaces(Answer<List<IdNamespace>> value) {
        idNamespaces = value;
        return this;
    }

    KnownCollaboration schemaMappings(Answer<List<SchemaMapping>> value) {
        schemaMappings = value;
        return this;
    }

    KnownCollaboration earlier(Answer<Optional<EarlierReport>> value) {
        earlier = value;
        return this;
    }

    KnownCollaboration schemas(Answer<List<SchemaSummary>> value) {
        schemas = value;
        return this;
    }

    KnownCollaboration unread(Unread... values) {
        unread = List.of(values);
        return this;
    }

    KnownCollaboration tables(KnownTable... values) {
        tables = Arrays.stream(values).map(KnownTable::state).toList();
        return this;
    }

    CollaborationState state() {
        return new CollaborationState(
                membership,
                members,
                schemas,
                Answer.known(List.of()),
                glue,
                configured,
                associations,
                idNamespaceAssociations,
                idMappingTables,
                privacyBudgetTemplates,
                idNamespaces,
                schemaMappings,
                earlier,
                tables,
                unread);
    }

    CollaborationReport report() {
        return CollaborationReport.of(AT, KnownTable.SCOPE, state());
    }

    ObjectNode json() {
        return new CollaborationJson(report()).render(List.of());
    }
}
