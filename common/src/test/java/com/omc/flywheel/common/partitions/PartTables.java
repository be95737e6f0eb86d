package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tables as register-part-tables describes them, and others, for tests. */
public final class PartTables {
    public static final String DATABASE = "omc_flywheel_test";
    private static final CatalogColumn BY_SNAPSHOT = new CatalogColumn("snapshot_dt", "date", "");
    private static final CatalogColumn BY_BUCKET = new CatalogColumn("id_bucket", "int", "");

    private PartTables() {}

    public static TableId id(String folder) {
        return TableId.of(DATABASE, "part_" + folder.toLowerCase(Locale.ROOT));
    }

    /** A table with a partition for each snapshot. */
    public static StoredTable bySnapshot(DataSet dataSet, String folder) {
        return table(id(folder), List.of(BY_SNAPSHOT), dataSet, parameters(PartTable.DESCRIBED_BY, dataSet, folder));
    }

    /** A table with a partition for each id bucket of each snapshot. */
    public static StoredTable byBucket(DataSet dataSet, String folder) {
        return table(
                id(folder),
                List.of(BY_SNAPSHOT, BY_BUCKET),
                dataSet,
                parameters(PartTable.DESCRIBED_BY, dataSet, folder));
    }

    /** The parameters of a table that a job of this program has described. */
    public static Map<String, String> parameters(String job, DataSet dataSet, String folder) {
        return new TableOrigin(
                        job,
                        dataSet.root(),
                        folder,
                        SnapshotDate.parse("2025-11-01"),
                        new RunId("20251102T031500Z-00000001"),
                        "",
                        "0.1.0")
                .parameters();
    }

    public static StoredTable table(
            TableId id, List<CatalogColumn> partitionKeys, DataSet dataSet, Map<String, String> parameters) {
        return new StoredTable(
                id,
                "1",
                StoredTable.EXTERNAL,
                StorageFormat.PARQUET,
                "",
                List.of(new CatalogColumn("customer_user_id", "string", "")),
                partitionKeys,
                dataSet.root() + "IBE_01/",
                Optional.empty(),
                parameters);
    }

    /** The same table with a parameter more. */
    public static StoredTable with(StoredTable table, String name, String value) {
        Map<String, String> parameters = new HashMap<>(table.parameters());
        parameters.put(name, value);
        return new StoredTable(
                table.id(),
                table.version(),
                table.tableType(),
                table.format(),
                table.description(),
                table.columns(),
                table.partitionKeys(),
                table.location(),
                table.buckets(),
                parameters);
    }
}
