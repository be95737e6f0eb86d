package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.query.CreateTableAs;
import com.omc.flywheel.common.query.SelectedColumn;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table that is to hold the rows of another one: all of them, or of a source with a partition for each snapshot those of
 * one.
 *
 * @param table what readers query
 * @param source the table that it is read from, as it was when this was decided
 * @param origin where the rows come from; its snapshot is the one that is read of a source that has several
 * @param columns where each column is read from
 * @param described the same columns as the catalog is to describe them
 * @param buckets how rows are placed, if they are
 * @param rows as many as there are by the manifest
 */
public record WantedTable(
        TableId table,
        StoredTable source,
        TableOrigin origin,
        List<SelectedColumn> columns,
        List<CatalogColumn> described,
        Optional<Buckets> buckets,
        long rows) {
    static final String SOURCE_RUN = "flywheel.source_run";
    static final String ROWS = "flywheel.rows";
    private static final String KEY = "flywheel.key";
    private static final String KEY_TYPE = "flywheel.key_type";

    public WantedTable {
        columns = List.copyOf(columns);
        described = List.copyOf(described);
        List<String> selected =
                columns.stream().map(column -> column.name().value()).toList();
        if (!selected.equals(described.stream().map(CatalogColumn::name).toList())) {
            throw new IllegalArgumentException("%s: the columns %s are not the ones that are described"
                    .formatted(table, String.join(", ", selected)));
        }
        if (buckets.isPresent() && !selected.contains(buckets.get().column())) {
            throw new IllegalArgumentException("%s has no column %s to place rows by"
                    .formatted(table, buckets.get().column()));
        }
    }

    /** A table with all columns of its source, under their own names. */
    public static WantedTable copyOf(
            TableId table, StoredTable source, TableOrigin origin, Optional<Buckets> buckets, long rows) {
        List<SelectedColumn> all = source.columns().stream()
                .map(column -> SelectedColumn.of(new ColumnName(column.name())))
                .toList();
        return new WantedTable(table, source, origin, all, source.columns(), buckets, rows);
    }

    /**
     * What one run asks an engine for: the version of the table that it would build.
     *
     * @param options how versions are built
     * @param run whose version it is
     */
    public CreateTableAs statement(VersionOptions options, RunId run) {
        VersionRecord version = VersionRecord.building(options.job(), run, options.engine(), table);
        return statement(version.temporary(), options.base().resolve(version.location()));
    }

    CreateTableAs statement(TableId temporary, S3Uri location) {
        boolean bySnapshot =
                source.partitionKeys().stream().anyMatch(key -> key.name().equals(SnapshotDate.COLUMN));
        return new CreateTableAs(
                temporary,
                location,
                source.id(),
                columns,
                buckets,
                bySnapshot ? Optional.of(origin.snapshot()) : Optional.empty());
    }

    /** What the catalog is to say of a version. */
    TableDefinition definition(String job, RunId run, String jarVersion, S3Uri location) {
        TableOrigin own = new TableOrigin(
                job, origin.dataSet(), origin.folder(), origin.snapshot(), run, origin.mappingSha256(), jarVersion);
        Map<String, String> parameters = new TreeMap<>(own.parameters());
        parameters.put(SOURCE_RUN, origin.run().value());
        parameters.put(ROWS, Long.toString(rows));
        buckets.ifPresent(placed -> {
            parameters.put(KEY, placed.column());
            parameters.put(KEY_TYPE, types().get(placed.column()));
        });
        return new TableDefinition(own.comment(), described, List.of(), location, buckets, parameters);
    }

    /** True when a table says that it holds these rows, columns and buckets; comments may differ. */
    public boolean isHeldBy(StoredTable other) {
        Optional<TableOrigin> held = TableOrigin.of(other);
        return held.isPresent()
                && held.get().dataSet().equals(origin.dataSet())
                && held.get().folder().equals(origin.folder())
                && held.get().snapshot().equals(origin.snapshot())
                && origin.run().value().equals(other.parameters().get(SOURCE_RUN))
                && Long.toString(rows).equals(other.parameters().get(ROWS))
                && other.buckets().equals(buckets)
                && namesAndTypes(other.columns()).equals(namesAndTypes(described));
    }

    /** True when the source has not been described anew since this was decided. */
    boolean isReadFrom(StoredTable found) {
        return TableOrigin.of(found).equals(TableOrigin.of(source))
                && found.location().equals(source.location())
                && namesAndTypes(found.columns()).equals(namesAndTypes(source.columns()))
                && namesAndTypes(found.partitionKeys()).equals(namesAndTypes(source.partitionKeys()));
    }

    /** The rows that a table says that it holds; none when it says nothing. */
    static long rowsOf(StoredTable table) {
        String rows = table.parameters().getOrDefault(ROWS, "0");
        return rows.matches("\\d{1,18}") ? Long.parseLong(rows) : 0;
    }

    /** The type of each column by its name. */
    Map<String, String> types() {
        Map<String, String> types = new TreeMap<>();
        described.forEach(column -> types.put(column.name(), column.type()));
        return types;
    }

    static List<String> namesAndTypes(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }
}
