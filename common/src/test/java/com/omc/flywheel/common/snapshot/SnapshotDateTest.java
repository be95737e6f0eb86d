package com.omc.flywheel.common.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotDateTest {
    @ParameterizedTest
    @ValueSource(strings = {"2025-11-01", "2024-02-29", "1999-12-31", "9999-12-31"})
    void isPrintedAsItWasRead(String text) {
        assertThat(SnapshotDate.parse(text)).isEqualTo(new SnapshotDate(LocalDate.parse(text)));
        assertThat(SnapshotDate.parse(text)).hasToString(text);
    }

    @Test
    void namesItsFolder() {
        assertThat(SnapshotDate.parse("2025-11-01").folderName()).isEqualTo("snapshot_dt=2025-11-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-02-29",
                "2025-02-30",
                "2025-13-01",
                "2025-00-10",
                "2025-99-99",
                "2025/11/01",
                "01-11-2025",
                "yyyy-mm-dd",
                "-025-11-01",
                "٢٠٢٥-١١-٠١"
            })
    void isNotReadFromTenCharactersThatAreNoRealDay(String text) {
        assertThatThrownBy(() -> SnapshotDate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a real date YYYY-MM-DD, got \"%s\"", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20251101",
                "2025-11-1",
                "2025-11-01 ",
                " 2025-11-01",
                "2025-11-01T00:00",
                "2025-11-01_bak",
                "snapshot_dt=2025-11-01"
            })
    void isNotReadFromTextOfAnotherLength(String text) {
        assertThatThrownBy(() -> SnapshotDate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a date YYYY-MM-DD, got \"%s\"", text);
    }

    @Test
    void isOrderedByDay() {
        assertThat(Stream.of("2025-11-01", "2024-12-31", "2025-02-28")
                        .map(SnapshotDate::parse)
                        .sorted())
                .extracting(SnapshotDate::toString)
                .containsExactly("2024-12-31", "2025-02-28", "2025-11-01");
    }
}
