package com.omc.flywheel.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void setsTheFirstColumnLeftAndTheOthersRight() {
        TextTable table = new TextTable("table", "rows").row("NEW_BORROWERS", 7).row("N_A", "1,234,567");

        assertThat(table)
                .hasToString(
                        """
                        table               rows
                        NEW_BORROWERS          7
                        N_A            1,234,567
                        """);
    }

    @Test
    void hasACellForEachColumn() {
        assertThatThrownBy(() -> new TextTable("table", "rows").row("IBE_01"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 2 columns");
    }
}
