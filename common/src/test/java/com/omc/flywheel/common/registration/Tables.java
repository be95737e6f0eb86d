package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Source;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables as splits leave them and as catalogs have them, for tests. A column is written {@code name type comment}. */
final class Tables {
    static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    static final SnapshotDate DECEMBER = SnapshotDate.parse("2025-12-01");
    static final String KEY = "customer_user_id string the key";

    private static final int FILE_BYTES = 5;

    private Tables() {}

    /** The run that wrote a snapshot. */
    static RunId runOf(SnapshotDate snapshot) {
        return new RunId("%sT031500Z-00000001".formatted(snapshot.toString().replace("-", "")));
    }

    /** A table of one snapshot in a folder, one file of 21 rows. */
    static TableEntry clustered(String folder, SnapshotDate snapshot, String... columns) {
        Bucketing bucketing = new Bucketing("customer_user_id", 256, Bucketing.HIVE_V1);
        return table(folder, Layout.CLUSTERED, snapshot, bucketing, columns);
    }

    /** A snapshot of a table, without id buckets. */
    static TableEntry part(String folder, SnapshotDate snapshot, String... columns) {
        Bucketing bucketing = new Bucketing("customer_user_id", 256, Bucketing.HIVE_V1);
        return table(folder, Layout.PARTITIONED, snapshot, bucketing, columns);
    }

    /** A snapshot of a table that is a data set of its own. */
    static TableEntry rootPart(String folder, SnapshotDate snapshot, String... columns) {
        Bucketing bucketing = new Bucketing("customer_user_id", 256, Bucketing.HIVE_V1);
        return table(folder, Layout.PARTITIONED_ROOT, snapshot, bucketing, columns);
    }

    /** A snapshot of a table with so many id buckets. */
    static TableEntry bucketedPart(String folder, SnapshotDate snapshot, int idBuckets, String... columns) {
        Bucketing bucketing = new Bucketing("customer_user_id", idBuckets, Bucketing.XXHASH64);
        return table(folder, Layout.PARTITIONED, snapshot, bucketing, columns);
    }

    private static TableEntry table(
            String folder, Layout layout, SnapshotDate snapshot, Bucketing bucketing, String... columns) {
        List<ColumnEntry> keys = new ArrayList<>();
        if (layout.isPartitioned()) {
            keys.add(new ColumnEntry("snapshot_dt", "date", ""));
        }
        String bucket = "";
        if (bucketing.hash().equals(Bucketing.XXHASH64)) {
            keys.add(new ColumnEntry("id_bucket", "int", ""));
            bucket = "id_bucket=0/";
        }
        String location = layout.documented(folder, snapshot);
        RunId run = runOf(snapshot);
        String key = "%s%s00000-%s.snappy.parquet".formatted(location, bucket, run);
        return new TableEntry(
                folder,
                location,
                run,
                snapshot,
                columns(columns),
                keys,
                "",
                21,
                0,
                0,
                bucketing,
                new Written(268_435_456, ""),
                List.of(new FileEntry(key, FILE_BYTES, 21, "", 0, 255)),
                new Source("s3://lake/in/" + snapshot.folderName() + "/", "5d41402abc4b2a76", 4, 4096, List.of()),
                "9f86d081884c7d65",
                "0.1.0");
    }

    private static List<ColumnEntry> columns(String... columns) {
        return Arrays.stream(columns)
                .map(column -> column.split(" ", 3))
                .map(parts -> new ColumnEntry(parts[0], parts[1], parts.length > 2 ? parts[2] : ""))
                .toList();
    }

    /** What is finished of a snapshot of a data set. */
    static Manifest manifest(Layout layout, TableEntry... tables) {
        TableEntry first = tables[0];
        return new Manifest(
                Manifest.FORMAT_VERSION,
                "a-split",
                layout,
                first.snapshotDt(),
                first.runId(),
                Instant.parse("2025-12-02T03:20:00Z"),
                List.of(tables),
                List.of());
    }

    /** A table as the catalog has it after it was given this definition. */
    static StoredTable stored(TableId id, TableDefinition definition) {
        return new StoredTable(
                id,
                "1",
                StoredTable.EXTERNAL,
                StorageFormat.PARQUET,
                definition.description(),
                definition.columns(),
                definition.partitionKeys(),
                definition.location().toString(),
                definition.buckets(),
                definition.parameters());
    }

    /** A table that this program knows nothing of. */
    static StoredTable foreign(TableId id, List<CatalogColumn> columns, List<CatalogColumn> partitionKeys) {
        return stored(
                id,
                new TableDefinition(
                        "Bucketed table",
                        columns,
                        partitionKeys,
                        S3Uri.parse("s3://lake/elsewhere/"),
                        Optional.empty(),
                        Map.of("team", "analytics")));
    }

    static List<String> names(List<CatalogColumn> columns) {
        return columns.stream().map(CatalogColumn::name).toList();
    }
}
