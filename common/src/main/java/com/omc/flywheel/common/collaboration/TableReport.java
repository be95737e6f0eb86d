package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import java.util.Optional;

/**
 * What a report says of one table.
 *
 * @param state what the services said
 * @param readiness whether members can ask it
 * @param drift how its columns differ from the allowed ones; empty when that cannot be told
 * @param columns how many of the allowed columns are used; empty when it is not configured or could not be read
 */
public record TableReport(TableState state, Readiness readiness, Optional<ColumnDrift> drift, Optional<Quota> columns) {

    static TableReport of(TableState state, CollaborationScope scope) {
        return new TableReport(
                state,
                Readiness.of(state, scope),
                ColumnDrift.of(state),
                state.configured()
                        .orElse(Optional.empty())
                        .filter(ConfiguredTable::isRead)
                        .map(Quotas::columns));
    }

    public String name() {
        return state.name();
    }
}
