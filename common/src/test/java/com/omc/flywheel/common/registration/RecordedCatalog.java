package com.omc.flywheel.common.registration;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A catalog of tables in memory that keeps the port's promises and remembers every call that changes something. It has no
 * partitions: a call that is about one is a defect of the code under test.
 */
public final class RecordedCatalog implements TableCatalog {
    private final CatalogName database;
    private final Map<String, StoredTable> tables = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();
    private final Map<String, JobFailure> failures = new HashMap<>();
    private int version;

    /** A catalog with this database alone. */
    public RecordedCatalog(String database) {
        this.database = new CatalogName(database);
    }

    /** Every call that changed something or tried to, in order: {@code create lake.ext_ibe_01}. */
    public synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    /** Puts a table as somebody else would. */
    public synchronized void put(StoredTable table) {
        tables.put(table.id().toString(), table);
    }

    public synchronized StoredTable table(String id) {
        return Optional.ofNullable(tables.get(id))
                .orElseThrow(() -> new AssertionError("there is no table %s, but %s".formatted(id, tables.keySet())));
    }

    public synchronized List<String> names() {
        return List.copyOf(tables.keySet());
    }

    /** Makes every change of a table fail. */
    public synchronized void fail(String id, JobFailure failure) {
        failures.put(id, failure);
    }

    @Override
    public boolean databaseExists(CatalogName name) {
        return name.equals(database);
    }

    @Override
    public void createDatabase(CatalogName name) {
        throw new AssertionError("nobody is to create the database " + name);
    }

    @Override
    public synchronized Optional<StoredTable> find(TableId id) {
        return Optional.ofNullable(tables.get(id.toString()));
    }

    @Override
    public synchronized List<StoredTable> list(CatalogName name, TablePrefix prefix) {
        return tables.values().stream()
                .filter(table -> table.id().database().equals(name))
                .filter(table -> table.id().table().value().startsWith(prefix.value()))
                .toList();
    }

    @Override
    public synchronized void create(TableId id, TableDefinition definition) {
        change("create", id);
        if (tables.containsKey(id.toString())) {
            throw new JobFailure(FailureKind.CONFLICT, "table %s is there already".formatted(id));
        }
        store(id, definition, Map.of());
    }

    @Override
    public synchronized void update(StoredTable expected, TableDefinition definition) {
        change("update", expected.id());
        StoredTable stored = table(expected.id().toString());
        if (!stored.version().equals(expected.version())) {
            throw new JobFailure(FailureKind.CONFLICT, "table %s has changed".formatted(expected.id()));
        }
        store(expected.id(), definition, stored.parameters());
    }

    @Override
    public void delete(TableId id) {
        throw new AssertionError("nobody is to delete the table " + id);
    }

    @Override
    public List<NamedLocation> locationsAt(S3Uri root) {
        throw new AssertionError("nobody is to ask who reads " + root);
    }

    @Override
    public List<StoredPartition> partitions(TableId id) {
        throw new AssertionError("nobody is to ask for partitions of " + id);
    }

    @Override
    public List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> partitions) {
        throw new AssertionError("nobody is to create partitions of " + id);
    }

    @Override
    public List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> partitions) {
        throw new AssertionError("nobody is to change partitions of " + id);
    }

    @Override
    public List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values) {
        throw new AssertionError("nobody is to delete partitions of " + id);
    }

    private void change(String call, TableId id) {
        changes.add(call + " " + id);
        JobFailure failure = failures.get(id.toString());
        if (failure != null) {
            throw failure;
        }
    }

    private void store(TableId id, TableDefinition definition, Map<String, String> before) {
        Map<String, String> parameters = new HashMap<>(before);
        parameters.putAll(definition.parameters());
        version++;
        tables.put(
                id.toString(),
                new StoredTable(
                        id,
                        Integer.toString(version),
                        StoredTable.EXTERNAL,
                        StorageFormat.PARQUET,
                        definition.description(),
                        definition.columns(),
                        definition.partitionKeys(),
                        definition.location().toString(),
                        definition.buckets(),
                        parameters));
    }
}
