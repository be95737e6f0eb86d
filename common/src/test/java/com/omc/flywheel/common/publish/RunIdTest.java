package com.omc.flywheel.common.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2025-11-02T03:15:00.999Z"), ZoneId.of("America/New_York"));

    @Test
    void tellsWhenTheRunBeganInUtcAndSetsItApartFromOthersOfThatSecond() {
        assertThat(RunId.begin(CLOCK, 0x9f86d081)).hasToString("20251102T031500Z-9f86d081");
        assertThat(RunId.begin(CLOCK, 1)).hasToString("20251102T031500Z-00000001");
        assertThat(RunId.begin(CLOCK, -1)).hasToString("20251102T031500Z-ffffffff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20251102T031500Z",
                "20251102T031500Z-9F86D081",
                "20251102T031500Z-9f86d08",
                "20251102T031500Z-9f86d081/..",
                "2025-11-02T03:15:00Z-9f86d081"
            })
    void isNotMadeOfTextOfAnotherForm(String text) {
        assertThatThrownBy(() -> new RunId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" is not the id of a run", text);
    }
}
