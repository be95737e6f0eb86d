package com.omc.flywheel.common.collaboration;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.page.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {
    @ParameterizedTest
    @CsvSource({"0,GOOD,100", "89,GOOD,11", "90,WARNING,10", "100,WARNING,0", "101,BAD,0"})
    void isWorthALookFromNineTenthsOn(long used, Tone tone, long headroom) {
        Quota quota = quota(used, true);

        assertThat(quota.tone()).isEqualTo(tone);
        assertThat(quota.headroom()).isEqualTo(headroom);
        assertThat(quota.isExceeded()).isEqualTo(used > 100);
    }

    @Test
    void saysThatOneMoreIsRefusedWhenItIsFull() {
        assertThat(quota(99, true).advice()).isEmpty();
        assertThat(quota(100, true).advice()).contains("full: one more is refused");
    }

    @Test
    void tellsALimitThatAwsRaisesFromOneThatItDoesNot() {
        assertThat(quota(101, true).advice())
                .contains("above the default; works only where AWS has raised the quota of this account");
        assertThat(quota(101, false).advice()).contains("above the limit, which AWS does not raise");
    }

    private static Quota quota(long used, boolean isAdjustable) {
        return new Quota("allowed columns of a table", "part_a", used, 100, isAdjustable, "the user guide");
    }
}
