package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether tables show a snapshot that is young enough: one finding for all tables that show the same old one. */
final class FreshnessCheck {
    private final LocalDate today;
    private final int days;

    FreshnessCheck(LocalDate today, int days) {
        this.today = today;
        this.days = days;
    }

    /** How many days old a snapshot is. */
    long age(SnapshotDate snapshot) {
        return ChronoUnit.DAYS.between(snapshot.day(), today);
    }

    boolean isFresh(SnapshotDate snapshot) {
        return age(snapshot) <= days;
    }

    List<Alert> check(List<ObservedTable> tables) {
        Map<S3Uri, Map<SnapshotDate, TreeSet<String>>> old = new TreeMap<>(Comparator.comparing(S3Uri::toString));
        for (ObservedTable table : tables) {
            table.origin().filter(origin -> !isFresh(origin.snapshot())).ifPresent(origin -> old.computeIfAbsent(
                            origin.dataSet(), root -> new TreeMap<>())
                    .computeIfAbsent(origin.snapshot(), snapshot -> new TreeSet<>())
                    .add(table.id().toString()));
        }
        List<Alert> alerts = new ArrayList<>();
        old.forEach((root, bySnapshot) -> bySnapshot.forEach((snapshot, names) -> alerts.add(new Alert(
                Severity.ERROR,
                MonitorCheck.FRESHNESS,
                root.toString(),
                "snapshot %s, which %s show, is %d days old, and %d are allowed"
                        .formatted(snapshot, Names.list(names), age(snapshot), days),
                "see that the producer has delivered a newer snapshot, then run the pipeline that writes there"))));
        return alerts;
    }
}
