package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.page.Bars;
import com.omc.flywheel.common.page.Bars.Bar;
import com.omc.flywheel.common.page.Fact;
import com.omc.flywheel.common.page.Grid;
import com.omc.flywheel.common.page.Grid.Cell;
import com.omc.flywheel.common.page.Page;
import com.omc.flywheel.common.page.Section;
import com.omc.flywheel.common.page.Shares;
import com.omc.flywheel.common.page.Shares.Share;
import com.omc.flywheel.common.page.Tone;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.quality.NullRates.ColumnRates;
import com.omc.flywheel.common.storage.DataSize;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The report for people: what is wrong and what to do first, then what was looked at. */
final class MonitorPage {
    private static final String ABSENT = "N/A";

    private final MonitorReport report;

    MonitorPage(MonitorReport report) {
        this.report = report;
    }

    Page page() {
        return new Page(
                "Data monitor",
                "%s: %s, %s and %s"
                        .formatted(
                                report.at().truncatedTo(ChronoUnit.SECONDS),
                                report.options().staged(),
                                report.options().bucketed(),
                                report.options().partitioned()),
                facts(),
                List.of(
                        alerts(),
                        criteria(),
                        tables(),
                        rows(),
                        partitions(),
                        files(),
                        columns(),
                        nullRates(),
                        overlaps(),
                        dataSets()),
                "Figures come from the catalog, from listings, manifests and Parquet footers, and with KEY_CHECKS scan from the keys in the files. Nothing was changed.");
    }

    private List<Fact> facts() {
        long errors = report.count(Severity.ERROR);
        long warnings = report.count(Severity.WARNING);
        long passed = report.criteria().stream()
                .filter(criterion -> criterion.outcome() == SuccessCriterion.Outcome.PASS)
                .count();
        boolean failed =
                report.criteria().stream().anyMatch(criterion -> criterion.outcome() == SuccessCriterion.Outcome.FAIL);
        return List.of(
                new Fact("Errors", "%,d".formatted(errors), errors > 0 ? Tone.BAD : Tone.GOOD),
                new Fact("Warnings", "%,d".formatted(warnings), warnings > 0 ? Tone.WARNING : Tone.GOOD),
                new Fact("Tables", "%,d".formatted(report.tables()), Tone.NEUTRAL),
                new Fact("Data sets", "%,d".formatted(report.dataSets().size()), Tone.NEUTRAL),
                new Fact(
                        "Criteria passed",
                        "%d of %d".formatted(passed, report.criteria().size()),
                        failed ? Tone.BAD : Tone.GOOD));
    }

    private Section alerts() {
        List<List<Cell>> rows = report.alerts().stream()
                .map(alert -> List.of(
                        Cell.of(
                                alert.severity().toString(),
                                alert.severity() == Severity.ERROR ? Tone.BAD : Tone.WARNING),
                        Cell.of(alert.subject()),
                        Cell.of(alert.check().toString()),
                        Cell.of(alert.cause()),
                        Cell.of(alert.next())))
                .toList();
        return new Section(
                "alerts",
                "What needs attention?",
                "The worst come first. A check that could not be made is an alert too.",
                new Grid(
                        List.of("Severity", "Subject", "Check", "Cause", "Next"),
                        rows,
                        "Nothing: every check was made and found in order."));
    }

    private Section criteria() {
        List<List<Cell>> rows = report.criteria().stream()
                .map(criterion -> List.of(
                        Cell.of(criterion.line()),
                        Cell.of(criterion.outcome().toString(), tone(criterion.outcome())),
                        Cell.of(criterion.why())))
                .toList();
        return new Section(
                "criteria",
                "Has the run sequence reached its aims?",
                "",
                new Grid(List.of("Criterion", "Outcome", "Why"), rows, "There are no criteria."));
    }

    private static Tone tone(SuccessCriterion.Outcome outcome) {
        return switch (outcome) {
            case PASS -> Tone.GOOD;
            case FAIL -> Tone.BAD;
            case ONLY_ON_AWS -> Tone.UNKNOWN;
        };
    }

    private Section tables() {
        long bad = 0;
        long odd = 0;
        List<List<Cell>> rows = new ArrayList<>();
        for (TableInspection inspection : report.inspections()) {
            long errors = report.count(inspection, Severity.ERROR);
            long warnings = report.count(inspection, Severity.WARNING);
            bad += errors > 0 ? 1 : 0;
            odd += errors == 0 && warnings > 0 ? 1 : 0;
            Optional<TableOrigin> origin = inspection.table().origin();
            rows.add(List.of(
                    Cell.of(name(inspection)),
                    Cell.of(
                            errors > 0
                                    ? "%d errors".formatted(errors)
                                    : warnings > 0 ? "%d warnings".formatted(warnings) : "in order",
                            errors > 0 ? Tone.BAD : warnings > 0 ? Tone.WARNING : Tone.GOOD),
                    Cell.of(inspection.table().family().toString()),
                    origin.map(said -> Cell.of(
                                    said.snapshot().toString(),
                                    report.freshness().isFresh(said.snapshot()) ? Tone.NEUTRAL : Tone.BAD))
                            .orElseGet(MonitorPage::unknown),
                    yes(Optional.of(inspection.contract().holds())),
                    yes(inspection.origin().map(OriginCheck.Origin::comment)),
                    yes(inspection.origin().map(OriginCheck.Origin::location)),
                    Cell.of(inspection.table().stored().location())));
        }
        return new Section(
                "tables",
                "Which tables are there?",
                "A contract is: external, Parquet, with the key, and with the columns and partition keys of its manifest.",
                new Shares(
                        "tables",
                        List.of(
                                new Share("in order", report.tables() - bad - odd, Tone.GOOD),
                                new Share("with warnings", odd, Tone.WARNING),
                                new Share("with errors", bad, Tone.BAD))),
                new Grid(
                        List.of(
                                "Table",
                                "State",
                                "Family",
                                "Snapshot",
                                "Contract",
                                "Comment",
                                "Location right",
                                "Location"),
                        rows,
                        "There are no tables."));
    }

    private Section rows() {
        List<List<Cell>> rows = report.inspections().stream()
                .map(inspection -> List.of(
                        Cell.of(name(inspection)),
                        number(inspection.rows().map(RowCheck.RowCounts::inFiles)),
                        number(inspection.rows().map(RowCheck.RowCounts::inManifest)),
                        number(inspection.rows().map(RowCheck.RowCounts::inStaged)),
                        inspection.keys().map(keys -> count(keys.nulls())).orElseGet(MonitorPage::unknown),
                        inspection.keys().map(keys -> count(keys.duplicates())).orElseGet(MonitorPage::unknown)))
                .toList();
        return new Section(
                "rows",
                "Are all rows there, each with a key of its own?",
                "Rows are counted in the files of the newest snapshot, and compared with its manifest and with the clustered table of the same snapshot.",
                new Grid(
                        List.of(
                                "Table",
                                "In files",
                                "In manifest",
                                "In clustered table",
                                "Null keys",
                                "Duplicate keys"),
                        rows,
                        "There are no tables."));
    }

    private Section partitions() {
        List<List<Cell>> rows = report.inspections().stream()
                .flatMap(inspection -> inspection.partitions().stream()
                        .map(audit -> List.of(
                                Cell.of(name(inspection)),
                                Cell.of(audit.wanted()),
                                Cell.of(audit.onStore(), audit.onStore() == audit.wanted() ? Tone.NEUTRAL : Tone.BAD),
                                Cell.of(
                                        audit.inCatalog(),
                                        audit.inCatalog() == audit.wanted() ? Tone.NEUTRAL : Tone.BAD),
                                count(audit.missing().size()),
                                count(audit.elsewhere().size()),
                                count(audit.empty().size() + audit.unwanted().size()))))
                .toList();
        return new Section(
                "partitions",
                "Do readers find every partition?",
                "",
                new Grid(
                        List.of("Table", "In manifests", "On S3", "In the catalog", "Missing", "Elsewhere", "Stale"),
                        rows,
                        "No table has partitions."));
    }

    private Section files() {
        List<List<Cell>> rows = report.inspections().stream()
                .flatMap(inspection -> inspection.sizes().stream()
                        .map(sizes -> List.of(
                                Cell.of(name(inspection)),
                                Cell.of(sizes.files()),
                                new Cell(DataSize.format(sizes.bytes()), Tone.NEUTRAL, true),
                                new Cell(DataSize.format(sizes.median()), Tone.NEUTRAL, true),
                                new Cell(
                                        percent(sizes.smallPercent()), sizes.fit() ? Tone.NEUTRAL : Tone.WARNING, true),
                                inspection
                                        .buckets()
                                        .filter(buckets -> buckets.described().isPresent())
                                        .map(buckets -> Cell.of(
                                                "%d of %d"
                                                        .formatted(
                                                                buckets.withFiles(),
                                                                buckets.described()
                                                                        .getAsInt()),
                                                buckets.holds() ? Tone.NEUTRAL : Tone.BAD))
                                        .orElseGet(() -> Cell.of("")))))
                .toList();
        return new Section(
                "files",
                "Do the files fit the tables?",
                "Small is below %s. A bucket that no row falls into has no file."
                        .formatted(report.options().files().limit()),
                new Grid(
                        List.of("Table", "Files", "Size", "Median file", "Small files", "Buckets with files"),
                        rows,
                        "The files of no table are known."));
    }

    private Section columns() {
        int most = report.options().maxColumns();
        List<Bar> bars = report.inspections().stream()
                .map(inspection -> {
                    int all = inspection.columns().data() + inspection.columns().partition();
                    return new Bar(
                            name(inspection),
                            all,
                            "%d of %d".formatted(all, most),
                            inspection.columns().fit() ? Tone.NEUTRAL : Tone.WARNING);
                })
                .toList();
        return new Section(
                "columns",
                "Do all columns fit on a Clean Rooms allowlist?",
                "Partition columns count too.",
                new Bars("columns of each table", bars, OptionalDouble.of(most)));
    }

    private Section nullRates() {
        List<List<Cell>> rows = new ArrayList<>();
        long compared = 0;
        long unknown = 0;
        for (TableInspection inspection : report.inspections()) {
            compared += inspection.nullRates().flatMap(NullRates::since).isPresent() ? 1 : 0;
            unknown +=
                    inspection.nullRates().map(rates -> rates.unknown().size()).orElse(0);
            inspection.nullRates().ifPresent(rates -> rates.findings()
                    .forEach(column -> rows.add(rate(inspection, column))));
        }
        return new Section(
                "null-rates",
                "Are columns as full as in the snapshot before?",
                "Columns that moved by more than %s points, that came, or that went; the rates of all columns are in the JSON file. Of %d tables a snapshot before is known of %d; %d of their columns have no statistics to compare."
                        .formatted(report.options().nullRateDrift(), report.tables(), compared, unknown),
                new Grid(
                        List.of("Table", "Column", "Null before", "Null now", "Change"),
                        rows,
                        compared == 0 ? "No table was compared." : "No column has moved."));
    }

    private static List<Cell> rate(TableInspection inspection, ColumnRates column) {
        return List.of(
                Cell.of(name(inspection)),
                Cell.of(column.column()),
                percent(column.percentBefore()),
                percent(column.percentNow()),
                Cell.of(column.change().name().toLowerCase(Locale.ROOT).replace('_', ' '), Tone.WARNING));
    }

    private Section overlaps() {
        List<List<Cell>> rows = report.overlaps().stream()
                .map(overlap -> List.of(
                        Cell.of(overlap.addressable()),
                        Cell.of(overlap.attributes()),
                        Cell.of(overlap.ids().left()),
                        Cell.of(overlap.ids().right()),
                        Cell.of(
                                overlap.ids().both(),
                                overlap.ids().both() == 0 && overlap.ids().left() > 0 ? Tone.BAD : Tone.NEUTRAL),
                        new Cell(
                                percent(Percent.of(
                                        overlap.ids().both(), overlap.ids().left())),
                                Tone.NEUTRAL,
                                true)))
                .toList();
        return new Section(
                "overlap",
                "How many addressable ids have attributes?",
                "Different ids of the newest snapshot that each table shows.",
                new Grid(
                        List.of("Ids", "Attributes", "In ids", "In attributes", "In both", "Share of ids"),
                        rows,
                        "Ids were not compared: that needs KEY_CHECKS scan, and the keys of a table of addressable ids and of one of attributes beside it."));
    }

    private Section dataSets() {
        List<List<Cell>> rows = report.dataSets().stream()
                .map(dataSet -> List.of(
                        Cell.of(dataSet.dataSet().root().toString()),
                        Cell.of(published(dataSet)),
                        dataSet.status()
                                .map(status -> Cell.of(
                                        status.lease().state().name().toLowerCase(Locale.ROOT),
                                        status.lease().state() == LeaseState.EXPIRED ? Tone.WARNING : Tone.NEUTRAL))
                                .orElseGet(MonitorPage::unknown),
                        count(dataSet.unfinished().size())))
                .toList();
        return new Section(
                "data-sets",
                "In what state are the data sets?",
                "",
                new Grid(
                        List.of("Data set", "Published", "Lease", "Unfinished runs"),
                        rows,
                        "No table names a data set."));
    }

    private static String published(ObservedDataSet dataSet) {
        List<String> snapshots = dataSet.published().stream()
                .map(Manifest::snapshotDt)
                .map(Object::toString)
                .toList();
        if (!snapshots.isEmpty()) {
            return String.join("\n", snapshots);
        }
        return dataSet.status().filter(status -> status.holdsVersions()).isPresent() ? "versions of tables" : "nothing";
    }

    private static String name(TableInspection inspection) {
        return inspection.table().id().toString();
    }

    private static Cell number(Optional<OptionalLong> count) {
        return count.filter(OptionalLong::isPresent)
                .map(known -> Cell.of(known.getAsLong()))
                .orElseGet(MonitorPage::unknown);
    }

    /** A number that should be 0. */
    private static Cell count(long number) {
        return Cell.of(number, number > 0 ? Tone.WARNING : Tone.NEUTRAL);
    }

    private static Cell yes(Optional<Boolean> value) {
        return value.map(known -> known ? Cell.of("Yes", Tone.GOOD) : Cell.of("No", Tone.BAD))
                .orElseGet(MonitorPage::unknown);
    }

    private static Cell unknown() {
        return Cell.of(ABSENT, Tone.UNKNOWN);
    }

    private static Cell percent(OptionalDouble value) {
        return value.isPresent() ? new Cell(percent(value.getAsDouble()), Tone.NEUTRAL, true) : unknown();
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", value);
    }
}
