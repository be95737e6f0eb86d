package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.cleanrooms.MembershipSummary;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.List;

/** Finds the membership that is meant when none is named. */
public final class MembershipChoice {
    private MembershipChoice() {}

    /**
     * The id of the only active membership of the account.
     *
     * @throws JobFailure MISSING_INPUT when there is none; BAD_ARGUMENT when there are several, listing them; and
     *     whatever the service fails with
     */
    public static String onlyActive(CleanRooms cleanRooms) {
        List<MembershipSummary> all = cleanRooms.memberships();
        List<MembershipSummary> active =
                all.stream().filter(MembershipSummary::isActive).toList();
        if (active.isEmpty()) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "the account has no active membership of Clean Rooms in this region (%d ended ones); check the account and --AWS_REGION, or join a collaboration"
                            .formatted(all.size()));
        }
        if (active.size() > 1) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_ARGUMENT,
                    "--MEMBERSHIP_ID is needed, since the account has %d active memberships:".formatted(active.size()),
                    active.stream()
                            .map(one -> "%s, of the collaboration %s".formatted(one.id(), one.collaborationName()))
                            .toList());
        }
        return active.get(0).id();
    }
}
