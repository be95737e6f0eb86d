package com.omc.flywheel.common.cleanrooms;

import java.util.List;

/**
 * A configured table in a collaboration.
 *
 * @param name what queries call it
 * @param ruleTypes the types of the collaboration's rules that it has
 */
public record Association(String id, String name, String configuredTableId, List<String> ruleTypes) {
    public Association {
        ruleTypes = List.copyOf(ruleTypes);
    }
}
