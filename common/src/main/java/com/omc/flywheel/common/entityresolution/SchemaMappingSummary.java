package com.omc.flywheel.common.entityresolution;

/**
 * That there is a schema mapping.
 *
 * @param hasWorkflows whether any workflow uses it
 */
public record SchemaMappingSummary(String name, boolean hasWorkflows) {}
