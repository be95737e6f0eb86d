package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.page.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the forms of a report have in them. */
class MonitorFormsTest {
    private static final List<String> OF_THE_MONITOR_BEFORE = List.of(
            "input_source",
            "raw_input_snapshot_dt",
            "table",
            "location",
            "s3_partitions",
            "glue_partitions",
            "missing_glue_count",
            "table_type_ok",
            "contract_ok",
            "count_src",
            "count_part",
            "count_diff_pct",
            "pk_nulls",
            "pk_dupes",
            "file_issues_sample",
            "checked_at");
    private static final ObservedTable TABLE = Observed.table(Family.STAGED);

    /** Existing readers know these columns. */
    @Test
    void csvBeginsWithTheColumnsOfTheMonitorBefore() {
        String header =
                Observed.report(List.of()).tablesCsv().lines().findFirst().orElseThrow();

        assertThat(List.of(header.split(",", -1))).startsWith(OF_THE_MONITOR_BEFORE.toArray(String[]::new));
    }

    @Test
    void csvTellsOfATableWhatIsKnownAndWhatIsNot() {
        Alert files = new Alert(
                Severity.ERROR, MonitorCheck.FILES, TABLE.id().toString(), "1 of its 8 files are not there", "run");
        Alert other = new Alert(Severity.WARNING, MonitorCheck.FILES, "lake.other", "nothing of this table", "run");

        Map<String, String> row = row(Observed.report(List.of(files, other), Observed.inspection(TABLE)));

        assertThat(row)
                .containsEntry("input_source", "s3://lake/in/snapshot_dt=2025-11-01/")
                .containsEntry("raw_input_snapshot_dt", "2025-11-01")
                .containsEntry("table", "ext_ibe_01")
                .containsEntry("table_type_ok", "Yes")
                .containsEntry("s3_partitions", "N/A")
                .containsEntry("count_part", "N/A")
                .containsEntry("pk_nulls", "N/A")
                .containsEntry("file_issues_sample", "1 of its 8 files are not there")
                .containsEntry("checked_at", "1970-01-01T00:00:00Z")
                .containsEntry("errors", "1")
                .containsEntry("warnings", "0");
    }

    @Test
    void pageShowsAlertsFirstAndAnswersEveryQuestion() {
        Alert alert = new Alert(Severity.ERROR, MonitorCheck.ROWS, TABLE.id().toString(), "a cause", "run a job");

        List<Section> sections = Observed.report(List.of(alert), Observed.inspection(TABLE))
                .page()
                .sections();

        assertThat(sections)
                .extracting(Section::id)
                .containsExactly(
                        "alerts",
                        "criteria",
                        "tables",
                        "rows",
                        "partitions",
                        "files",
                        "columns",
                        "null-rates",
                        "overlap",
                        "data-sets");
        assertThat(sections.get(0).toString())
                .contains("error")
                .contains("lake.ext_ibe_01")
                .contains("a cause")
                .contains("run a job");
        assertThat(sections.get(1).toString())
                .contains("external tables created")
                .contains("only on AWS");
        assertThat(sections.get(2).toString()).contains("1 errors").contains("2025-11-01");
    }

    /** Nothing moved where nothing was compared, and that is not the same. */
    @Test
    void pageSaysOfHowManyTablesNullRatesWereCompared() {
        TableContents counted = contents(OptionalLong.of(1));
        TableContents unknown = contents(OptionalLong.empty());

        assertThat(nullRates(NullRates.first(counted)))
                .contains("Of 1 tables a snapshot before is known of 0; 0 of their columns")
                .contains("No table was compared.");
        assertThat(nullRates(NullRates.between(
                        Observed.NOVEMBER,
                        unknown,
                        counted,
                        Observed.options().nullRateDrift().value())))
                .contains("Of 1 tables a snapshot before is known of 1; 1 of their columns")
                .contains("No column has moved.");
    }

    private static String nullRates(NullRates rates) {
        return Observed.report(List.of(), Observed.inspection(TABLE, Optional.of(rates))).page().sections().stream()
                .filter(section -> section.id().equals("null-rates"))
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static TableContents contents(OptionalLong nulls) {
        return new TableContents(
                List.of(),
                List.of(),
                Map.of("ibe1802", new TableContents.Column(new TreeSet<>(), 0, new NullCount(10, nulls))));
    }

    private static Map<String, String> row(MonitorReport report) {
        List<List<String>> lines = report.tablesCsv()
                .lines()
                .map(line -> Arrays.asList(line.split(",", -1)))
                .toList();
        assertThat(lines).hasSize(2);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < lines.get(0).size(); i++) {
            row.put(lines.get(0).get(i), lines.get(1).get(i));
        }
        return row;
    }
}
