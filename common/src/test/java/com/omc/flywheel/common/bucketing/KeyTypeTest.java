package com.omc.flywheel.common.bucketing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTypeTest {
    @ParameterizedTest
    @EnumSource(KeyType.class)
    void isFoundByTheNameThatTheCatalogGivesIt(KeyType type) {
        assertThat(KeyType.of(type.toString())).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"double", "decimal(10,2)", "timestamp", "boolean", "smallint", "binary", "varchar(10)", ""})
    void isNoTypeOnWhoseBucketEnginesDisagree(String type) {
        assertThat(KeyType.of(type)).isEmpty();
    }
}
