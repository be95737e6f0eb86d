package com.omc.flywheel.common.cleanrooms;

import java.util.List;

/**
 * What a collaboration may do with the results of queries to a table.
 *
 * @param type CUSTOM, LIST or AGGREGATION
 * @param allowedResultReceivers the accounts that may receive results
 * @param allowedAdditionalAnalyses what may be made of results
 */
public record AssociationRule(
        String type, List<String> allowedResultReceivers, List<String> allowedAdditionalAnalyses) {
    public AssociationRule {
        allowedResultReceivers = List.copyOf(allowedResultReceivers);
        allowedAdditionalAnalyses = List.copyOf(allowedAdditionalAnalyses);
    }
}
