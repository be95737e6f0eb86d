package com.omc.flywheel.common.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobFailureTest {
    @Test
    void beginsWithItsKindSoThatTheFirstLineTellsWhoCanMendIt() {
        JobFailure failure = new JobFailure(FailureKind.MISSING_INPUT, "there is no mapping at s3://lake/m.csv");

        assertThat(failure.kind()).isEqualTo(FailureKind.MISSING_INPUT);
        assertThat(failure)
                .hasMessage("MISSING_INPUT: there is no mapping at s3://lake/m.csv")
                .hasNoCause();
    }

    @Test
    void carriesNoStackTraceOfItsOwnAndKeepsThatOfItsCause() {
        IllegalStateException cause = new IllegalStateException("inside");

        JobFailure failure = new JobFailure(FailureKind.SERVICE, "no answer", cause);

        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(failure).hasCause(cause);
        assertThat(failure.getCause().getStackTrace()).isNotEmpty();
    }

    @Test
    void tellsEveryProblemOnALineOfItsOwn() {
        JobFailure failure =
                JobFailure.ofAll(FailureKind.BAD_DATA, "the mapping is wrong:", List.of("line 2: a", "line 9: b"));

        assertThat(failure).hasMessage("BAD_DATA: the mapping is wrong:\n  - line 2: a\n  - line 9: b");
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void isWorthRetryingOnlyWhenAServiceWasAtFaultOrAnotherRunWasInTheWay(FailureKind kind) {
        assertThat(kind.worthRetrying()).isEqualTo(kind == FailureKind.SERVICE || kind == FailureKind.BUSY);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void endsTheProcessWithACodeOfItsOwnOnlyWhenAnotherRunWasInTheWay(FailureKind kind) {
        assertThat(kind.exitCode()).isEqualTo(kind == FailureKind.BUSY ? 75 : 1);
    }

    @Test
    void keepsWhatFailedBesideIt() {
        IllegalStateException beside = new IllegalStateException("beside");
        JobFailure alone = new JobFailure(FailureKind.SERVICE, "no answer");
        JobFailure caused = new JobFailure(FailureKind.SERVICE, "no answer", new IllegalStateException("inside"));

        alone.addSuppressed(beside);
        caused.addSuppressed(beside);

        assertThat(alone).hasSuppressedException(beside);
        assertThat(caused).hasSuppressedException(beside);
    }

    @Test
    void keepsTheFailuresThatCameWithIt() {
        JobFailure failure = new JobFailure(FailureKind.SERVICE, "the commit failed");
        JobFailure other = new JobFailure(FailureKind.SERVICE, "taking it back failed too", new IOException("inside"));

        failure.addSuppressed(other);
        other.addSuppressed(failure);

        assertThat(failure).hasSuppressedException(other);
        assertThat(other).hasSuppressedException(failure);
    }
}
