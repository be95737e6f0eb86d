package com.omc.flywheel.common.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A page with everything that a report may hold, in the amounts that it may hold it. */
final class SamplePages {
    private static final Tone[] TONES = Tone.values();

    private SamplePages() {}

    static Page monitor() {
        return new Page(
                "Data monitor",
                "2025-11-02 03:15:59 UTC, database flywheel_local",
                List.of(
                        new Fact("Tables", "27", Tone.NEUTRAL),
                        new Fact("Newest snapshot", "2025-11-01", Tone.GOOD),
                        new Fact("Late tables", "3", Tone.WARNING),
                        new Fact("Alerts", "60", Tone.BAD),
                        new Fact("Rows in all", "1,234,567,890", Tone.NEUTRAL),
                        new Fact("Privacy budget left", "not readable", Tone.UNKNOWN)),
                List.of(
                        new Section(
                                "summary",
                                "Is anything wrong?",
                                "What needs a person comes first.",
                                new Paragraph("3 tables are late by more than a day.", Tone.WARNING),
                                new Paragraph("2 tables have lost columns since the report before.", Tone.BAD),
                                new Paragraph("The catalog and the manifests agree.", Tone.GOOD),
                                new Paragraph(
                                        "cleanrooms:GetSchema was refused; readiness is not known.", Tone.UNKNOWN),
                                new Shares(
                                        "Tables by state",
                                        List.of(
                                                new Shares.Share("ready", 21, Tone.GOOD),
                                                new Shares.Share("late", 3, Tone.WARNING),
                                                new Shares.Share("no analysis rule", 2, Tone.BAD),
                                                new Shares.Share("no association", 0, Tone.BAD),
                                                new Shares.Share("state not readable", 1, Tone.UNKNOWN)))),
                        new Section("columns", "How near are tables to the limit of columns?", "", columns()),
                        new Section(
                                "tables", "Tables", "One row for each table, in the order of the mapping.", tables()),
                        new Section("alerts", "Alerts", "The worst first.", alerts()),
                        new Section(
                                "differences",
                                "What is different from the report before?",
                                "",
                                new Grid(List.of("Table", "Difference"), List.of(), "Nothing is different."),
                                new Shares(
                                        "Columns by difference",
                                        List.of(
                                                new Shares.Share("added", 0, Tone.NEUTRAL),
                                                new Shares.Share("gone", 0, Tone.BAD))),
                                new Bars("Rows added, in millions", rowsAdded(), OptionalDouble.empty()))),
                "Read from the AWS Glue Data Catalog and the manifests. The same figures lie beside this page as JSON.");
    }

    private static Bars columns() {
        List<Bars.Bar> bars = new ArrayList<>();
        for (int i = 1; i <= 27; i++) {
            int columns = i == 27 ? 112 : Math.min(100, 31 + 5 * i);
            Tone tone = columns > 100 ? Tone.BAD : columns == 100 ? Tone.WARNING : Tone.NEUTRAL;
            bars.add(new Bars.Bar(name(i), columns, "%d of 100".formatted(columns), tone));
        }
        return new Bars("Columns of each table", bars, OptionalDouble.of(100));
    }

    private static List<Bars.Bar> rowsAdded() {
        return List.of(
                new Bars.Bar("part_ibe_01", 12.5, "12.5 M", Tone.NEUTRAL),
                new Bars.Bar("part_ibe_02", 0.004, "0.004 M", Tone.GOOD),
                new Bars.Bar("part_ibe_03", 0, "0", Tone.WARNING));
    }

    private static Grid tables() {
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (int i = 1; i <= 27; i++) {
            rows.add(List.of(
                    Grid.Cell.of(name(i)),
                    Grid.Cell.of(i % 9 == 0 ? "2025-10-30" : "2025-11-01", i % 9 == 0 ? Tone.WARNING : Tone.GOOD),
                    Grid.Cell.of(123_456_789L * i),
                    i == 5 ? Grid.Cell.of("N/A", Tone.UNKNOWN) : Grid.Cell.of(31 + 3L * i),
                    Grid.Cell.of(i % 13 == 0 ? 2 : 0, i % 13 == 0 ? Tone.BAD : Tone.NEUTRAL),
                    Grid.Cell.of(
                            "s3://lake/split_part/infobase_attributes/%s/".formatted(name(i).toUpperCase(Locale.ROOT))),
                    Grid.Cell.of(i == 2 ? "association acx_part_ibe_02\nrule CUSTOM\nproviders none" : "ready")));
        }
        return new Grid(
                List.of("Table", "Snapshot", "Rows", "Columns", "Columns lost", "Location", "Clean Rooms"), rows, "");
    }

    private static Grid alerts() {
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            Tone tone = TONES[1 + (i - 1) * 4 / 60];
            rows.add(
                    List.of(
                            Grid.Cell.of(tone == Tone.GOOD ? "resolved" : "open", tone),
                            Grid.Cell.of(name(1 + i % 27)),
                            Grid.Cell.of(
                                    i % 2 == 0
                                            ? "column income_estimate_band_%d has gone".formatted(i)
                                            : "the partition snapshot_dt=2025-11-01 is registered and holds no file; run prepare-part-tables, then this report again")));
        }
        return new Grid(List.of("State", "Table", "What"), rows, "No alerts.");
    }

    private static String name(int number) {
        return switch (number) {
            case 3 -> "part_a_table_whose_name_is_" + "so_long_".repeat(20) + "that_it_must_be_cut_somewhere";
            case 4 -> "part_<script>alert('x')</script>";
            case 5 -> "part_miacs_02_a";
            default -> "part_ibe_%02d".formatted(number);
        };
    }
}
