package com.omc.flywheel.common.partitions;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A catalog of tables that a test puts there and nobody may change, and of partitions that anybody may. It remembers its
 * calls, how many ran at a time, and can be told to refuse a partition or to be behind the times.
 */
public final class ListedCatalog implements TableCatalog {
    private final CatalogName database;
    private final Map<TableId, StoredTable> tables = new TreeMap<>(Comparator.comparing(TableId::toString));
    private final Map<TableId, Map<List<String>, Held>> partitions = new HashMap<>();
    private final Map<List<String>, PartitionProblem> refused = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<TableId, List<StoredPartition>> behind = new HashMap<>();
    private Runnable duringLook = () -> {};
    private final Set<Integer> looksRefused = new HashSet<>();
    private int looks;
    private int looksBehind;
    private int running;
    private int peak;

    private record Held(StoredPartition stored, List<String> columns) {}

    public ListedCatalog(String database) {
        this.database = new CatalogName(database);
    }

    /** Puts a table there as somebody else would. */
    public ListedCatalog put(StoredTable table) {
        tables.put(table.id(), table);
        partitions.computeIfAbsent(table.id(), id -> new LinkedHashMap<>());
        return this;
    }

    /** Puts a partition there as somebody else would. */
    public synchronized ListedCatalog put(TableId id, String location, StorageFormat format, String... values) {
        StoredPartition partition = new StoredPartition(List.of(values), location, format);
        partitions.get(id).put(partition.values(), new Held(partition, List.of()));
        return this;
    }

    /** Refuses every change of a partition of these values. */
    public ListedCatalog refuse(String code, String... values) {
        refused.put(List.of(values), new PartitionProblem(List.of(values), code, "says the catalog"));
        return this;
    }

    /** Gives the answers of now so many times after the next change. */
    public synchronized ListedCatalog beBehind(TableId id, int looks) {
        behind.put(id, stored(id));
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
    public synchronized Map<String, String> locations(TableId id) {
        Map<String, String> locations = new TreeMap<>();
        stored(id).forEach(partition -> locations.put(String.join("/", partition.values()), partition.location()));
        return locations;
    }

    /** The names of the columns that a partition was created or changed with. */
    public synchronized List<String> columns(TableId id, String... values) {
        return partitions.get(id).get(List.of(values)).columns();
    }

    private List<StoredPartition> stored(TableId id) {
        return partitions.get(id).values().stream().map(Held::stored).toList();
    }

    @Override
    public boolean databaseExists(CatalogName asked) {
        return asked.equals(database);
    }

    @Override
    public void createDatabase(CatalogName asked) {
        throw new AssertionError("nobody asked for the database " + asked);
    }

    @Override
    public Optional<StoredTable> find(TableId id) {
        return Optional.ofNullable(tables.get(id));
    }

    @Override
    public List<StoredTable> list(CatalogName asked, TablePrefix prefix) {
        return tables.values().stream()
                .filter(table -> table.id().database().equals(asked)
                        && table.id().table().value().startsWith(prefix.value()))
                .toList();
    }

    @Override
    public void create(TableId id, TableDefinition definition) {
        throw new AssertionError("nobody asked for the table " + id);
    }

    @Override
    public void update(StoredTable expected, TableDefinition definition) {
        throw new AssertionError("nobody may change the table " + expected.id());
    }

    @Override
    public void delete(TableId id) {
        throw new AssertionError("nobody may delete the table " + id);
    }

    @Override
    public synchronized List<NamedLocation> locationsAt(S3Uri root) {
        calls.add("locations at " + root);
        looks++;
        if (looksRefused.contains(looks)) {
            throw new JobFailure(FailureKind.ACCESS_DENIED, "glue:GetDatabases on the catalog was refused");
        }
        return tables.values().stream()
                .flatMap(table -> NamedLocation.of(
                        root,
                        table.id().toString(),
                        table.location(),
                        !table.partitionKeys().isEmpty(),
                        table.parameters(),
                        () -> stored(table.id()))
                        .stream())
                .toList();
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
            if (!tables.containsKey(id)) {
                throw new JobFailure(FailureKind.MISSING_INPUT, "there is no table " + id);
            }
            if (behind.containsKey(id) && looksBehind > 0) {
                looksBehind--;
                return behind.get(id);
            }
            return stored(id);
        }
    }

    @Override
    public synchronized List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> definitions) {
        calls.add("create %d in %s".formatted(definitions.size(), id.table()));
        List<PartitionProblem> problems = new ArrayList<>();
        for (PartitionDefinition definition : definitions) {
            if (refused.containsKey(definition.values())) {
                problems.add(refused.get(definition.values()));
            } else if (partitions.get(id).containsKey(definition.values())) {
                problems.add(new PartitionProblem(
                        definition.values(), PartitionProblem.ALREADY_EXISTS, "Partition already exists."));
            } else {
                store(id, definition);
            }
        }
        return problems;
    }

    @Override
    public synchronized List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> definitions) {
        calls.add("update %d in %s".formatted(definitions.size(), id.table()));
        List<PartitionProblem> problems = new ArrayList<>();
        for (PartitionDefinition definition : definitions) {
            if (refused.containsKey(definition.values())) {
                problems.add(refused.get(definition.values()));
            } else if (!partitions.get(id).containsKey(definition.values())) {
                problems.add(
                        new PartitionProblem(definition.values(), PartitionProblem.NOT_FOUND, "Partition not found."));
            } else {
                store(id, definition);
            }
        }
        return problems;
    }

    private void store(TableId id, PartitionDefinition definition) {
        partitions
                .get(id)
                .put(
                        definition.values(),
                        new Held(
                                new StoredPartition(
                                        definition.values(),
                                        definition.location().toString(),
                                        StorageFormat.PARQUET),
                                definition.columns().stream()
                                        .map(column -> column.name() + " " + column.type())
                                        .toList()));
    }

    @Override
    public synchronized List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values) {
        calls.add("delete %d in %s".formatted(values.size(), id.table()));
        List<PartitionProblem> problems = new ArrayList<>();
        for (List<String> one : values) {
            if (refused.containsKey(one)) {
                problems.add(refused.get(one));
            } else if (partitions.get(id).remove(one) == null) {
                problems.add(new PartitionProblem(one, PartitionProblem.NOT_FOUND, "Partition not found."));
            }
        }
        return problems;
    }
}
