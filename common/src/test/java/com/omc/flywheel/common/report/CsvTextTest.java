package com.omc.flywheel.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {
    private static final List<String> HEADER = List.of("Table", "Columns");

    @Test
    void endsEveryLineWithCrAndLf() {
        assertThat(CsvText.of(HEADER, List.of(List.of("part_ibe_01", "97"), List.of("part_ibe_02", "N/A"))))
                .isEqualTo("Table,Columns\r\npart_ibe_01,97\r\npart_ibe_02,N/A\r\n");
    }

    @Test
    void isAHeaderWhenThereAreNoRows() {
        assertThat(CsvText.of(HEADER, List.of())).isEqualTo("Table,Columns\r\n");
    }

    @Test
    void quotesWhatWouldEndACell() {
        assertThat(CsvText.of(HEADER, List.of(List.of("a,b", "say \"no\""), List.of("two\nlines", ""))))
                .isEqualTo("Table,Columns\r\n\"a,b\",\"say \"\"no\"\"\"\r\n\"two\nlines\",\r\n");
    }

    @Test
    void keepsARowOfOneEmptyCellApartFromNoRow() {
        assertThat(CsvText.of(List.of("Note"), List.of(List.of("")))).isEqualTo("Note\r\n\"\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1+1",
                "-1+1",
                "@SUM(A1)",
                "\tx",
                "\nx",
                "\rx",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff20A1",
                "-",
                "=cmd|' /C calc'!A0\nmore"
            })
    void isNoFormulaToASpreadsheet(String cell) {
        String text = CsvText.of(List.of("Note", "More"), List.of(List.of("x", cell)));

        assertThat(text.replace("\"", "")).isEqualTo("Note,More\r\nx,'" + cell + "\r\n");
    }

    @Test
    void isNoFormulaInItsHeaderEither() {
        assertThat(CsvText.of(List.of("x", "=1"), List.of())).isEqualTo("x,'=1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "+5", "-0.25", "1=1", "a-b", "N/A", "2025-11-01"})
    void leavesNumbersAndWhatOnlyHoldsASign(String cell) {
        assertThat(CsvText.of(HEADER, List.of(List.of("x", cell)))).endsWith("\r\nx," + cell + "\r\n");
    }

    @Test
    void hasACellForEachColumn() {
        assertThatThrownBy(() -> CsvText.of(HEADER, List.of(List.of("part_ibe_01"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for the 2 columns [Table, Columns]");
    }
}
