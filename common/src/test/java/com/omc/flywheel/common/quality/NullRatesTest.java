package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.quality.NullRates.Change;
import com.omc.flywheel.common.quality.NullRates.ColumnRates;
import com.omc.flywheel.common.quality.TableContents.Column;
import com.omc.flywheel.common.quality.TableContents.FileRows;
import com.omc.flywheel.common.quality.TableContents.UnreadFile;
import com.omc.flywheel.common.storage.S3Uri;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NullRatesTest {
    private static final FileSize FILE = new FileSize(S3Uri.parse("s3://lake/t/a.parquet"), 10);
    private static final UnreadFile UNREAD =
            new UnreadFile(new FileSize(S3Uri.parse("s3://lake/t/b.parquet"), 10), FailureKind.BAD_DATA, "damaged");
    private static final long UNKNOWN = -1;

    @ParameterizedTest
    @CsvSource({
        // rows before, nulls before, rows now, nulls now, change
        "100, 20, 200, 40, STEADY",
        // Exactly as much as is allowed, in fractions that no double holds.
        "3, 1, 30, 13, STEADY",
        "100, 20, 1000, 301, DRIFTED",
        "100, 20, 1000, 99, DRIFTED",
        "100, 95, 100, 100, BECAME_ENTIRELY_NULL",
        "100, 0, 100, 100, BECAME_ENTIRELY_NULL",
        "100, 100, 100, 99, STOPPED_BEING_ENTIRELY_NULL",
        "100, 100, 7, 7, STEADY",
        // Nearly, and not entirely.
        "1000000000, 999999999, 1000000000, 999999998, STEADY",
        "100, -1, 100, 10, UNKNOWN",
        "100, 10, 100, -1, UNKNOWN",
        "0, 0, 100, 100, UNKNOWN",
        "100, 100, 0, 0, UNKNOWN"
    })
    void saysWhatBecameOfAColumn(long rowsBefore, long nullsBefore, long rowsNow, long nullsNow, Change expected) {
        NullRates rates =
                between(contents(rowsBefore, Map.of("age", nullsBefore)), contents(rowsNow, Map.of("age", nullsNow)));

        assertThat(rates.columns()).extracting(ColumnRates::change).containsExactly(expected);
    }

    @Test
    void hasTheRatesOfEveryColumnAlsoOfTheSteadyOnes() {
        TableContents before = contents(200, ordered(entry("age", 20L), entry("gone", 50L)));
        TableContents now = contents(100, ordered(entry("new", 40L), entry("age", 15L)));

        List<ColumnRates> columns = between(before, now).columns();

        assertThat(columns).extracting(ColumnRates::column).containsExactly("new", "age", "gone");
        assertThat(columns).extracting(ColumnRates::change).containsExactly(Change.NEW, Change.STEADY, Change.GONE);
        assertThat(columns.get(1).percentBefore()).hasValue(10);
        assertThat(columns.get(1).percentNow()).hasValue(15);
        assertThat(columns.get(1).points()).hasValue(5);
        assertThat(columns.get(0).percentBefore()).isEmpty();
        assertThat(columns.get(0).percentNow()).hasValue(40);
        assertThat(columns.get(2).percentNow()).isEmpty();
    }

    @Test
    void findsWhatAPersonShouldLookAtAndKeepsTheUnknownApart() {
        TableContents before =
                contents(100, ordered(entry("steady", 5L), entry("drifted", 5L), entry("silent", UNKNOWN)));
        TableContents now = contents(100, ordered(entry("steady", 6L), entry("drifted", 50L), entry("silent", 1L)));

        NullRates rates = between(before, now);

        assertThat(rates.findings()).extracting(ColumnRates::column).containsExactly("drifted");
        assertThat(rates.unknown()).extracting(ColumnRates::column).containsExactly("silent");
    }

    @Test
    void callsNoColumnNewOrGoneThatAFileMayHoldWhichCouldNotBeRead() {
        TableContents one = contents(100, Map.of("age", 5L));
        TableContents other = contents(100, Map.of("income", 5L));

        assertThat(between(one, withUnread(other)).columns())
                .extracting(ColumnRates::column, ColumnRates::change)
                .containsExactly(tuple("income", Change.NEW), tuple("age", Change.UNKNOWN));
        assertThat(between(withUnread(one), other).columns())
                .extracting(ColumnRates::column, ColumnRates::change)
                .containsExactly(tuple("income", Change.UNKNOWN), tuple("age", Change.GONE));
    }

    @Test
    void comparesWithNothingWhenThereIsNoSnapshotBefore() {
        NullRates rates = NullRates.first(contents(4, Map.of("age", 1L)));

        assertThat(rates.findings()).isEmpty();
        assertThat(rates.unknown()).isEmpty();
        assertThat(rates.columns()).singleElement().satisfies(column -> {
            assertThat(column.change()).isEqualTo(Change.NOTHING_BEFORE);
            assertThat(column.percentNow()).hasValue(25);
            assertThat(column.sentence()).isEqualTo("age: 25.00 % of the rows are null");
        });
    }

    @Test
    void takesAnyMovementForADriftWhenNoneIsAllowed() {
        TableContents before = contents(1_000_000_000, Map.of("age", 1L));
        TableContents now = contents(1_000_000_000, Map.of("age", 2L));

        assertThat(NullRates.between(Observed.NOVEMBER, before, now, BigDecimal.ZERO)
                        .findings())
                .hasSize(1);
        assertThat(NullRates.between(Observed.NOVEMBER, before, before, BigDecimal.ZERO)
                        .findings())
                .isEmpty();
        assertThatThrownBy(() -> NullRates.between(Observed.NOVEMBER, before, now, BigDecimal.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1 points");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | 60 | age: 60.00 % of the rows are null now, 10.00 % before (+50.00 points)",
                "60 | 10 | age: 10.00 % of the rows are null now, 60.00 % before (-50.00 points)",
                "10 | 100 | age is null in every row now, 10.00 % before",
                "100 | 10 | age was null in every row before, 10.00 % now",
                "10 | 10 | age: 10.00 % of the rows are null now, 10.00 % before",
                "-1 | 10 | age cannot be compared: 10.00 % null now, an unknown share before"
            })
    void saysInASentenceWhatHappened(long nullsBefore, long nullsNow, String sentence) {
        NullRates rates = between(contents(100, Map.of("age", nullsBefore)), contents(100, Map.of("age", nullsNow)));

        assertThat(rates.columns()).extracting(ColumnRates::sentence).containsExactly(sentence);
    }

    @Test
    void saysInASentenceThatAColumnIsNewOrGone() {
        NullRates rates = between(contents(100, Map.of("age", 5L)), contents(100, Map.of("income", UNKNOWN)));

        assertThat(rates.columns())
                .extracting(ColumnRates::sentence)
                .containsExactly(
                        "income is new, an unknown share of its rows are null",
                        "age is gone, 5.00 % of its rows were null");
    }

    private static NullRates between(TableContents before, TableContents now) {
        return NullRates.between(Observed.NOVEMBER, before, now, BigDecimal.TEN);
    }

    private static TableContents withUnread(TableContents contents) {
        return new TableContents(contents.read(), List.of(UNREAD), contents.columns());
    }

    @SafeVarargs
    private static Map<String, Long> ordered(Map.Entry<String, Long>... nulls) {
        Map<String, Long> all = new LinkedHashMap<>();
        for (Map.Entry<String, Long> column : nulls) {
            all.put(column.getKey(), column.getValue());
        }
        return all;
    }

    private static TableContents contents(long rows, Map<String, Long> nulls) {
        Map<String, Column> columns = new LinkedHashMap<>();
        nulls.forEach((name, count) -> columns.put(
                name,
                new Column(
                        new TreeSet<>(List.of("int")),
                        0,
                        new NullCount(rows, count == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(count)))));
        return new TableContents(List.of(new FileRows(FILE, rows)), List.of(), columns);
    }
}
