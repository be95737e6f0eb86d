package com.omc.flywheel.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @Test
    void isUpperCaseEvenFromALowerCaseMapping() {
        assertThat(TableName.parse(" new_borrowers ")).hasToString("NEW_BORROWERS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_FLYWHEEL", "1A", "IBE-01", "IBE 01", "../IBE_01", "IBE_01/X", "metadata.x"})
    void isNotReadFromWhatCouldLeaveItsFolderOrHide(String text) {
        assertThatThrownBy(() -> TableName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "is not a table name (A-Z, 0-9 and underscore, beginning with a letter, 200 characters)");
    }

    @Test
    void leavesRoomForAPrefix() {
        assertThat(TableName.parse("a".repeat(200)).value()).hasSize(200);
        assertThatThrownBy(() -> TableName.parse("a".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200 characters");
    }
}
