package com.omc.flywheel.common.cleanrooms;

import java.util.List;

/**
 * What a collaboration says of one of its tables.
 *
 * @param columns those that queries can name, partition keys among them
 * @param statuses one for each way of asking that it has looked at
 */
public record Schema(String name, String type, String creatorAccountId, List<Column> columns, List<Status> statuses) {
    public Schema {
        columns = List.copyOf(columns);
        statuses = List.copyOf(statuses);
    }

    /**
     * A column.
     *
     * @param type as the collaboration knows it
     */
    public record Column(String name, String type) {}

    /**
     * Whether the table can be asked in one way.
     *
     * @param analysisType DIRECT_ANALYSIS, or ADDITIONAL_ANALYSIS for what is made of the result of a query
     * @param ruleType the type of the rule that was looked at; empty when none is named
     * @param status READY or NOT_READY
     * @param reasons why it is not ready
     */
    public record Status(String analysisType, String ruleType, String status, List<Reason> reasons) {
        private static final String READY = "READY";

        public Status {
            reasons = List.copyOf(reasons);
        }

        public boolean isReady() {
            return status.equals(READY);
        }
    }

    /**
     * Why a table is not ready.
     *
     * @param code as "SchemaStatusReason" of the AWS Clean Rooms API reference lists them, or a later one
     * @param message the service's own words
     */
    public record Reason(String code, String message) {}
}
