package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.partitions.PartitionAudit;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.quality.BucketCheck.BucketCount;
import com.omc.flywheel.common.quality.ContractCheck.Contract;
import com.omc.flywheel.common.quality.NullRateCheck.Earlier;
import com.omc.flywheel.common.quality.OriginCheck.Origin;
import com.omc.flywheel.common.quality.RowCheck.RowCounts;
import com.omc.flywheel.common.quality.SizeCheck.FileSizes;
import com.omc.flywheel.common.quality.TableContents.UnreadFile;
import com.omc.flywheel.common.query.Pause;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.util.List;
import java.util.Optional;

/** Makes every check of one table that needs no Spark, one after the other; several threads may use one. */
final class TableInspector {
    private final ObjectStore store;
    private final DataReading reading;
    private final ContractCheck contract;
    private final OriginCheck origin;
    private final PartitionCheck partitions;
    private final FileCheck files;
    private final BucketCheck buckets;
    private final RowCheck rows;
    private final SizeCheck sizes;
    private final ColumnCheck columns;
    private final NullRateCheck nullRates;

    TableInspector(ObjectStore store, TableCatalog catalog, DataReading reading, Pause pause, MonitorOptions options) {
        NextCommands next = new NextCommands(options);
        String key = options.key().value();
        this.store = store;
        this.reading = reading;
        this.contract = new ContractCheck(key, next);
        this.origin = new OriginCheck(next);
        this.partitions = new PartitionCheck(catalog, pause, next);
        this.files = new FileCheck(next);
        this.buckets = new BucketCheck(new Buckets(key, options.buckets()), next);
        this.rows = new RowCheck(options.rowTolerance(), next);
        this.sizes = new SizeCheck(options.files(), next);
        this.columns = new ColumnCheck(options.maxColumns());
        this.nullRates = new NullRateCheck(options.nullRateDrift());
    }

    /**
     * Inspects a table.
     *
     * @param staged the same table and snapshot in a clustered data set, for one over snapshots
     * @param reports what is known of snapshots that are gone
     */
    TableInspection inspect(ObservedTable table, Optional<TableEntry> staged, EarlierReports reports) {
        Alerts alerts = new Alerts(table.id().toString());
        Contract holds = contract.check(table, alerts);
        ColumnCheck.ColumnCount columnCount = columns.check(table, alerts);
        if (table.origin().isEmpty()) {
            alerts.warning(
                    MonitorCheck.REGISTRATION,
                    "it does not say that this program made it, so nothing but its description is checked",
                    "have %s take it over with --TAKE_OVER true, or rename it"
                            .formatted(table.family().maker()));
            return new TableInspection(
                    table,
                    alerts,
                    holds,
                    columnCount,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        Optional<Optional<PublishedVersion>> version = table.family().hasVersions()
                ? alerts.unlessRefused(MonitorCheck.ORIGIN, () -> PublishedVersion.of(store, table.stored()))
                : Optional.of(Optional.empty());
        Optional<Origin> said = version.map(found -> origin.check(table, found, alerts));
        Files found = table.family().hasVersions()
                ? ofVersion(table, version.flatMap(one -> one), alerts)
                : ofManifest(table, alerts);
        Optional<TableContents> contents = alerts.has(MonitorCheck.FILES)
                        || found.buckets().filter(one -> !one.holds()).isPresent()
                ? Optional.empty()
                : found.sizes().flatMap(list -> contents(list, alerts));
        contents.ifPresent(read -> contract.checkFiles(table, read, alerts));
        Optional<FileSizes> fileSizes = found.sizes()
                .map(list ->
                        sizes.check(table, list.stream().map(FileSize::bytes).toList(), leastFiles(table), alerts));
        Optional<RowCounts> counted = Optional.of(rows.check(table, staged, contents, alerts));
        Optional<NullRates> rates = contents.map(now -> nullRates.check(
                now,
                earlier(table, alerts)
                        .or(() -> table.snapshotRead().flatMap(snapshot -> reports.before(table.id(), snapshot))),
                alerts));
        return new TableInspection(
                table,
                alerts,
                holds,
                columnCount,
                said,
                version.flatMap(one -> one),
                found.partitions(),
                found.buckets(),
                fileSizes,
                counted,
                rates,
                contents,
                Optional.empty());
    }

    /** The files that readers of the newest snapshot find. */
    private record Files(
            Optional<List<FileSize>> sizes, Optional<PartitionAudit> partitions, Optional<BucketCount> buckets) {}

    private Files ofVersion(ObservedTable table, Optional<PublishedVersion> version, Alerts alerts) {
        Optional<List<StoredObject>> objects =
                version.flatMap(at -> alerts.unlessRefused(MonitorCheck.BUCKETS, () -> store.list(at.location())));
        if (objects.isEmpty()) {
            return new Files(Optional.empty(), Optional.empty(), Optional.empty());
        }
        BucketCount count = buckets.check(table, version.get(), objects.get(), alerts);
        List<FileSize> seen = objects.get().stream()
                .filter(object ->
                        Visibility.seenByReaders(version.get().location().relativize(object.uri()), object.bytes()))
                .map(FileSize::of)
                .toList();
        return new Files(Optional.of(seen), Optional.empty(), Optional.of(count));
    }

    private Files ofManifest(ObservedTable table, Alerts alerts) {
        Optional<ObservedDataSet> source =
                table.source().filter(one -> one.status().isPresent());
        Optional<TableEntry> entry = table.entry();
        if (source.isEmpty() || entry.isEmpty()) {
            return new Files(Optional.empty(), Optional.empty(), Optional.empty());
        }
        files.check(source.get(), table.folder(), alerts);
        Optional<PartitionAudit> audit = table.family() == Family.PARTITIONED
                ? alerts.unlessRefused(MonitorCheck.PARTITIONS, () -> objectsOf(table, source.get()))
                        .flatMap(objects -> partitions.check(table, objects, alerts))
                : Optional.empty();
        return new Files(Optional.of(filesOf(source.get(), entry.get())), audit, Optional.empty());
    }

    private List<StoredObject> objectsOf(ObservedTable table, ObservedDataSet source) {
        Manifest newest = source.published().get(0);
        return store.list(source.dataSet().root().resolve(newest.layout().tableFolder(table.folder())));
    }

    private static List<FileSize> filesOf(ObservedDataSet source, TableEntry entry) {
        return entry.files().stream()
                .map((FileEntry file) -> new FileSize(source.dataSet().root().resolve(file.key()), file.bytes()))
                .toList();
    }

    /** What the footers tell; empty, and an alert, when one of them cannot be read. */
    private Optional<TableContents> contents(List<FileSize> wanted, Alerts alerts) {
        TableContents contents = reading.contents(wanted);
        if (contents.isComplete()) {
            return Optional.of(contents);
        }
        UnreadFile first = contents.unread().get(0);
        alerts.unreadable(contents.unread().size(), contents.files(), first);
        return Optional.empty();
    }

    /** The snapshot before that readers of the table find, by its files. */
    private Optional<Earlier> earlier(ObservedTable table, Alerts alerts) {
        if (table.family() != Family.PARTITIONED) {
            return Optional.empty();
        }
        ObservedDataSet source = table.source().orElseThrow();
        return source.entries(table.folder()).stream().skip(1).findFirst().flatMap(before -> alerts.unlessRefused(
                        MonitorCheck.NULL_RATES, () -> complete(reading.contents(filesOf(source, before))))
                .map(contents -> new Earlier(before.snapshotDt(), contents)));
    }

    private static TableContents complete(TableContents contents) {
        if (!contents.isComplete()) {
            UnreadFile first = contents.unread().get(0);
            throw new JobFailure(
                    first.kind(),
                    "%d files of the snapshot before cannot be read: %s"
                            .formatted(contents.unread().size(), first.problem()));
        }
        return contents;
    }

    /** Rows of two buckets share no file where a bucket is one, or a folder. */
    private static int leastFiles(ObservedTable table) {
        if (table.family() == Family.BUCKETED) {
            return table.stored().buckets().map(Buckets::count).orElse(1);
        }
        return table.family() == Family.PARTITIONED
                ? table.entry()
                        .map(TableEntry::bucketing)
                        .filter(placed -> placed.hash().equals(Bucketing.XXHASH64))
                        .map(Bucketing::count)
                        .orElse(1)
                : 1;
    }
}
