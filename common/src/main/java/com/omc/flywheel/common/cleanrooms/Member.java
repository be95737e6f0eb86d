package com.omc.flywheel.common.cleanrooms;

import java.util.List;

/**
 * An account in a collaboration.
 *
 * @param accountId twelve digits
 * @param status ACTIVE, INVITED, or how it ended
 */
public record Member(String accountId, String displayName, String status, List<String> abilities) {
    public Member {
        abilities = List.copyOf(abilities);
    }
}
