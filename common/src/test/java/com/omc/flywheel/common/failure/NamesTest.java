package com.omc.flywheel.common.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final List<String> ARGUMENTS =
            List.of("SOURCE_PATH", "TARGET_PATH", "CSV_FILE", "DRY_RUN", "MAX_COLS", "TARGET_FILE_MB");

    @Test
    void areListedInFullUpToTwenty() {
        assertThat(Names.list(List.of())).isEmpty();
        assertThat(Names.list(List.of("b", "a"))).isEqualTo("b, a");
        assertThat(Names.list(numbered(20))).endsWith("c19, c20").doesNotContain("more");
    }

    @Test
    void areBoundedBeyondTwenty() {
        assertThat(Names.list(numbered(21))).startsWith("c1, c2, ").endsWith(", c20 and 1 more");
        assertThat(Names.list(numbered(1743))).endsWith(", c20 and 1723 more");
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE_PTAH,SOURCE_PATH",
        "SOURCEPATH,SOURCE_PATH",
        "csv_file,CSV_FILE",
        "DRYRUN,DRY_RUN",
        "MAX_COLUMNS,MAX_COLS",
        "TARGET_FILE,TARGET_FILE_MB"
    })
    void haveANearestOneInAnyCase(String misspelt, String meant) {
        assertThat(Names.nearest(misspelt, ARGUMENTS)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X", "REGION", "SNAPSHOT_DATE_COLUMN"})
    void haveNoNearestOneWhenNoneIsMeant(String name) {
        assertThat(Names.nearest(name, ARGUMENTS)).isEmpty();
    }

    @Test
    void haveTheFirstByNameWhereTwoAreEquallyNear() {
        assertThat(Names.nearest("ibe3", List.of("ibe2", "ibe1"))).contains("ibe1");
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> "c" + number).toList();
    }
}
