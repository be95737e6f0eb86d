package com.omc.flywheel.common.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibilityTest {
    @ParameterizedTest
    @ValueSource(strings = {"a.parquet", "IBE_01/a.parquet", "a_b/c.d", "readme.txt", "part=1/a", "a$folder$"})
    void isGivenToOrdinaryNames(String key) {
        assertThat(Visibility.seenByReaders(key, 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_SUCCESS",
                ".crc",
                "_flywheel/current.json",
                "IBE_01/_temporary/0/a.parquet",
                "IBE_01/.staging/a.parquet",
                "__magic_job-1/a.parquet"
            })
    void isNotGivenToNamesThatBeginWithUnderscoreOrDotNorToWhatLiesUnderThem(String key) {
        assertThat(Visibility.seenByReaders(key, 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "IBE_01/", "IBE_01_$folder$", "a/b_$folder$"})
    void isNotGivenToMarkersOfEmptyFolders(String key) {
        assertThat(Visibility.seenByReaders(key, 0)).isFalse();
        assertThat(Visibility.seenByReaders(key, 1))
                .as("with content it is data")
                .isTrue();
    }

    @Test
    void isGivenToAnEmptyFile() {
        assertThat(Visibility.seenByReaders("a.parquet", 0)).isTrue();
    }
}
