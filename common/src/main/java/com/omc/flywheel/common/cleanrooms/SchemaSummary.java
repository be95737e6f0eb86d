package com.omc.flywheel.common.cleanrooms;

/**
 * A table as queries of a collaboration name it.
 *
 * @param type TABLE or ID_MAPPING_TABLE
 * @param creatorAccountId whose it is
 */
public record SchemaSummary(String name, String type, String creatorAccountId) {}
