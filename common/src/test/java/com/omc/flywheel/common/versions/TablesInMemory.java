package com.omc.flywheel.common.versions;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** As much of a catalog as versions of tables need: compare-and-swap by a number that counts upwards. */
final class TablesInMemory implements TableCatalog {
    static final CatalogName DATABASE = new CatalogName("lake");

    private final Map<String, StoredTable> tables = new TreeMap<>();
    private int changes;

    /** Describes a table as anybody would, in place of any other. */
    synchronized void put(TableId id, TableDefinition definition) {
        store(id, definition, Map.of());
    }

    synchronized void setParameter(TableId id, String name, String value) {
        StoredTable now = tables.get(id.toString());
        changes++;
        Map<String, String> parameters = new HashMap<>(now.parameters());
        parameters.put(name, value);
        tables.put(
                id.toString(),
                new StoredTable(
                        id,
                        Integer.toString(changes),
                        now.tableType(),
                        now.format(),
                        now.description(),
                        now.columns(),
                        now.partitionKeys(),
                        now.location(),
                        now.buckets(),
                        parameters));
    }

    synchronized List<String> names() {
        return List.copyOf(tables.keySet());
    }

    synchronized int changes() {
        return changes;
    }

    private void store(TableId id, TableDefinition definition, Map<String, String> before) {
        changes++;
        Map<String, String> parameters = new HashMap<>(before);
        if (definition.buckets().isPresent()) {
            parameters.putAll(Map.of("bucketing_version", "1", "bucketing_format", "hive"));
        }
        parameters.putAll(definition.parameters());
        tables.put(
                id.toString(),
                new StoredTable(
                        id,
                        Integer.toString(changes),
                        StoredTable.EXTERNAL,
                        StorageFormat.PARQUET,
                        definition.description(),
                        definition.columns(),
                        definition.partitionKeys(),
                        definition.location().toString(),
                        definition.buckets(),
                        parameters));
    }

    @Override
    public boolean databaseExists(CatalogName database) {
        return database.equals(DATABASE);
    }

    @Override
    public void createDatabase(CatalogName database) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized Optional<StoredTable> find(TableId id) {
        return Optional.ofNullable(tables.get(id.toString()));
    }

    @Override
    public synchronized List<StoredTable> list(CatalogName database, TablePrefix prefix) {
        return tables.values().stream()
                .filter(table -> table.id().database().equals(database))
                .filter(table -> table.id().table().value().startsWith(prefix.value()))
                .toList();
    }

    @Override
    public synchronized void create(TableId id, TableDefinition definition) {
        if (tables.containsKey(id.toString())) {
            throw new JobFailure(FailureKind.CONFLICT, "table %s is there already".formatted(id));
        }
        store(id, definition, Map.of());
    }

    @Override
    public synchronized void update(StoredTable expected, TableDefinition definition) {
        StoredTable now = tables.get(expected.id().toString());
        if (now == null || !now.version().equals(expected.version())) {
            throw new JobFailure(
                    FailureKind.CONFLICT, "table %s was changed by somebody else".formatted(expected.id()));
        }
        store(expected.id(), definition, now.parameters());
    }

    @Override
    public synchronized void delete(TableId id) {
        if (tables.remove(id.toString()) != null) {
            changes++;
        }
    }

    @Override
    public List<NamedLocation> locationsAt(S3Uri root) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredPartition> partitions(TableId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values) {
        throw new UnsupportedOperationException();
    }
}
