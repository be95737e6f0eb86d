package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceFailureTest {
    @Test
    void saysTheFirstStepThatFailed() {
        assertThat(SequenceFailure.of(3, List.of("BAD_DATA: no"), "failed").exitCode())
                .isEqualTo(13);
        assertThat(SequenceFailure.ofNoStep("failed").exitCode()).isEqualTo(1);
    }

    @Test
    void invitesToComeBackOnlyWhenAllThatFailedWasBusy() {
        assertThat(SequenceFailure.of(2, List.of("BUSY: held", "BUSY: held"), "failed")
                        .exitCode())
                .isEqualTo(75);
        assertThat(SequenceFailure.of(2, List.of("BUSY: held", "SERVICE: no answer"), "failed")
                        .exitCode())
                .isEqualTo(12);
        assertThat(SequenceFailure.of(2, List.of("the word BUSY: is no kind here"), "failed")
                        .exitCode())
                .isEqualTo(12);
    }

    @Test
    void takesFailuresWithoutACauseForNoReasonToComeBack() {
        assertThat(SequenceFailure.of(2, List.of(), "failed").exitCode()).isEqualTo(12);
    }
}
