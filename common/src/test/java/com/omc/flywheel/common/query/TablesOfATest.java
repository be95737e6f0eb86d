package com.omc.flywheel.common.query;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.NamedLocation;
import com.omc.flywheel.common.catalog.PartitionDefinition;
import com.omc.flywheel.common.catalog.PartitionProblem;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A catalog that finds, lists and creates tables, as much as the tests of Spark's queries need. */
public final class TablesOfATest implements TableCatalog {
    private final Map<TableId, StoredTable> tables = new TreeMap<>(Comparator.comparing(TableId::toString));
    private final Map<TableId, List<StoredPartition>> partitions = new HashMap<>();

    /** A table without partitions; columns are written like {@code id:bigint}. */
    public TablesOfATest with(TableId id, String location, String... columns) {
        return with(id, StorageFormat.PARQUET, location, List.of(), columns);
    }

    TablesOfATest with(TableId id, StorageFormat format, String location, List<String> keys, String... columns) {
        tables.put(
                id,
                new StoredTable(
                        id,
                        "1",
                        StoredTable.EXTERNAL,
                        format,
                        "",
                        columns(Arrays.asList(columns)),
                        columns(keys),
                        location,
                        Optional.empty(),
                        Map.of()));
        return this;
    }

    TablesOfATest withPartition(TableId id, String location, String... values) {
        partitions
                .computeIfAbsent(id, table -> new ArrayList<>())
                .add(new StoredPartition(Arrays.asList(values), location, StorageFormat.PARQUET));
        return this;
    }

    @Override
    public boolean databaseExists(CatalogName database) {
        return tables.keySet().stream().anyMatch(id -> id.database().equals(database));
    }

    @Override
    public void createDatabase(CatalogName database) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredTable> find(TableId id) {
        return Optional.ofNullable(tables.get(id));
    }

    @Override
    public List<StoredTable> list(CatalogName database, TablePrefix prefix) {
        if (!databaseExists(database)) {
            throw new JobFailure(FailureKind.MISSING_INPUT, "there is no database " + database);
        }
        return tables.values().stream()
                .filter(table -> table.id().database().equals(database))
                .filter(table -> prefix.without(table.id().table()).isPresent())
                .toList();
    }

    @Override
    public void create(TableId id, TableDefinition definition) {
        if (tables.containsKey(id)) {
            throw new JobFailure(FailureKind.CONFLICT, id + " is there");
        }
        tables.put(
                id,
                new StoredTable(
                        id,
                        "1",
                        StoredTable.EXTERNAL,
                        StorageFormat.PARQUET,
                        definition.description(),
                        definition.columns(),
                        definition.partitionKeys(),
                        definition.location().toString(),
                        definition.buckets(),
                        definition.parameters()));
    }

    @Override
    public void update(StoredTable expected, TableDefinition definition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(TableId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<NamedLocation> locationsAt(S3Uri root) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredPartition> partitions(TableId id) {
        return partitions.getOrDefault(id, List.of());
    }

    @Override
    public List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> created) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> updated) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values) {
        throw new UnsupportedOperationException();
    }

    private static List<CatalogColumn> columns(List<String> namesAndTypes) {
        return namesAndTypes.stream()
                .map(column -> column.split(":", 2))
                .map(column -> new CatalogColumn(column[0], column[1], "about " + column[0]))
                .toList();
    }
}
