package com.omc.flywheel.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"part_b,part_a", " part_a , part_b ", "part_a,,part_b,part_a,"})
    void areSeparatedByCommas(String text) {
        CatalogNames names = CatalogNames.parse(text);

        assertThat(names).isEqualTo(new CatalogNames(Set.of(new CatalogName("part_a"), new CatalogName("part_b"))));
        assertThat(names).hasToString("part_a,part_b");
        assertThat(CatalogNames.parse(names.toString())).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , "})
    void mayBeNone(String text) {
        assertThat(CatalogNames.parse(text).names()).isEmpty();
    }

    @Test
    void areNamesOfTheCatalog() {
        assertThatThrownBy(() -> CatalogNames.parse("part_a,Part_B"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a catalog name")
                .hasMessageEndingWith("got \"Part_B\"");
    }
}
