package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandOptionsTest {
    private static final CommandOption SNAPSHOT_DT = new CommandOption("--snapshot-dt", "DATE", "the snapshot");

    private static CommandOptions given(String... words) {
        return CommandOptions.read(List.of(SNAPSHOT_DT), List.of(words));
    }

    @Test
    void readsASnapshot() {
        assertThat(given("--snapshot-dt", "2025-11-01").snapshot(SNAPSHOT_DT))
                .contains(SnapshotDate.parse("2025-11-01"));
        assertThat(given().snapshot(SNAPSHOT_DT)).isEmpty();
    }

    /** The command in a notification has it when the execution was started for the newest. */
    @Test
    void takesNoneForNoSnapshot() {
        assertThat(given("--snapshot-dt", "_NONE_").snapshot(SNAPSHOT_DT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025/11/01", "../2025-11-01", "2025-02-30", ""})
    void refusesWhatIsNoDate(String text) {
        CommandOptions options = given("--snapshot-dt", text);

        assertThatThrownBy(() -> options.snapshot(SNAPSHOT_DT))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.BAD_ARGUMENT))
                .hasMessageStartingWith("BAD_ARGUMENT: --snapshot-dt: expected ");
    }
}
