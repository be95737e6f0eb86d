package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.report.ReportFiles;
import com.omc.flywheel.common.report.ReportName;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlierReportTest {
    private static final S3Uri FOLDER = S3Uri.parse("s3://lake/reports/");
    private static final Instant AT = Instant.parse("2025-12-01T00:00:00Z");
    private static final String OURS = report("m-1", "lake", "part_");

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");

    @Test
    void isReadFromTheFileThatIsNamed() {
        store.put("s3://lake/old.json", OURS);

        EarlierReport report = EarlierReport.named(store, S3Uri.parse("s3://lake/old.json"));

        assertThat(report.file()).isEqualTo(S3Uri.parse("s3://lake/old.json"));
        assertThat(report.json().path("membership_id").asText()).isEqualTo("m-1");
    }

    @Test
    void mayBeNamedThatIsOfAnotherMembership() {
        store.put("s3://lake/old.json", report("m-2", "other", "ext_"));

        assertThat(EarlierReport.named(store, S3Uri.parse("s3://lake/old.json"))
                        .json()
                        .path("membership_id")
                        .asText())
                .isEqualTo("m-2");
    }

    @Test
    void isMissedWhenTheFileThatIsNamedIsNotThere() {
        assertFails(FailureKind.MISSING_INPUT, () -> EarlierReport.named(store, S3Uri.parse("s3://lake/old.json")))
                .hasMessage(
                        "MISSING_INPUT: --COMPARE_WITH s3://lake/old.json: there is no such file; name the JSON file of an earlier report");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"membership_id\": \"m-1\"}", "{\"tables\": []}"})
    void isNoJsonOfAnythingElse(String content) {
        store.put("s3://lake/old.json", content);

        assertFails(FailureKind.BAD_ARGUMENT, () -> EarlierReport.named(store, S3Uri.parse("s3://lake/old.json")))
                .hasMessage(
                        "BAD_ARGUMENT: --COMPARE_WITH s3://lake/old.json: this is no report of Clean Rooms; name the JSON file of an earlier report");
    }

    @Test
    void isNotAPage() {
        store.put("s3://lake/old.html", "<html>content</html>");

        assertFails(FailureKind.BAD_ARGUMENT, () -> EarlierReport.named(store, S3Uri.parse("s3://lake/old.html")))
                .hasMessageStartingWith("BAD_ARGUMENT: s3://lake/old.html is not JSON (")
                .hasMessageEndingWith("; name another report with --COMPARE_WITH")
                .hasMessageNotContaining("content");
    }

    @Test
    void isTheNewestOfTheSameMembershipDatabaseAndPrefix() {
        put("20251130_000006", "not JSON")
                .put("20251130_000005", report("m-2", "lake", "part_"))
                .put("20251130_000004", report("m-1", "other", "part_"))
                .put("20251130_000003", report("m-1", "lake", "ext_"))
                .put("20251130_000002", OURS)
                .put("20251130_000001", OURS);

        assertThat(newest()).map(EarlierReport::file).contains(FOLDER.file("clean_20251130_000002.json"));
    }

    @Test
    void isNoneWhereThereIsNoneOfTheSeries() {
        store.put(FOLDER + "other_20251130_000000.json", OURS).put(FOLDER + "clean_20251202_000000.json", OURS);

        assertThat(newest()).isEmpty();
    }

    @Test
    void isNotLookedForAmongMoreThanAMonthOfReports() {
        for (int second = 10; second < 41; second++) {
            put("20251130_0000" + second, report("m-2", "lake", "part_"));
        }
        put("20251130_000009", OURS);

        assertThat(newest()).isEmpty();
        assertThat(store.calls()).filteredOn(call -> call.startsWith("read ")).hasSize(31);
    }

    @Test
    void endsTheSearchWhenTheStoreFails() {
        put("20251130_000000", OURS);
        store.failCall(2, new JobFailure(FailureKind.ACCESS_DENIED, "s3:GetObject was refused"));

        assertFails(FailureKind.ACCESS_DENIED, this::newest).hasMessage("ACCESS_DENIED: s3:GetObject was refused");
    }

    private static String report(String membership, String database, String prefix) {
        return "{\"membership_id\": \"%s\", \"database\": \"%s\", \"table_prefix\": \"%s\", \"tables\": []}"
                .formatted(membership, database, prefix);
    }

    private EarlierReportTest put(String time, String content) {
        store.put(FOLDER + "clean_" + time + ".json", content);
        return this;
    }

    private Optional<EarlierReport> newest() {
        ReportFiles files = new ReportFiles(store, FOLDER, ReportName.parse("clean"), AT);
        return EarlierReport.newest(store, files, KnownTable.SCOPE);
    }
}
