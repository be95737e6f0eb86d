package com.omc.flywheel.common.cleanrooms;

/**
 * A membership of the account in a collaboration.
 *
 * @param status ACTIVE, or how it ended
 */
public record MembershipSummary(String id, String collaborationId, String collaborationName, String status) {
    private static final String ACTIVE = "ACTIVE";

    public boolean isActive() {
        return isActive(status);
    }

    static boolean isActive(String status) {
        return status.equals(ACTIVE);
    }
}
