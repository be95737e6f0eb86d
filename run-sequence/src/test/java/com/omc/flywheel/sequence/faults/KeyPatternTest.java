package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPatternTest {
    @ParameterizedTest
    @CsvSource({
        "split/_flywheel/lease/17.json, split/_flywheel/lease/<n>.json",
        "split/IBE_01_A/part-00003-20251102T031500Z-9f86d081.c000.parquet, split/<table>/part-<n>-<run>.c<n>.parquet",
        "split/table_one/x, split/<table>/x",
        "part_ibe_04/snapshot_dt=2025-11-02/x, <table>/snapshot_dt=<date>/x",
        "part-00000-20251102T031500Z-9f86d081.txt, part-<n>-<run>.txt",
        "q/3f2504e0-4f89-41d3-9a0c-0305e82c3301.csv, q/<uuid>.csv",
        "table_one/, <table>/",
    })
    void leavesOutWhatDiffersBetweenRuns(String key, String pattern) {
        assertThat(KeyPattern.of(key)).isEqualTo(pattern);
    }
}
