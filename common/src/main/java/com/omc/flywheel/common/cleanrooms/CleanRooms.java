package com.omc.flywheel.common.cleanrooms;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The port to AWS Clean Rooms, for reading alone.
 *
 * <p>Lists are whole: every page is followed, and they have the order of the service. Every method throws
 * {@link com.omc.flywheel.common.failure.JobFailure}: MISSING_INPUT for what is not there, ACCESS_DENIED with the action
 * that was refused, SERVICE when the service does not answer, or goes on to refuse what comes too fast, until the retries
 * are used up.
 */
public interface CleanRooms {
    /** Every membership of the account, ended ones too. */
    List<MembershipSummary> memberships();

    Membership membership(String membershipId);

    List<Member> members(String collaborationId);

    /** The tables of all members that queries of the collaboration can name. */
    List<SchemaSummary> schemas(String collaborationId);

    /** What the collaboration says of these tables; one that it does not know is left out. */
    List<Schema> schemas(String collaborationId, Collection<String> names);

    /** The rule of type CUSTOM that holds for a table in the collaboration; empty when it has none. */
    Optional<SchemaRule> schemaRule(String collaborationId, SchemaSummary schema);

    /** Every configured table of the account, whichever membership it is for. */
    List<ConfiguredTableSummary> configuredTables();

    ConfiguredTable configuredTable(String configuredTableId);

    /** The rule of a type that a configured table has; empty when it has none of that type. */
    Optional<AnalysisRule> analysisRule(String configuredTableId, String ruleType);

    List<Association> associations(String membershipId);

    /** The collaboration's rule of a type on an association; empty when it has none of that type. */
    Optional<AssociationRule> associationRule(String membershipId, String associationId, String ruleType);

    List<IdNamespaceAssociation> idNamespaceAssociations(String membershipId);

    List<IdMappingTable> idMappingTables(String membershipId);

    /** The ids of a membership's privacy budget templates; while there is one, its tables cannot be taken away. */
    List<String> privacyBudgetTemplates(String membershipId);
}
