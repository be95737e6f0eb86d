package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import java.util.Set;

/**
 * What a report is on.
 *
 * @param membershipId the membership
 * @param database where the tables are described
 * @param prefix what their names begin with
 * @param associationPrefix what goes before a table's name to make the name of its association
 * @param excluded tables that are to be left out
 */
public record CollaborationScope(
        String membershipId, CatalogName database, TablePrefix prefix, String associationPrefix, Set<String> excluded) {
    public CollaborationScope {
        excluded = Set.copyOf(excluded);
    }

    /** What the association of a table is to be called. */
    public String associationOf(String table) {
        return associationPrefix + table;
    }
}
