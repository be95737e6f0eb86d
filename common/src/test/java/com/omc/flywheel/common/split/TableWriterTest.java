package com.omc.flywheel.common.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.DataSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableWriterTest {
    @ParameterizedTest
    @CsvSource({"400,104857600", "4096,134217728", "1,262144", "0.001,8192"})
    void givesAFileSeveralRowGroupsWithinTheBoundsThatReadersLike(String targetMegabytes, long rowGroupBytes) {
        assertThat(TableWriter.rowGroupBytes(DataSize.parse(targetMegabytes))).isEqualTo(rowGroupBytes);
    }
}
