package com.omc.flywheel.common.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "2025-11-01-1", "Nightly_2", "9d6a1f0e-0b21-4f4e-8f39-2f6a5c1e7d10"})
    void takesTheNamesOfStepFunctions(String name) {
        assertThat(ExecutionName.parse(name)).hasToString(name);
    }

    @Test
    void isAsLongAsStepFunctionsAllows() {
        assertThat(ExecutionName.parse("x".repeat(80)).value()).hasSize(80);
        assertThatThrownBy(() -> ExecutionName.parse("x".repeat(81)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 80 of A-Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b", "../a", "a/b", "a\\b", "a b", "a\n", "a%2e", "\u00e4"})
    void refusesWhateverCouldLeaveItsFolder(String name) {
        assertThatThrownBy(() -> ExecutionName.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected the name of an execution (1 to 80 of A-Z, a-z, 0-9, hyphen and underscore), got \"%s\"",
                        name);
    }
}
