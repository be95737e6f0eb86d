package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.AssociationRule;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.Schema;
import com.omc.flywheel.common.cleanrooms.SchemaRule;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one table.
 *
 * @param name the table's in the catalog, or what its configured table is called
 * @param glue the table in the catalog, if it is there
 * @param configured the configured table, if there is one
 * @param otherConfigured further configured tables of this name or of this table: nobody needs them
 * @param rule the analysis rule of the configured table, if it has one
 * @param association the configured table in the collaboration, if it is there
 * @param otherAssociations further associations of the same table
 * @param associationRule the collaboration's rule on the association, if it has one
 * @param schema what the collaboration says of the table, if it knows it
 * @param schemaRule the rule that the collaboration goes by, if it has one
 */
public record TableState(
        String name,
        Answer<Optional<StoredTable>> glue,
        Answer<Optional<ConfiguredTable>> configured,
        List<ConfiguredTable> otherConfigured,
        Answer<Optional<AnalysisRule>> rule,
        Answer<Optional<Association>> association,
        List<Association> otherAssociations,
        Answer<Optional<AssociationRule>> associationRule,
        Answer<Optional<Schema>> schema,
        Answer<Optional<SchemaRule>> schemaRule) {
    public TableState {
        otherConfigured = List.copyOf(otherConfigured);
        otherAssociations = List.copyOf(otherAssociations);
    }

    public boolean isAssociated() {
        return association.orElse(Optional.empty()).isPresent();
    }
}
