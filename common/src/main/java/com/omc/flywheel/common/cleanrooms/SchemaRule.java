package com.omc.flywheel.common.cleanrooms;

import java.util.List;

/**
 * The rule that a collaboration goes by for one of its tables.
 *
 * @param receivers who may receive results by the rules of the table and of its association taken together; when the
 *     service does not give that, by the association's alone
 */
public record SchemaRule(List<String> receivers) {
    public SchemaRule {
        receivers = List.copyOf(receivers);
    }
}
