package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.parallel.TablesInParallel;
import com.omc.flywheel.common.progress.Progress;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetStatus;
import com.omc.flywheel.common.publish.DataSets;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.quality.MonitorOptions.Tables;
import com.omc.flywheel.common.quality.OverlapCheck.TableOverlap;
import com.omc.flywheel.common.quality.RegistrationCheck.Registered;
import com.omc.flywheel.common.query.Pause;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks at every table of the pipelines and at the data sets that they come from, and says what is not as it should be. It
 * takes no lease and changes nothing. What cannot be read is a finding; the rest is looked at all the same.
 */
public final class DataMonitor {
    /** Each of them reads footers several at a time. */
    private static final int TABLES_AT_A_TIME = 4;
    /** What the names of the tables end with that AWS Entity Resolution reads, whoever made them. */
    private static final String ID_TABLES = "_er";
    /** Findings that a run at work may bring about, and take back by its end. */
    private static final Set<MonitorCheck> PASSING = EnumSet.of(
            MonitorCheck.REGISTRATION,
            MonitorCheck.CONTRACT,
            MonitorCheck.ORIGIN,
            MonitorCheck.PARTITIONS,
            MonitorCheck.FILES,
            MonitorCheck.BUCKETS,
            MonitorCheck.ROWS,
            MonitorCheck.KEYS);

    private final ObjectStore store;
    private final TableCatalog catalog;
    private final DataReading reading;
    private final Clock clock;
    private final Progress progress;
    private final MonitorOptions options;
    private final Supplier<List<S3Uri>> reports;
    private final TableInspector inspector;

    DataMonitor(
            ObjectStore store,
            TableCatalog catalog,
            DataReading reading,
            Clock clock,
            Progress progress,
            Pause pause,
            MonitorOptions options,
            Supplier<List<S3Uri>> reports) {
        this.store = store;
        this.catalog = catalog;
        this.reading = reading;
        this.clock = clock;
        this.progress = progress;
        this.options = options;
        this.reports = reports;
        this.inspector = new TableInspector(store, catalog, reading, pause, options);
    }

    /**
     * A monitor of Parquet tables; Spark starts when keys are to be scanned, and not before.
     *
     * @param reports the JSON files of earlier reports, the newest first
     */
    public static DataMonitor of(JobContext context, MonitorOptions options, Supplier<List<S3Uri>> reports) {
        DataReading reading = DataReading.ofParquet(
                context.footers(),
                context::spark,
                options.key().value(),
                Math.max(1, options.parallelism() / TABLES_AT_A_TIME));
        return new DataMonitor(
                context.store(),
                context.catalog(),
                reading,
                context.clock(),
                context.progress(),
                Pause.sleeping(),
                options,
                reports);
    }

    /** Looks at everything once. */
    public MonitorReport look() {
        Instant at = clock.instant();
        List<Alert> alerts = new ArrayList<>();
        Set<Family> unread = EnumSet.noneOf(Family.class);
        List<StoredTable> stored = tables(alerts, unread);
        Map<S3Uri, ObservedDataSet> dataSets = dataSets(stored, alerts);
        List<ObservedTable> tables =
                stored.stream().map(table -> observed(table, dataSets)).toList();
        List<TableInspection> inspections =
                inKeys(inspect(tables, dataSets.values(), EarlierReports.read(store, reports, alerts)));
        Alerts shared = new Alerts(options.key().value());
        List<TableOverlap> overlaps = new OverlapCheck(reading).check(inspections, shared);
        FreshnessCheck freshness = new FreshnessCheck(LocalDate.ofInstant(at, ZoneOffset.UTC), options.freshnessDays());
        alerts.addAll(shared.all());
        alerts.addAll(freshness.check(tables));
        Registered registered = new RegistrationCheck(options).check(dataSets.values(), tables, unread);
        alerts.addAll(registered.alerts());
        alerts.addAll(foreign(dataSets.values(), tables));
        inspections.forEach(inspection -> alerts.addAll(inspection.alerts().all()));
        List<Alert> sorted =
                new Passing(tables, dataSets).settle(alerts).stream().sorted().toList();
        return new MonitorReport(
                at,
                options,
                List.copyOf(dataSets.values()),
                inspections,
                freshness,
                overlaps,
                sorted,
                SuccessCriteria.of(options, inspections, sorted, registered.incomplete(), unread));
    }

    private List<StoredTable> tables(List<Alert> alerts, Set<Family> unread) {
        Map<String, StoredTable> found = new TreeMap<>();
        for (Family family : List.of(Family.STAGED, Family.BUCKETED, Family.PARTITIONED)) {
            Tables where = options.of(family);
            Alerts own = new Alerts(where.toString());
            Optional<List<StoredTable>> listed =
                    own.unlessRefused(MonitorCheck.REGISTRATION, () -> catalog.list(where.database(), where.prefix()));
            if (listed.isEmpty()) {
                unread.add(family);
            }
            listed.ifPresent(list -> list.forEach(table -> found.put(table.id().toString(), table)));
            alerts.addAll(own.all());
        }
        return List.copyOf(found.values());
    }

    private Map<S3Uri, ObservedDataSet> dataSets(List<StoredTable> tables, List<Alert> alerts) {
        Set<S3Uri> roots = new TreeSet<>(Comparator.comparing(S3Uri::toString));
        Set<S3Uri> bases = new TreeSet<>(Comparator.comparing(S3Uri::toString));
        for (StoredTable table : tables) {
            TableOrigin.of(table).ifPresent(origin -> roots.add(origin.dataSet().asFolder()));
            if (familyOf(table).hasVersions()) {
                PublishedVersion.baseOf(table).ifPresent(bases::add);
            }
        }
        for (S3Uri named : options.roots()) {
            Alerts own = new Alerts(named.toString());
            own.unlessRefused(MonitorCheck.DATA_SET, () -> DataSets.under(store, named))
                    .ifPresent(found -> {
                        if (found.isEmpty()) {
                            own.error(
                                    MonitorCheck.DATA_SET,
                                    "--S3_ROOTS names it, and it neither is nor holds a data set",
                                    "check the path, or run the job that writes it");
                        }
                        found.forEach(dataSet -> roots.add(dataSet.root()));
                    });
            alerts.addAll(own.all());
        }
        Map<S3Uri, ObservedDataSet> read = new TreeMap<>(Comparator.comparing(S3Uri::toString));
        Set<S3Uri> all = new TreeSet<>(Comparator.comparing(S3Uri::toString));
        all.addAll(roots);
        all.addAll(bases);
        for (S3Uri root : all) {
            Alerts own = new Alerts(root.toString());
            Optional<DataSetStatus> status =
                    own.unlessRefused(MonitorCheck.DATA_SET, () -> DataSetStatus.read(store, new DataSet(root)));
            Map<RunId, List<String>> versions = bases.contains(root)
                    ? own.unlessRefused(MonitorCheck.DATA_SET, () -> PublishedVersion.unfinished(store, root))
                            .orElse(Map.of())
                    : Map.of();
            status.ifPresent(found -> DataSetCheck.check(found, versions, own));
            read.put(root, new ObservedDataSet(new DataSet(root), status));
            alerts.addAll(own.all());
        }
        return read;
    }

    private Family familyOf(StoredTable table) {
        return TableOrigin.jobOf(table).flatMap(Family::madeBy).orElseGet(() -> Stream.of(
                        Family.BUCKETED, Family.PARTITIONED, Family.STAGED)
                .filter(family ->
                        options.of(family).database().equals(table.id().database())
                                && options.of(family)
                                        .prefix()
                                        .without(table.id().table())
                                        .isPresent())
                .findFirst()
                .map(family -> family == Family.PARTITIONED
                                && table.id().table().value().endsWith(ID_TABLES)
                        ? Family.ID_TABLE
                        : family)
                .orElse(Family.STAGED));
    }

    private ObservedTable observed(StoredTable table, Map<S3Uri, ObservedDataSet> dataSets) {
        Optional<TableOrigin> origin =
                TableOrigin.of(table).filter(said -> Family.madeBy(said.job()).isPresent());
        return new ObservedTable(
                table,
                familyOf(table),
                origin,
                origin.map(said -> dataSets.get(said.dataSet().asFolder())));
    }

    private List<TableInspection> inspect(
            List<ObservedTable> tables, Collection<ObservedDataSet> dataSets, EarlierReports earlier) {
        progress.phase("looking at the files of %d tables".formatted(tables.size()), tables.size());
        return new TablesInParallel(Math.min(TABLES_AT_A_TIME, options.parallelism()), "nothing is reported")
                .run(tables, table -> table.id().toString(), table -> {
                    TableInspection inspection = inspector.inspect(table, staged(table, tables, dataSets), earlier);
                    progress.step(table.id().toString());
                    return inspection;
                });
    }

    /** The same table and snapshot in a clustered data set, which another run has written. */
    private static Optional<TableEntry> staged(
            ObservedTable table, List<ObservedTable> tables, Collection<ObservedDataSet> dataSets) {
        if (table.family() != Family.PARTITIONED || table.entry().isEmpty()) {
            return Optional.empty();
        }
        Set<String> described = new TreeSet<>();
        tables.stream().filter(other -> other.family() == Family.STAGED).forEach(other -> other.source()
                .ifPresent(source -> described.add(source.dataSet().root().toString())));
        return dataSets.stream()
                .filter(dataSet -> !dataSet.isPartitioned()
                        && described.contains(dataSet.dataSet().root().toString()))
                .flatMap(dataSet ->
                        dataSet.entry(table.folder(), table.entry().get().snapshotDt()).stream())
                .findFirst();
    }

    /** One table after the other, since Spark spreads each over all cores. */
    private List<TableInspection> inKeys(List<TableInspection> inspections) {
        KeyCheck check = new KeyCheck(reading, options.keys(), new NextCommands(options));
        progress.phase("looking at the keys of %d tables".formatted(inspections.size()), inspections.size());
        List<TableInspection> checked = new ArrayList<>();
        for (TableInspection inspection : inspections) {
            checked.add(
                    inspection.withKeys(check.check(inspection.table(), inspection.contents(), inspection.alerts())));
            progress.step(inspection.table().id().toString());
        }
        return List.copyOf(checked);
    }

    /** Files that readers would see if a table had them, and none has. */
    private static List<Alert> foreign(Collection<ObservedDataSet> dataSets, List<ObservedTable> tables) {
        List<Alert> alerts = new ArrayList<>();
        for (ObservedDataSet dataSet : dataSets) {
            Set<String> described = new TreeSet<>();
            tables.stream()
                    .filter(table -> !table.family().hasVersions())
                    .filter(table -> table.source().filter(dataSet::equals).isPresent())
                    .forEach(table -> described.add(table.folder()));
            Alerts own = new Alerts(dataSet.dataSet().root().toString());
            dataSet.status().ifPresent(status -> FileCheck.others(dataSet, status, described, own));
            alerts.addAll(own.all());
        }
        return alerts;
    }

    /** What is found while a run is at work may be over when it has ended. */
    private final class Passing {
        private final Map<S3Uri, ObservedDataSet> dataSets;
        private final Map<String, Set<S3Uri>> rootsBySubject = new HashMap<>();
        private final Map<S3Uri, Optional<String>> writers = new HashMap<>();

        Passing(List<ObservedTable> tables, Map<S3Uri, ObservedDataSet> dataSets) {
            this.dataSets = dataSets;
            dataSets.keySet().forEach(root -> rootsBySubject.put(root.toString(), Set.of(root)));
            Set<S3Uri> copies = new TreeSet<>(Comparator.comparing(S3Uri::toString));
            rootsBySubject.put(options.bucketed().toString(), copies);
            for (ObservedTable table : tables) {
                Set<S3Uri> roots = new TreeSet<>(Comparator.comparing(S3Uri::toString));
                table.source().ifPresent(source -> roots.add(source.dataSet().root()));
                if (table.family().hasVersions()) {
                    PublishedVersion.baseOf(table.stored()).ifPresent(roots::add);
                }
                if (table.family() == Family.BUCKETED) {
                    PublishedVersion.baseOf(table.stored()).ifPresent(copies::add);
                }
                rootsBySubject.put(table.id().toString(), roots);
            }
        }

        List<Alert> settle(List<Alert> alerts) {
            return alerts.stream().map(this::settle).toList();
        }

        private Alert settle(Alert alert) {
            if (alert.severity() != Severity.ERROR
                    || !PASSING.contains(alert.check())
                    || alert.refusal()
                            .filter(kind -> kind == FailureKind.ACCESS_DENIED)
                            .isPresent()) {
                return alert;
            }
            return rootsBySubject.getOrDefault(alert.subject(), Set.of()).stream()
                    .flatMap(root -> writers.computeIfAbsent(root, this::writer).stream())
                    .findFirst()
                    .map(writer -> new Alert(
                            Severity.WARNING,
                            alert.check(),
                            alert.subject(),
                            "%s; but %s, so this may be passing".formatted(alert.cause(), writer),
                            "look again when that run has ended; if it stays: " + alert.next(),
                            alert.refusal()))
                    .orElse(alert);
        }

        /** By a second look: a run may have begun, or ended, since the first. */
        private Optional<String> writer(S3Uri root) {
            ObservedDataSet first = dataSets.get(root);
            if (first == null || first.status().isEmpty()) {
                return Optional.empty();
            }
            return first.writer().or(() -> second(first));
        }

        private Optional<String> second(ObservedDataSet first) {
            try {
                ObservedDataSet second =
                        new ObservedDataSet(first.dataSet(), Optional.of(DataSetStatus.read(store, first.dataSet())));
                return second.writer()
                        .or(() -> ids(first).equals(ids(second))
                                ? Optional.empty()
                                : Optional.of("a run has published in %s meanwhile"
                                        .formatted(first.dataSet().root())));
            } catch (JobFailure unread) {
                return Optional.empty();
            }
        }

        private List<RunId> ids(ObservedDataSet dataSet) {
            Function<Manifest, RunId> run = Manifest::runId;
            return dataSet.published().stream().map(run).toList();
        }
    }
}
