package com.omc.flywheel.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"clean_rooms_report", "Monitor-2.0", "a", "_", "2025"})
    void printsWhatItRead(String text) {
        assertThat(ReportName.parse(text)).hasToString(text);
    }

    @Test
    void hasAtMostAHundredCharacters() {
        assertThat(ReportName.parse("n".repeat(100)).value()).hasSize(100);
        assertThatThrownBy(() -> ReportName.parse("n".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..\\a", "a b", "caf\u00e9", "a\n", "<b>"})
    void isNotReadFromWhatAFileIsBetterNotCalled(String text) {
        assertThatThrownBy(() -> ReportName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected the name of a report like clean_rooms_report")
                .hasMessageEndingWith("got \"%s\"", text);
    }
}
