package com.omc.flywheel.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFilesTest {
    private static final S3Uri FOLDER = S3Uri.parse("s3://lake/reports/");
    private static final String STEM = "s3://lake/reports/monitor_20251102_031559";
    private static final ReportName NAME = ReportName.parse("monitor");
    private static final Instant AT = Instant.parse("2025-11-02T03:15:59.987Z");
    private static final ReportContent CONTENT = new ReportContent(
            "{\"a\":\"\u00e9\"}",
            List.of(new ReportContent.Table("Tables", "T\r\n"), new ReportContent.Table("Alerts", "A\r\n")),
            "<p>page</p>");

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    private final ReportFiles files = new ReportFiles(store, FOLDER, NAME, AT);

    @Test
    void writesTheJsonFirstAndThePageLast() {
        List<S3Uri> written = files.write(ReportOutput.ALL, CONTENT);

        assertThat(written)
                .extracting(S3Uri::toString)
                .containsExactly(STEM + ".json", STEM + "_Tables.csv", STEM + "_Alerts.csv", STEM + ".html");
        assertThat(store.calls())
                .containsExactlyElementsOf(
                        written.stream().map(file -> "create " + file).toList());
    }

    @Test
    void saysBeforehandWhereTheyWillBe() {
        assertThat(files.write(ReportOutput.ALL, CONTENT))
                .containsExactly(files.json(), files.csv("Tables"), files.csv("Alerts"), files.html());
    }

    @Test
    void keepsTheTextAsItIs() {
        files.write(ReportOutput.ALL, CONTENT);

        assertThat(store.text(STEM + ".json")).isEqualTo("{\"a\":\"\u00e9\"}");
        assertThat(store.text(STEM + "_Tables.csv")).isEqualTo("T\r\n");
        assertThat(store.text(STEM + "_Alerts.csv")).isEqualTo("A\r\n");
        assertThat(store.text(STEM + ".html")).isEqualTo("<p>page</p>");
    }

    @Test
    void tellsBrowsersWhatTheyAre() {
        List<String> types = new ArrayList<>();
        ObjectStore told = (ObjectStore) Proxy.newProxyInstance(
                ReportFilesTest.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, values) -> {
                    types.add((String) values[2]);
                    return method.invoke(store, values);
                });

        new ReportFiles(told, FOLDER, NAME, AT).write(ReportOutput.ALL, CONTENT);

        assertThat(types)
                .containsExactly(
                        "application/json",
                        "text/csv; charset=utf-8",
                        "text/csv; charset=utf-8",
                        "text/html; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({"JSON,.json", "CSV,_Alerts.csv _Tables.csv", "HTML,.html"})
    void writesOnlyWhatIsWanted(ReportOutput wanted, String endings) {
        files.write(wanted, CONTENT);

        assertThat(String.join(" ", store.objects()).replace(STEM, "")).isEqualTo(endings);
    }

    @Test
    void neverReplacesAReportOfTheSameSecond() {
        store.put(STEM + ".json", "of another run");

        assertThatThrownBy(() -> files.write(ReportOutput.ALL, CONTENT))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT))
                .hasMessageEndingWith(
                        "%s.json is there already: another report of this name was made in the same second; it stays as it is, start this one again",
                        STEM);
        assertThat(store.objects()).containsExactly(STEM + ".json");
        assertThat(store.text(STEM + ".json")).isEqualTo("of another run");
    }

    @Test
    void findsTheEarlierReportsTheNewestFirst() {
        store.put("s3://lake/reports/monitor_20251101_000000.json", "")
                .put("s3://lake/reports/monitor_20251102_031558.json", "")
                .put("s3://lake/reports/monitor_20241231_235959.json", "");

        assertThat(files.earlier())
                .extracting(S3Uri::name)
                .containsExactly(
                        "monitor_20251102_031558.json", "monitor_20251101_000000.json", "monitor_20241231_235959.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monitor_20251101_000000.html",
                "monitor_20251101_000000_Tables.csv",
                "monitor_20251101_000000.json.bak",
                "monitor_eu_20251101_000000.json",
                "monitor_20250101_000000_20251101_000000.json",
                "monitor-20251101_000000.json",
                "monitor20251101_000000.json",
                "my_monitor_20251101_000000.json",
                "Monitor_20251101_000000.json",
                "monitor_20251301_000000.json",
                "monitor_20250229_000000.json",
                "monitor_20251101_240000.json",
                "monitor_-20251101_000000.json",
                "monitor_2025-11-01.json",
                "monitor_.json",
                "monitor.json",
                "old/monitor_20251101_000000.json",
                "monitor_/20251101_000000.json",
            })
    void doesNotTakeOtherFilesForReportsOfItsName(String other) {
        store.put(FOLDER + other, "");

        assertThat(files.earlier()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"monitor_20251102_031559.json", "monitor_20251102_031600.json", "monitor_20260101_000000.json"})
    void doesNotTakeReportsOfTheSameSecondOrLaterForEarlierOnes(String later) {
        store.put(FOLDER + later, "");

        assertThat(files.earlier()).isEmpty();
    }

    @Test
    void ofALongerNameDoesNotFindThoseOfAShorterOne() {
        store.put("s3://lake/reports/monitor_20251101_000000.json", "");

        assertThat(new ReportFiles(store, FOLDER, ReportName.parse("monitor_20251101"), AT).earlier())
                .isEmpty();
    }

    @Test
    void isAnEarlierReportToTheNextOne() {
        files.write(ReportOutput.ALL, CONTENT);

        assertThat(new ReportFiles(store, FOLDER, NAME, AT.plusSeconds(1)).earlier())
                .containsExactly(files.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "_x", "1", "a.b"})
    void hasNoTableWhoseFileCouldBeTakenForAnother(String suffix) {
        assertThatThrownBy(() -> new ReportContent.Table(suffix, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" is no suffix of a report's file", suffix);
    }
}
