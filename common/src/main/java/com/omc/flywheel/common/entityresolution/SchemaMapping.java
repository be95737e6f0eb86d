package com.omc.flywheel.common.entityresolution;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the columns of a table mean to Entity Resolution.
 *
 * @param hasWorkflows whether any workflow uses it
 * @param fields the columns that are read
 */
public record SchemaMapping(
        String name,
        String arn,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        boolean hasWorkflows,
        List<Field> fields) {
    public SchemaMapping {
        fields = List.copyOf(fields);
    }

    /** One of which nothing is known but what a list says. */
    public static SchemaMapping unread(SchemaMappingSummary summary) {
        return new SchemaMapping(
                summary.name(), "", Optional.empty(), Optional.empty(), summary.hasWorkflows(), List.of());
    }

    /** False when nothing is known but what a list says: AWS Entity Resolution has no mapping of less than two fields. */
    public boolean isRead() {
        return !fields.isEmpty();
    }

    /** The column that names a row; empty when none is marked so. */
    public Optional<String> uniqueId() {
        return fields.stream().filter(Field::isUniqueId).map(Field::name).findFirst();
    }

    /**
     * A column.
     *
     * @param type what its values are, for example UNIQUE_ID or EMAIL_ADDRESS
     * @param matchKey the name under which it is compared; empty when it is not
     * @param groupName the columns that make one value with it; empty when it stands alone
     */
    public record Field(String name, String type, String matchKey, String groupName) {
        private static final String UNIQUE_ID = "UNIQUE_ID";

        public boolean isUniqueId() {
            return type.equals(UNIQUE_ID);
        }
    }
}
