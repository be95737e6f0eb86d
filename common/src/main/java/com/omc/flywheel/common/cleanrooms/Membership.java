package com.omc.flywheel.common.cleanrooms;

import java.util.List;
import java.util.Optional;

/**
 * A membership with what its member may do.
 *
 * @param abilities for example {@code CAN_RECEIVE_RESULTS}
 * @param delivery where results of queries go when a query does not say; empty when nothing is configured
 */
public record Membership(
        String id,
        String collaborationId,
        String collaborationName,
        String status,
        List<String> abilities,
        Optional<ResultDelivery> delivery) {
    private static final String RECEIVES_RESULTS = "CAN_RECEIVE_RESULTS";

    public Membership {
        abilities = List.copyOf(abilities);
    }

    public boolean isActive() {
        return MembershipSummary.isActive(status);
    }

    public boolean canReceiveResults() {
        return abilities.contains(RECEIVES_RESULTS);
    }

    /**
     * Where results go.
     *
     * @param bucket the bucket
     * @param keyPrefix what keys begin with; empty when it is the bucket's root
     * @param format for example {@code PARQUET}
     * @param roleArn the role that writes them; empty when none is named
     */
    public record ResultDelivery(String bucket, String keyPrefix, String format, String roleArn) {}
}
