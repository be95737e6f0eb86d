package com.omc.flywheel.common.cleanrooms;

import java.util.List;

/**
 * A configured table: a reference to a table with what may be asked of it.
 *
 * @param ruleTypes the types of the analysis rules that it has
 */
public record ConfiguredTableSummary(String id, String name, List<String> ruleTypes) {
    public ConfiguredTableSummary {
        ruleTypes = List.copyOf(ruleTypes);
    }
}
