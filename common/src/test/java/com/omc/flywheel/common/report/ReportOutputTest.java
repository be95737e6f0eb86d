package com.omc.flywheel.common.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportOutputTest {
    @ParameterizedTest
    @EnumSource
    void includesEveryFormWhenAllAreWanted(ReportOutput form) {
        assertThat(ReportOutput.ALL.includes(form)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void includesNothingButItselfWhenOneIsWanted(ReportOutput form) {
        assertThat(ReportOutput.CSV.includes(form)).isEqualTo(form == ReportOutput.CSV);
    }
}
