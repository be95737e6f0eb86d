package com.omc.flywheel.common.entityresolution;

import java.util.List;

/**
 * The port to AWS Entity Resolution, for reading alone.
 *
 * <p>Lists are whole: every page is followed. Every method throws {@link com.omc.flywheel.common.failure.JobFailure}:
 * MISSING_INPUT for what is not there, ACCESS_DENIED with the action that was refused, SERVICE when the service does not
 * answer, or goes on to refuse what comes too fast, until the retries are used up.
 */
public interface EntityResolution {
    /** The names of all id namespaces of the account. */
    List<String> idNamespaces();

    IdNamespace idNamespace(String name);

    /** All schema mappings of the account, without their fields. */
    List<SchemaMappingSummary> schemaMappings();

    SchemaMapping schemaMapping(String name);
}
