package com.omc.flywheel.common.cleanrooms;

import java.util.List;

/**
 * What may be asked of a configured table.
 *
 * @param type CUSTOM, LIST or AGGREGATION; the lists are of a CUSTOM rule and empty for the others
 * @param allowedAnalyses the templates that may be run, or {@code ANY_QUERY}
 * @param allowedProviders the accounts whose queries may be run
 */
public record AnalysisRule(String type, List<String> allowedAnalyses, List<String> allowedProviders) {
    /** The type that names who may ask. */
    public static final String CUSTOM = "CUSTOM";

    private static final String ANY = "ANY_";

    public AnalysisRule {
        allowedAnalyses = List.copyOf(allowedAnalyses);
        allowedProviders = List.copyOf(allowedProviders);
    }

    /**
     * Whether nobody can ask while no account is named: a template that is allowed needs no account beside it (AWS Clean
     * Rooms API reference, AnalysisRuleCustom).
     */
    public boolean needsProviders() {
        return allowedAnalyses.stream().anyMatch(analysis -> analysis.startsWith(ANY));
    }
}
