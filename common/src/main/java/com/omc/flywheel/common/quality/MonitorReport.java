package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.page.Page;
import com.omc.flywheel.common.quality.OverlapCheck.TableOverlap;
import java.time.Instant;
import java.util.List;

/** What a look at all tables has found, in every form in which somebody reads it: counts and names, never a cell or key. */
public final class MonitorReport {
    private final Instant at;
    private final MonitorOptions options;
    private final List<ObservedDataSet> dataSets;
    private final List<TableInspection> inspections;
    private final FreshnessCheck freshness;
    private final List<TableOverlap> overlaps;
    private final List<Alert> alerts;
    private final List<SuccessCriterion> criteria;

    MonitorReport(
            Instant at,
            MonitorOptions options,
            List<ObservedDataSet> dataSets,
            List<TableInspection> inspections,
            FreshnessCheck freshness,
            List<TableOverlap> overlaps,
            List<Alert> alerts,
            List<SuccessCriterion> criteria) {
        this.at = at;
        this.options = options;
        this.dataSets = List.copyOf(dataSets);
        this.inspections = List.copyOf(inspections);
        this.freshness = freshness;
        this.overlaps = List.copyOf(overlaps);
        this.alerts = List.copyOf(alerts);
        this.criteria = List.copyOf(criteria);
    }

    /** Every finding, the worst first. */
    public List<Alert> alerts() {
        return alerts;
    }

    /** What the run sequence must have reached. */
    public List<SuccessCriterion> criteria() {
        return criteria;
    }

    /** How many findings are of this severity. */
    public long count(Severity severity) {
        return alerts.stream().filter(alert -> alert.severity() == severity).count();
    }

    /** How many tables were looked at. */
    public int tables() {
        return inspections.size();
    }

    /** Everything, for programs. */
    public String json() {
        return new MonitorJson(this).text();
    }

    /** A row for each table, for spreadsheets and for what reads the report that was before this one. */
    public String tablesCsv() {
        return new MonitorCsv(this).text();
    }

    /** For people. */
    public Page page() {
        return new MonitorPage(this).page();
    }

    Instant at() {
        return at;
    }

    MonitorOptions options() {
        return options;
    }

    List<ObservedDataSet> dataSets() {
        return dataSets;
    }

    List<TableInspection> inspections() {
        return inspections;
    }

    FreshnessCheck freshness() {
        return freshness;
    }

    List<TableOverlap> overlaps() {
        return overlaps;
    }

    /** How many findings of a table are of this severity. */
    long count(TableInspection inspection, Severity severity) {
        String subject = inspection.table().id().toString();
        return alerts.stream()
                .filter(alert -> alert.subject().equals(subject) && alert.severity() == severity)
                .count();
    }
}
