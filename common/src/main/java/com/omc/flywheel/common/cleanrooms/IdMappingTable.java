package com.omc.flywheel.common.cleanrooms;

import java.util.List;

/**
 * A table that maps the ids of one namespace to those of another.
 *
 * @param inputReferenceArn the id mapping workflow that fills it
 * @param inputSources the namespaces
 */
public record IdMappingTable(
        String id,
        String name,
        String arn,
        String description,
        String inputReferenceArn,
        List<InputSource> inputSources) {
    public IdMappingTable {
        inputSources = List.copyOf(inputSources);
    }

    /**
     * A namespace that is mapped.
     *
     * @param type SOURCE or TARGET
     */
    public record InputSource(String idNamespaceAssociationId, String type) {}
}
