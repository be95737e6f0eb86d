package com.omc.flywheel.common.mapping;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesFilterTest {
    private static final List<TableName> KNOWN = tables("IBE_01", "IBE_02", "MIACS_01");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IBE_01",
                "ibe_01",
                "ext_IBE_01",
                "bucketed_ibe_01",
                "PART_IBE_01",
                " Ibe_01 ",
                "ibe_01,",
                "ibe_01,IBE_01,ext_ibe_01"
            })
    void takesNamesInAnyCaseWithOrWithoutAPrefix(String text) {
        assertThat(TablesFilter.parse(text).select(KNOWN)).isEqualTo(tables("IBE_01"));
    }

    @Test
    void selectsInTheOrderOfTheMapping() {
        assertThat(TablesFilter.parse("miacs_01, ibe_01").select(KNOWN)).isEqualTo(tables("IBE_01", "MIACS_01"));
    }

    @Test
    void meansTheTableThatIsItselfCalledSo() {
        List<TableName> known = tables("EXT_IBE_01", "IBE_01");

        assertThat(TablesFilter.parse("ext_ibe_01").select(known)).isEqualTo(tables("EXT_IBE_01"));
        assertThat(TablesFilter.parse("bucketed_ibe_01").select(known)).isEqualTo(tables("IBE_01"));
    }

    @Test
    void namesEveryUnknownTableAndAllThatAreKnown() {
        assertFails(FailureKind.BAD_ARGUMENT, () -> TablesFilter.parse("ibe_01,ibe_1,temp_ibe_02,IBE_0")
                        .select(KNOWN))
                .hasMessage(
                        "BAD_ARGUMENT: --TABLES_FILTER names tables that the mapping does not have: ibe_1, temp_ibe_02, IBE_0; it has IBE_01, IBE_02, MIACS_01");
    }

    @Test
    void isPrintedAsItWasWritten() {
        assertThat(TablesFilter.parse(" ext_ibe_01, IBE_02 ")).hasToString("ext_ibe_01,IBE_02");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , "})
    void isNotReadFromNothing(String text) {
        assertThatThrownBy(() -> TablesFilter.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected table names separated by commas");
    }

    private static List<TableName> tables(String... names) {
        return Stream.of(names).map(TableName::new).toList();
    }
}
