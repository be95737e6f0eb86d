package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.IdNamespaceAssociation;
import com.omc.flywheel.common.cleanrooms.Member;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.cleanrooms.Schema;
import com.omc.flywheel.common.cleanrooms.SchemaSummary;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the services said.
 *
 * @param membership the one that the report is on
 * @param members the accounts of the collaboration
 * @param schemas the tables of all members
 * @param statuses how ready each of these is
 * @param glue the tables of the catalog with the prefix of the scope, those that are left out too
 * @param configured the configured tables of the account
 * @param associations the associations of the membership
 * @param idNamespaceAssociations the id namespaces of the membership
 * @param idMappingTables the id mapping tables of the membership
 * @param privacyBudgetTemplates the ids of the membership's
 * @param idNamespaces the id namespaces of the account
 * @param schemaMappings the schema mappings of the account
 * @param earlier the report that this one is compared with, if there is one
 * @param tables the tables of the scope: those in the collaboration first, then by name
 * @param unread what could not be read, in the order of asking
 */
public record CollaborationState(
        Answer<Membership> membership,
        Answer<List<Member>> members,
        Answer<List<SchemaSummary>> schemas,
        Answer<List<Schema>> statuses,
        Answer<List<StoredTable>> glue,
        Answer<List<ConfiguredTable>> configured,
        Answer<List<Association>> associations,
        Answer<List<IdNamespaceAssociation>> idNamespaceAssociations,
        Answer<List<IdMappingTable>> idMappingTables,
        Answer<List<String>> privacyBudgetTemplates,
        Answer<List<IdNamespace>> idNamespaces,
        Answer<List<SchemaMapping>> schemaMappings,
        Answer<Optional<EarlierReport>> earlier,
        List<TableState> tables,
        List<Unread> unread) {
    public CollaborationState {
        tables = List.copyOf(tables);
        unread = List.copyOf(unread);
    }
}
