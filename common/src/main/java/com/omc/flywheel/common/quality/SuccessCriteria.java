package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.quality.SuccessCriterion.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a run sequence must have reached, line by line, as far as its tables tell. */
final class SuccessCriteria {
    private final MonitorOptions options;
    private final List<TableInspection> inspections;
    private final List<Alert> alerts;
    private final Set<Family> incomplete;
    private final Set<Family> unread;

    private SuccessCriteria(
            MonitorOptions options,
            List<TableInspection> inspections,
            List<Alert> alerts,
            Set<Family> incomplete,
            Set<Family> unread) {
        this.options = options;
        this.inspections = inspections;
        this.alerts = alerts;
        this.incomplete = incomplete;
        this.unread = unread;
    }

    /**
     * All lines, in the order in which the run sequence promises them.
     *
     * @param incomplete the families that lack tables
     * @param unread the families whose tables could not be listed
     */
    static List<SuccessCriterion> of(
            MonitorOptions options,
            List<TableInspection> inspections,
            List<Alert> alerts,
            Set<Family> incomplete,
            Set<Family> unread) {
        SuccessCriteria criteria = new SuccessCriteria(options, inspections, alerts, incomplete, unread);
        return List.of(
                criteria.external(),
                criteria.bucketed(),
                criteria.comments(),
                criteria.permissions(),
                criteria.joins(),
                criteria.fileCounts());
    }

    private SuccessCriterion external() {
        return created(
                "external tables created",
                Family.STAGED,
                table -> table.contract().holds(),
                "meet the schema contract");
    }

    private SuccessCriterion bucketed() {
        return created(
                "bucketed tables created with proper bucketing",
                Family.BUCKETED,
                table -> table.contract().holds()
                        && table.buckets().filter(buckets -> buckets.holds()).isPresent(),
                "have %d buckets by %s with all their files".formatted(options.buckets(), options.key()));
    }

    private SuccessCriterion created(
            String line, Family family, Predicate<TableInspection> isRight, String whatIsRight) {
        List<TableInspection> tables = of(family);
        if (unread.contains(family)) {
            return new SuccessCriterion(line, Outcome.FAIL, "%s could not be listed".formatted(options.of(family)));
        }
        if (tables.isEmpty()) {
            return new SuccessCriterion(line, Outcome.FAIL, "there is no table %s".formatted(options.of(family)));
        }
        List<String> wrong = names(tables, isRight.negate());
        if (incomplete.contains(family)) {
            return new SuccessCriterion(
                    line, Outcome.FAIL, "tables are absent that should be there; see the alerts on registration");
        }
        return wrong.isEmpty()
                ? new SuccessCriterion(line, Outcome.PASS, "all %d tables %s".formatted(tables.size(), whatIsRight))
                : new SuccessCriterion(
                        line,
                        Outcome.FAIL,
                        "%d of %d tables do not: %s".formatted(wrong.size(), tables.size(), Names.list(wrong)));
    }

    private SuccessCriterion comments() {
        String line = "snapshot in the table comments";
        List<String> wrong = names(
                inspections,
                table -> table.origin().filter(origin -> origin.comment()).isEmpty());
        if (inspections.isEmpty()) {
            return new SuccessCriterion(line, Outcome.FAIL, "there are no tables");
        }
        return wrong.isEmpty()
                ? new SuccessCriterion(
                        line, Outcome.PASS, "all %d tables name snapshot and run".formatted(inspections.size()))
                : new SuccessCriterion(
                        line,
                        Outcome.FAIL,
                        "%d of %d tables do not: %s".formatted(wrong.size(), inspections.size(), Names.list(wrong)));
    }

    /** What was not refused here may be refused to Athena, which has grants of its own. */
    private SuccessCriterion permissions() {
        String line = "no permission errors";
        long refused = alerts.stream()
                .filter(alert -> alert.refusal()
                        .filter(kind -> kind == FailureKind.ACCESS_DENIED)
                        .isPresent())
                .count();
        return refused == 0
                ? new SuccessCriterion(
                        line,
                        Outcome.ONLY_ON_AWS,
                        "nothing was refused to this job; IAM and Lake Formation, which grant or refuse to the other jobs and to Athena, are asked on AWS alone")
                : new SuccessCriterion(line, Outcome.FAIL, "%d checks were refused".formatted(refused));
    }

    private SuccessCriterion joins() {
        String line = "joins on buckets";
        List<TableInspection> tables = of(Family.BUCKETED);
        if (tables.isEmpty()) {
            return new SuccessCriterion(line, Outcome.FAIL, "there is no table %s".formatted(options.bucketed()));
        }
        Set<String> placements =
                tables.stream().map(SuccessCriteria::placement).collect(Collectors.toCollection(TreeSet::new));
        List<String> wrong = names(
                tables,
                table -> table.buckets().filter(buckets -> buckets.holds()).isEmpty());
        if (placements.size() > 1 || !wrong.isEmpty()) {
            List<String> reasons = new ArrayList<>();
            if (placements.size() > 1) {
                reasons.add("tables are placed differently: " + Names.list(placements));
            }
            if (!wrong.isEmpty()) {
                reasons.add("buckets of these are not in order: " + Names.list(wrong));
            }
            return new SuccessCriterion(line, Outcome.FAIL, String.join("; ", reasons));
        }
        return new SuccessCriterion(
                line,
                Outcome.PASS,
                "all %d tables are placed alike: %s"
                        .formatted(tables.size(), placements.iterator().next()));
    }

    /** How rows are placed, which two tables must have in common. */
    private static String placement(TableInspection inspection) {
        Optional<Buckets> buckets = inspection.table().stored().buckets();
        String type = buckets.flatMap(placed -> inspection.table().stored().columns().stream()
                        .filter(column -> column.name().equals(placed.column()))
                        .map(CatalogColumn::type)
                        .findFirst())
                .orElse("of no type");
        return buckets.map(placed -> "%d buckets by %s %s".formatted(placed.count(), placed.column(), type))
                .orElse("no buckets");
    }

    private SuccessCriterion fileCounts() {
        String line = "file counts fit the table sizes";
        if (inspections.isEmpty()) {
            return new SuccessCriterion(line, Outcome.FAIL, "there are no tables");
        }
        List<String> unknown = names(inspections, table -> table.sizes().isEmpty());
        List<String> wrong = names(
                inspections,
                table -> table.sizes().filter(sizes -> !sizes.fit()).isPresent());
        List<String> reasons = new ArrayList<>();
        if (!wrong.isEmpty()) {
            reasons.add("too many small files in %s".formatted(Names.list(wrong)));
        }
        if (!unknown.isEmpty()) {
            reasons.add("the files are not known of %s".formatted(Names.list(unknown)));
        }
        return reasons.isEmpty()
                ? new SuccessCriterion(line, Outcome.PASS, "those of all %d tables do".formatted(inspections.size()))
                : new SuccessCriterion(line, Outcome.FAIL, String.join("; ", reasons));
    }

    private List<TableInspection> of(Family family) {
        return inspections.stream()
                .filter(inspection -> inspection.table().family() == family)
                .toList();
    }

    private static List<String> names(List<TableInspection> inspections, Predicate<TableInspection> some) {
        return inspections.stream()
                .filter(some)
                .map(inspection -> inspection.table().id().toString())
                .toList();
    }
}
