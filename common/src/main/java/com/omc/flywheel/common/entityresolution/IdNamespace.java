package com.omc.flywheel.common.entityresolution;

import java.util.List;

/**
 * Ids of one kind, and where they come from.
 *
 * @param type SOURCE or TARGET
 * @param roleArn the role that reads the sources; empty when none is named
 * @param sources the tables that hold the ids; empty for a TARGET without any
 * @param methods how ids may be mapped to those of another namespace: RULE_BASED or PROVIDER
 */
public record IdNamespace(
        String name,
        String arn,
        String type,
        String description,
        String roleArn,
        List<Source> sources,
        List<String> methods) {
    public IdNamespace {
        sources = List.copyOf(sources);
        methods = List.copyOf(methods);
    }

    /** One of which nothing is known but its name. */
    public static IdNamespace unread(String name) {
        return new IdNamespace(name, "", "", "", "", List.of(), List.of());
    }

    /** False when nothing is known but its name: every id namespace has a type. */
    public boolean isRead() {
        return !type.isEmpty();
    }

    /**
     * A table with ids.
     *
     * @param arn the table's in the Glue catalog, or a workflow's
     * @param schemaName the schema mapping that reads it; empty when none is named
     */
    public record Source(String arn, String schemaName) {}
}
