package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetStatus;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseStatus;
import com.omc.flywheel.common.publish.DataSetStatus.Leftovers;
import com.omc.flywheel.common.publish.DataSetStatus.RunStatus;
import com.omc.flywheel.common.publish.DataSetStatus.TableFiles;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Source;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.quality.MonitorOptions.SmallFiles;
import com.omc.flywheel.common.quality.MonitorOptions.Tables;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tables and data sets as the checks look at them, in order until a test changes something. */
final class Observed {
    static final S3Uri ROOT = S3Uri.parse("s3://lake/split_cluster/infobase_attributes/");
    static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    static final RunId RUN = new RunId("20251102T000000Z-0000000a");
    static final RunId LATER = new RunId("20251103T000000Z-0000000b");
    static final RunId COPY = new RunId("20251104T000000Z-0000000c");
    static final List<CatalogColumn> COLUMNS =
            List.of(new CatalogColumn("customer_user_id", "string", ""), new CatalogColumn("ibe1802", "int", ""));

    private Observed() {}

    static MonitorOptions options() {
        return new MonitorOptions(
                new Tables(new CatalogName("lake"), new TablePrefix("ext_")),
                new Tables(new CatalogName("lake"), new TablePrefix("bucketed_")),
                new Tables(new CatalogName("lake"), new TablePrefix("part_")),
                List.of(),
                new ColumnName("customer_user_id"),
                8,
                45,
                Percent.parse("0"),
                Percent.parse("10"),
                new SmallFiles(DataSize.parse("32"), Percent.parse("50")),
                100,
                KeyChecks.SCAN,
                4);
    }

    static NextCommands next() {
        return new NextCommands(options());
    }

    static TableEntry entry(RunId run, long rows) {
        return new TableEntry(
                "IBE_01",
                "IBE_01/",
                run,
                NOVEMBER,
                COLUMNS.stream()
                        .map(column -> new ColumnEntry(column.name(), column.type(), ""))
                        .toList(),
                List.of(),
                "",
                rows,
                0,
                0,
                new Bucketing("customer_user_id", 8, Bucketing.HIVE_V1),
                new Written(400, ""),
                List.of(new FileEntry("IBE_01/a.parquet", 100, rows, "", 0, 7)),
                new Source("s3://lake/in/snapshot_dt=2025-11-01/", "f", 1, 1, List.of()),
                "",
                "1.0");
    }

    static DataSetStatus status(LeaseStatus lease, List<RunStatus> runs, TableFiles files, TableEntry... entries) {
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                "infobase-split-and-bucket",
                Layout.CLUSTERED,
                NOVEMBER,
                RUN,
                Instant.EPOCH,
                List.of(entries),
                List.of());
        return new DataSetStatus(
                ROOT,
                Instant.EPOCH,
                true,
                false,
                List.of(manifest),
                lease,
                runs,
                files,
                new Leftovers(List.of(), List.of()),
                List.of());
    }

    static DataSetStatus status(TableEntry... entries) {
        return status(free(), List.of(), new TableFiles(List.of(), List.of(), List.of()), entries);
    }

    static LeaseStatus free() {
        return new LeaseStatus(LeaseState.FREE, Optional.empty());
    }

    static ObservedDataSet dataSet(DataSetStatus status) {
        return new ObservedDataSet(new DataSet(ROOT), Optional.of(status));
    }

    /** A table that describes, or is a copy of, the files of a run. */
    static StoredTable stored(Family family, RunId source) {
        String prefix = options().of(family).prefix().value();
        RunId own = family.hasVersions() ? COPY : source;
        TableOrigin origin = new TableOrigin(family.maker(), ROOT, "IBE_01", NOVEMBER, own, "", "1.0");
        Map<String, String> parameters = new TreeMap<>(origin.parameters());
        if (family.hasVersions()) {
            parameters.put("flywheel.source_run", source.value());
            parameters.put("flywheel.rows", "1000");
        }
        return new StoredTable(
                TableId.of("lake", prefix + "ibe_01"),
                "1",
                StoredTable.EXTERNAL,
                StorageFormat.PARQUET,
                origin.comment(),
                COLUMNS,
                List.of(),
                family.hasVersions() ? "s3://lake/bucketed/bucketed_ibe_01/run=%s/".formatted(COPY) : ROOT + "IBE_01/",
                family == Family.BUCKETED ? Optional.of(new Buckets("customer_user_id", 8)) : Optional.empty(),
                parameters);
    }

    static ObservedTable table(Family family, StoredTable stored, DataSetStatus status) {
        return new ObservedTable(stored, family, TableOrigin.of(stored), Optional.of(dataSet(status)));
    }

    static ObservedTable table(Family family) {
        return table(family, stored(family, RUN), status(entry(RUN, 1_000)));
    }

    /** A table of which nothing was found but that it is described as it should be. */
    static TableInspection inspection(ObservedTable table) {
        return inspection(table, Optional.empty());
    }

    /** The same with the nulls of its columns. */
    static TableInspection inspection(ObservedTable table, Optional<NullRates> rates) {
        return new TableInspection(
                table,
                new Alerts(table.id().toString()),
                new ContractCheck.Contract(true, true),
                new ColumnCheck.ColumnCount(2, 0, true),
                Optional.of(new OriginCheck.Origin(true, true)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                rates,
                Optional.empty(),
                Optional.empty());
    }

    static MonitorReport report(List<Alert> alerts, TableInspection... inspections) {
        return new MonitorReport(
                Instant.EPOCH,
                options(),
                List.of(),
                List.of(inspections),
                new FreshnessCheck(NOVEMBER.day(), 45),
                List.of(),
                alerts,
                SuccessCriteria.of(options(), List.of(inspections), alerts, Set.of(), Set.of()));
    }

    static Alerts alerts() {
        return new Alerts("lake.ext_ibe_01");
    }

    /** What the footers of one file tell, without its columns. */
    static TableContents contents(long rows) {
        return new TableContents(
                List.of(new TableContents.FileRows(new FileSize(ROOT.file("a.parquet"), 100), rows)),
                List.of(),
                Map.of());
    }
}
