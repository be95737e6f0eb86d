package com.omc.flywheel.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    @ParameterizedTest
    @CsvSource({
        "400,419430400",
        "1,1048576",
        "0.25,262144",
        "0.000001,1",
        "1.0000001,1048576",
        "8796093022207,9223372036853727232"
    })
    void isReadFromMegabytesOfWhichFractionsAreAllowed(String text, long bytes) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "400MB", "a lot", "0", "-1", "0.0000001", "1,5", "NaN", "8796093022208"})
    void isNotReadFromAnythingElse(String text) {
        assertThatThrownBy(() -> DataSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected megabytes like 400 or 0.25, got \"%s\"", text);
    }

    @Test
    void isPositive() {
        assertThatThrownBy(() -> new DataSize(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a size of at least one byte, got 0");
    }

    @ParameterizedTest
    @CsvSource({
        "1,1 B",
        "999,999 B",
        "1000,0.98 KB",
        "1024,1.00 KB",
        "15360,15.0 KB",
        "419430400,400 MB",
        "1288490189,1.20 GB",
        "9223372036854775807,8388608 TB"
    })
    void isPrintedForAPerson(long bytes, String text) {
        assertThat(new DataSize(bytes)).hasToString(text);
    }

    @Test
    void ofNothingIsPrintedToo() {
        assertThat(DataSize.format(0)).isEqualTo("0 B");
    }
}
