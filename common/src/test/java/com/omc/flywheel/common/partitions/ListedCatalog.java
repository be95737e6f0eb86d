package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The way to an {@link InMemoryTableCatalog} on which partitions are kept: it remembers how many each call names and how
 * many callers ask at a time, and can be told to refuse a partition or to be behind the times. Tables are not to be changed
 * on it.
 */
public final class ListedCatalog implements TableCatalog {
    private final InMemoryTableCatalog catalog;
    private final Map<List<String>, PartitionProblem> refused = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<TableId, List<StoredPartition>> behind = new HashMap<>();
    private Runnable duringLook = () -> {};
    private final Set<Integer> looksRefused = new HashSet<>();
    private int looks;
    private int looksBehind;
    private int running;
    private int peak;

    public ListedCatalog(String database) {
        this.catalog =
                InMemoryTableCatalog.withDatabases(database).forbid("createDatabase", "create", "update", "delete");
    }

    /** Puts a table there as somebody else would. */
    public ListedCatalog put(StoredTable table) {
        catalog.put(table);
        return this;
    }

    /** Puts a partition there as somebody else would. */
    public ListedCatalog put(TableId id, String location, StorageFormat format, String... values) {
        catalog.put(id, new StoredPartition(List.of(values), location, format));
        return this;
    }

    /** Refuses every change of a partition of these values. */
    public ListedCatalog refuse(String code, String... values) {
        refused.put(List.of(values), new PartitionProblem(List.of(values), code, "says the catalog"));
        return this;
    }

    /** Gives the answers of now so many times after the next change. */
    public synchronized ListedCatalog beBehind(TableId id, int looks) {
        behind.put(id, catalog.partitions(id));
        looksBehind = looks;
        return this;
    }

    /** Refuses to say who reads a folder, the first, second or later time that it is asked. */
    public synchronized ListedCatalog refuseLook(int number) {
        looksRefused.add(number);
        return this;
    }

    /** Does this while somebody asks for partitions. */
    public ListedCatalog duringLook(Runnable action) {
        duringLook = action;
        return this;
    }

    /** The calls that change partitions or ask for them, in order. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** How many asked for partitions at a time. */
    public synchronized int peak() {
        return peak;
    }

    /** The locations of a table's partitions by their values as one text. */
    public Map<String, String> locations(TableId id) {
        Map<String, String> locations = new TreeMap<>();
        catalog.partitions(id)
                .forEach(partition -> locations.put(String.join("/", partition.values()), partition.location()));
        return locations;
    }

    /** The names of the columns that a partition was created or changed with. */
    public List<String> columns(TableId id, String... values) {
        return catalog.columns(id, List.of(values)).stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    @Override
    public boolean databaseExists(CatalogName database) {
        return catalog.databaseExists(database);
    }

    @Override
    public void createDatabase(CatalogName database) {
        catalog.createDatabase(database);
    }

    @Override
    public Optional<StoredTable> find(TableId id) {
        return catalog.find(id);
    }

    @Override
    public List<StoredTable> list(CatalogName database, TablePrefix prefix) {
        return catalog.list(database, prefix);
    }

    @Override
    public void create(TableId id, TableDefinition definition) {
        catalog.create(id, definition);
    }

    @Override
    public void update(StoredTable expected, TableDefinition definition) {
        catalog.update(expected, definition);
    }

    @Override
    public void delete(TableId id) {
        catalog.delete(id);
    }

    @Override
    public synchronized List<NamedLocation> locationsAt(S3Uri root) {
        calls.add("locations at " + root);
        looks++;
        if (looksRefused.contains(looks)) {
            throw new JobFailure(FailureKind.ACCESS_DENIED, "glue:GetDatabases on the catalog was refused");
        }
        return catalog.locationsAt(root);
    }

    @Override
    public List<StoredPartition> partitions(TableId id) {
        synchronized (this) {
            calls.add("partitions " + id.table());
            running++;
            peak = Math.max(peak, running);
        }
        duringLook.run();
        synchronized (this) {
            running--;
            if (behind.containsKey(id) && looksBehind > 0) {
                looksBehind--;
                return behind.get(id);
            }
            return catalog.partitions(id);
        }
    }

    @Override
    public List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> partitions) {
        return change("create", id, partitions, PartitionDefinition::values, catalog::createPartitions);
    }

    @Override
    public List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> partitions) {
        return change("update", id, partitions, PartitionDefinition::values, catalog::updatePartitions);
    }

    @Override
    public List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values) {
        return change("delete", id, values, Function.identity(), catalog::deletePartitions);
    }

    private synchronized <T> List<PartitionProblem> change(
            String verb,
            TableId id,
            List<T> partitions,
            Function<T, List<String>> values,
            BiFunction<TableId, List<T>, List<PartitionProblem>> change) {
        calls.add("%s %d in %s".formatted(verb, partitions.size(), id.table()));
        List<T> taken = new ArrayList<>();
        List<PartitionProblem> problems = new ArrayList<>();
        for (T partition : partitions) {
            PartitionProblem refusal = refused.get(values.apply(partition));
            if (refusal == null) {
                taken.add(partition);
            } else {
                problems.add(refusal);
            }
        }
        problems.addAll(change.apply(id, taken));
        return problems;
    }
}
