package com.omc.flywheel.common.cleanrooms;

import java.util.List;
import java.util.Set;

/**
 * An account in a collaboration.
 *
 * @param accountId twelve digits
 * @param status ACTIVE, INVITED, LEFT or REMOVED
 */
public record Member(String accountId, String displayName, String status, List<String> abilities) {
    private static final Set<String> GONE = Set.of("LEFT", "REMOVED");

    public Member {
        abilities = List.copyOf(abilities);
    }

    /** True for one that is in the list, since it was in the collaboration, and is not any more. */
    public boolean hasLeft() {
        return GONE.contains(status);
    }
}
