package com.omc.flywheel.common.cleanrooms;

/**
 * An id namespace of AWS Entity Resolution in a collaboration.
 *
 * @param namespaceArn the id namespace
 * @param manageResourcePolicies whether Clean Rooms keeps the policy of the namespace
 * @param allowUseAsDimensionColumn whether ids may be a column of results
 */
public record IdNamespaceAssociation(
        String id,
        String name,
        String arn,
        String description,
        String namespaceArn,
        boolean manageResourcePolicies,
        boolean allowUseAsDimensionColumn) {}
