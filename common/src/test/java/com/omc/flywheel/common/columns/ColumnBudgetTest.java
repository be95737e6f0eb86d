package com.omc.flywheel.common.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ColumnBudgetTest {
    private final ColumnBudget budget = new ColumnBudget(100);

    @Test
    void isKeptByAsManyColumnsAsItHas() {
        assertThat(budget.exceededBy("IBE_01", columns(99), List.of("snapshot_dt")))
                .isEmpty();
    }

    /** D1: a table of 100 columns lost one of them to its partition column, without a word. */
    @Test
    void namesWhatToLeaveOffTheAllowlistInsteadOfDroppingIt() {
        assertThat(budget.exceededBy("MIACS_02_A", columns(100), List.of("snapshot_dt", "id_bucket")))
                .contains(
                        "table MIACS_02_A has 100 columns and 2 partition columns (snapshot_dt, id_bucket), 2 more than the 100 that --MAX_COLS allows for the Clean Rooms allowlist; leave as many off it, for example c98, c99, or have the quota raised");
    }

    private static List<String> columns(int count) {
        return Stream.concat(
                        Stream.of("customer_user_id"), IntStream.range(1, count).mapToObj(number -> "c" + number))
                .toList();
    }
}
