package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether every table that is published has one in the catalog, and every external table a bucketed copy. */
final class RegistrationCheck {
    private final MonitorOptions options;
    private final NextCommands next;

    RegistrationCheck(MonitorOptions options) {
        this.options = options;
        this.next = new NextCommands(options);
    }

    /**
     * What was found.
     *
     * @param incomplete the families that lack tables
     */
    record Registered(List<Alert> alerts, Set<Family> incomplete) {}

    /**
     * Checks all tables together.
     *
     * @param unread the families whose tables could not be listed
     */
    Registered check(Collection<ObservedDataSet> dataSets, List<ObservedTable> tables, Set<Family> unread) {
        List<Alert> alerts = new ArrayList<>();
        Set<Family> incomplete = EnumSet.noneOf(Family.class);
        Set<Family> families = tables.stream().map(ObservedTable::family).collect(Collectors.toSet());
        for (Family family : List.of(Family.STAGED, Family.BUCKETED, Family.PARTITIONED)) {
            if (!families.contains(family) && !unread.contains(family)) {
                alerts.add(none(family, families.isEmpty()));
                incomplete.add(family);
            }
        }
        for (ObservedDataSet dataSet : dataSets) {
            Family family = dataSet.isPartitioned() ? Family.PARTITIONED : Family.STAGED;
            if (families.contains(family)) {
                published(dataSet, family, tables).ifPresent(alert -> {
                    alerts.add(alert);
                    incomplete.add(family);
                });
            }
        }
        if (families.contains(Family.BUCKETED) && families.contains(Family.STAGED)) {
            copies(tables).ifPresent(alert -> {
                alerts.add(alert);
                incomplete.add(Family.BUCKETED);
            });
        }
        return new Registered(alerts, incomplete);
    }

    private Alert none(Family family, boolean isNothingThere) {
        String command = family == Family.BUCKETED
                ? next.copy(Optional.empty())
                : "run %s for the database %s"
                        .formatted(family.maker(), options.of(family).database());
        return new Alert(
                isNothingThere ? Severity.ERROR : Severity.WARNING,
                MonitorCheck.REGISTRATION,
                options.of(family).toString(),
                "there is no such table",
                command + ", or check the arguments that name database and prefix");
    }

    private Optional<Alert> published(ObservedDataSet dataSet, Family family, List<ObservedTable> tables) {
        Set<String> described = tables.stream()
                .filter(table -> table.family() == family)
                .filter(table -> table.source().filter(dataSet::equals).isPresent())
                .map(ObservedTable::folder)
                .collect(Collectors.toSet());
        Set<String> absent = dataSet.published().stream()
                .flatMap(manifest -> manifest.tables().stream())
                .map(TableEntry::folder)
                .filter(folder -> !described.contains(folder))
                .collect(Collectors.toCollection(TreeSet::new));
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(new Alert(
                        Severity.ERROR,
                        MonitorCheck.REGISTRATION,
                        dataSet.dataSet().root().toString(),
                        "%d published tables are not among %s: %s"
                                .formatted(absent.size(), options.of(family), Names.list(absent)),
                        family == Family.PARTITIONED
                                ? "%s, then %s"
                                        .formatted(
                                                next.registerPartitioned(
                                                        dataSet.dataSet().root()),
                                                next.preparePartitions())
                                : next.registerStaged(dataSet.dataSet().root())));
    }

    private Optional<Alert> copies(List<ObservedTable> tables) {
        Set<String> copied = names(tables, Family.BUCKETED);
        Set<String> absent = new TreeSet<>(names(tables, Family.STAGED));
        absent.removeAll(copied);
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(new Alert(
                        Severity.ERROR,
                        MonitorCheck.REGISTRATION,
                        options.bucketed().toString(),
                        "%d external tables have no bucketed copy: %s".formatted(absent.size(), Names.list(absent)),
                        next.copy(tables.stream()
                                .filter(table -> table.family() == Family.BUCKETED)
                                .flatMap(table -> PublishedVersion.baseOf(table.stored()).stream())
                                .findFirst())));
    }

    private Set<String> names(List<ObservedTable> tables, Family family) {
        return tables.stream()
                .filter(table -> table.family() == family)
                .flatMap(table -> options.of(family).prefix().without(table.id().table()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
