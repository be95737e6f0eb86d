package com.omc.flywheel.common.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNameTest {
    @ParameterizedTest
    @CsvSource({"Customer_User_id,customer_user_id", "IBE1802,ibe1802", "' miacs_02_017 ',miacs_02_017", "_x,_x", "a,a"
    })
    void isLowerCase(String text, String value) {
        assertThat(ColumnName.parse(text)).hasToString(value);
    }

    @Test
    void isTheSameInTurkey() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            assertThat(ColumnName.parse("IBE1802")).isEqualTo(new ColumnName("ibe1802"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1abc", "ibe 1", "ibe-1", "a.b", "größe", "a`b", "a\"b", "a;drop"})
    void isNotReadFromWhatNeedsQuoting(String text) {
        assertThatThrownBy(() -> ColumnName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"%s\" is not a column name (a-z, 0-9 and underscore, not beginning with a digit, 255 characters)",
                        text);
    }

    @Test
    void isAsLongAsGlueAllows() {
        assertThat(ColumnName.parse("a".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> ColumnName.parse("a".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255 characters");
    }

    @Test
    void isNeverMadeWithUpperCase() {
        assertThatThrownBy(() -> new ColumnName("IBE1802"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"IBE1802\" is not a column name");
    }
}
