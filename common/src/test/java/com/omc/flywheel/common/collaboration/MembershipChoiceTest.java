package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.cleanrooms.MembershipSummary;
import com.omc.flywheel.common.failure.FailureKind;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipChoiceTest {
    private static final MembershipSummary ENDED = new MembershipSummary("m-0", "c-0", "of last year", "REMOVED");
    private static final MembershipSummary ACTIVE = new MembershipSummary("m-1", "c-1", "measurement", "ACTIVE");
    private static final MembershipSummary OTHER = new MembershipSummary("m-2", "c-2", "trial", "ACTIVE");

    @Test
    void isTheOnlyActiveOne() {
        assertThat(MembershipChoice.onlyActive(with(ENDED, ACTIVE))).isEqualTo("m-1");
    }

    @Test
    void isNoneWhenAllHaveEnded() {
        assertFails(FailureKind.MISSING_INPUT, () -> MembershipChoice.onlyActive(with(ENDED)))
                .hasMessage(
                        "MISSING_INPUT: the account has no active membership of Clean Rooms in this region (1 ended ones); check the account and --AWS_REGION, or join a collaboration");
        assertFails(FailureKind.MISSING_INPUT, () -> MembershipChoice.onlyActive(with()))
                .hasMessageContaining("(0 ended ones)");
    }

    @Test
    void isNeverGuessedAmongSeveral() {
        assertFails(FailureKind.BAD_ARGUMENT, () -> MembershipChoice.onlyActive(with(OTHER, ENDED, ACTIVE)))
                .hasMessage(
                        "BAD_ARGUMENT: --MEMBERSHIP_ID is needed, since the account has 2 active memberships:\n  - m-2, of the collaboration trial\n  - m-1, of the collaboration measurement");
    }

    private static CleanRooms with(MembershipSummary... memberships) {
        return (CleanRooms) Proxy.newProxyInstance(
                MembershipChoiceTest.class.getClassLoader(),
                new Class<?>[] {CleanRooms.class},
                (proxy, method, values) -> {
                    assertThat(method.getName()).isEqualTo("memberships");
                    return List.of(memberships);
                });
    }
}
