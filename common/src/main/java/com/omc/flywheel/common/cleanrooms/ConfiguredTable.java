package com.omc.flywheel.common.cleanrooms;

import java.util.List;
import java.util.Optional;

/**
 * A configured table with its columns.
 *
 * @param glueTable the table that it refers to; empty when that is not one of the Glue catalog
 * @param allowedColumns the columns that rules may let through
 * @param analysisMethod DIRECT_QUERY, DIRECT_JOB or MULTIPLE
 * @param ruleTypes the types of the analysis rules that it has
 */
public record ConfiguredTable(
        String id,
        String name,
        Optional<GlueTable> glueTable,
        List<String> allowedColumns,
        String analysisMethod,
        List<String> ruleTypes) {
    /** In place of the method of a table that could not be read. */
    private static final String UNKNOWN = "";

    public ConfiguredTable {
        allowedColumns = List.copyOf(allowedColumns);
        ruleTypes = List.copyOf(ruleTypes);
    }

    /** One of which nothing is known but what a list says. */
    public static ConfiguredTable unread(ConfiguredTableSummary summary) {
        return new ConfiguredTable(
                summary.id(), summary.name(), Optional.empty(), List.of(), UNKNOWN, summary.ruleTypes());
    }

    /** False when nothing is known but what a list says. */
    public boolean isRead() {
        return !analysisMethod.equals(UNKNOWN);
    }

    /** A table of the Glue catalog. */
    public record GlueTable(String database, String table) {}
}
