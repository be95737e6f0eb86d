package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A {@link TableCatalog} in memory that keeps Glue's rules: versions that count upwards, problems per partition, no text
 * that is longer than Glue takes. Several threads may use it.
 *
 * <p>It remembers the calls it got, and can be told to fail the calls on a table, to refuse a partition, or that no call
 * of some name is expected.
 * {@link TableCatalogContract} keeps it honest.
 */
public final class InMemoryTableCatalog implements TableCatalog {
    private static final Set<String> CHANGES = Set.of(
            "createDatabase", "create", "update", "delete", "createPartitions", "updatePartitions", "deletePartitions");
    // AWS Glue API reference, TableInput: Description.
    private static final int LONGEST_DESCRIPTION = 2048;

    private final Map<CatalogName, NavigableMap<CatalogName, Entry>> databases = new TreeMap<>();
    /** Locations of tables whose names our type does not take. */
    private final Map<String, String> misnamed = new TreeMap<>();

    private final List<String> calls = new ArrayList<>();
    private final Map<String, RuntimeException> failures = new HashMap<>();
    private final Map<String, PartitionProblem> refusals = new HashMap<>();
    private final Map<String, Runnable> before = new HashMap<>();
    private final Set<String> forbidden = new HashSet<>();

    private static final class Entry {
        private final Map<List<String>, PartitionDefinition> partitions = new LinkedHashMap<>();
        private final Map<List<String>, StoredPartition> foreign = new LinkedHashMap<>();
        private StoredTable table;
        private String owner = "";

        Entry(StoredTable table) {
            this.table = table;
        }
    }

    /** A catalog with these databases and nothing in them. */
    public static InMemoryTableCatalog withDatabases(String... names) {
        InMemoryTableCatalog catalog = new InMemoryTableCatalog();
        for (String name : names) {
            catalog.databases.put(new CatalogName(name), new TreeMap<>());
        }
        return catalog;
    }

    /** Puts a table and its database as somebody else would; one of this name loses its partitions. It is no call. */
    public synchronized InMemoryTableCatalog put(StoredTable table) {
        databases
                .computeIfAbsent(table.id().database(), database -> new TreeMap<>())
                .put(table.id().table(), new Entry(table));
        return this;
    }

    /** Describes a table as anybody would, in place of any other. It is no call. */
    public synchronized InMemoryTableCatalog put(TableId id, TableDefinition definition) {
        String version = present(id).map(entry -> next(entry.table)).orElse("0");
        return put(stored(id, version, definition, GlueTables.parameters(definition)));
    }

    /** Puts a table without partitions over Parquet files; columns are written like {@code id:bigint}. It is no call. */
    public InMemoryTableCatalog with(TableId id, String location, String... columns) {
        return with(id, StorageFormat.PARQUET, location, List.of(), columns);
    }

    /** The same with partition keys, which are written like columns. */
    public InMemoryTableCatalog with(
            TableId id, StorageFormat format, String location, List<String> keys, String... columns) {
        return put(new StoredTable(
                id,
                "0",
                StoredTable.EXTERNAL,
                format,
                "",
                columns(List.of(columns)),
                columns(keys),
                location,
                Optional.empty(),
                Map.of()));
    }

    private static List<CatalogColumn> columns(List<String> namesAndTypes) {
        return namesAndTypes.stream()
                .map(column -> column.split(":", 2))
                .map(column -> new CatalogColumn(column[0], column[1], "about " + column[0]))
                .toList();
    }

    /** Puts a partition of Parquet files. It is no call. */
    public InMemoryTableCatalog withPartition(TableId id, String location, String... values) {
        return put(id, new StoredPartition(List.of(values), location, StorageFormat.PARQUET));
    }

    /** Puts a partition as somebody else would, whatever it is. It is no call. */
    public synchronized InMemoryTableCatalog put(TableId id, StoredPartition partition) {
        Entry entry = entry(id);
        entry.partitions.remove(partition.values());
        entry.foreign.put(partition.values(), partition);
        return this;
    }

    /**
     * Makes every call of this name on this table fail, until {@link #heal}.
     *
     * @param call the name of a method of the port
     * @param subject the table, for example {@code lake.ext_a}; for calls on a database its name
     */
    public synchronized InMemoryTableCatalog fail(String call, String subject, JobFailure failure) {
        failures.put(call + " " + subject, failure);
        return this;
    }

    /** Takes back everything that {@link #fail} and {@link #refuse} have set. */
    public synchronized InMemoryTableCatalog heal() {
        failures.clear();
        refusals.clear();
        return this;
    }

    /** Makes every creation, update and deletion of a partition of this table end in this problem, until {@link #heal}. */
    public synchronized InMemoryTableCatalog refuse(TableId id, PartitionProblem problem) {
        refusals.put(id + " " + problem.values(), problem);
        return this;
    }

    /** Makes every call of these names a defect of the code under test. */
    public synchronized InMemoryTableCatalog forbid(String... names) {
        forbidden.addAll(List.of(names));
        return this;
    }

    /** Does something once, just before the next call of this name on this subject: somebody else is faster. */
    public synchronized InMemoryTableCatalog before(String call, String subject, Runnable action) {
        before.put(call + " " + subject, action);
        return this;
    }

    /**
     * Every call since the catalog was made, in order: {@code update lake.ext_a}, {@code list lake.ext_*}, {@code
     * databaseExists lake}. A call on partitions is one, however many it names.
     */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** How many calls of this name there were, for example {@code update}. */
    public synchronized long calls(String name) {
        return calls.stream().filter(call -> call.startsWith(name + " ")).count();
    }

    /** The calls that changed something or tried to, in order. */
    public synchronized List<String> changes() {
        return calls.stream()
                .filter(call -> CHANGES.contains(call.substring(0, call.indexOf(' '))))
                .toList();
    }

    /** The names of all tables, for example {@code lake.ext_a}, in order. */
    public synchronized List<String> names() {
        return databases.values().stream()
                .flatMap(tables -> tables.values().stream())
                .map(entry -> entry.table.id().toString())
                .sorted()
                .toList();
    }

    /** A table by its name; fails when there is none. Asking is no call. */
    public synchronized StoredTable table(String name) {
        String[] parts = name.split("[.]", 2);
        return present(TableId.of(parts[0], parts[1]))
                .orElseThrow(() -> new AssertionError("there is no table %s, but %s".formatted(name, names())))
                .table;
    }

    /** The columns that a partition of ours was given. */
    public synchronized List<CatalogColumn> columns(TableId id, List<String> values) {
        PartitionDefinition partition = entry(id).partitions.get(values);
        if (partition == null) {
            throw new AssertionError("%s has no partition %s of ours".formatted(id, values));
        }
        return partition.columns();
    }

    /** Somebody else at work in this catalog. */
    public CatalogOutsider outsider() {
        return new Outsider();
    }

    @Override
    public synchronized boolean databaseExists(CatalogName database) {
        called("databaseExists", database.value());
        return databases.containsKey(database);
    }

    @Override
    public synchronized void createDatabase(CatalogName database) {
        called("createDatabase", database.value());
        databases.putIfAbsent(database, new TreeMap<>());
    }

    @Override
    public synchronized Optional<StoredTable> find(TableId id) {
        called("find", id.toString());
        return present(id).map(entry -> entry.table);
    }

    @Override
    public synchronized List<StoredTable> list(CatalogName database, TablePrefix prefix) {
        called("list", database + "." + prefix + "*");
        return tables(database).values().stream()
                .map(entry -> entry.table)
                .filter(table -> table.id().table().value().startsWith(prefix.value()))
                .toList();
    }

    @Override
    public synchronized void create(TableId id, TableDefinition definition) {
        called("create", id.toString());
        refuseLongTexts(id, definition.description(), definition.columns());
        NavigableMap<CatalogName, Entry> tables = tables(id.database());
        Entry present = tables.get(id.table());
        if (present == null) {
            tables.put(id.table(), new Entry(stored(id, "0", definition, GlueTables.parameters(definition))));
        } else if (!present.table.isAsDefined(definition)) {
            throw new JobFailure(
                    FailureKind.CONFLICT, "create on %s: there is a table of another definition".formatted(id));
        }
    }

    @Override
    public synchronized void update(StoredTable expected, TableDefinition definition) {
        TableId id = expected.id();
        called("update", id.toString());
        refuseLongTexts(id, definition.description(), definition.columns());
        Entry entry = present(id)
                .filter(found -> found.table.version().equals(expected.version()))
                .orElseThrow(() -> new JobFailure(
                        FailureKind.CONFLICT, "update on %s: somebody changed or deleted it meanwhile".formatted(id)));
        entry.table = stored(id, next(entry.table), definition, GlueTables.parameters(entry.table, definition));
    }

    @Override
    public synchronized void delete(TableId id) {
        called("delete", id.toString());
        if (databases.containsKey(id.database())) {
            tables(id.database()).remove(id.table());
        }
    }

    @Override
    public synchronized List<NamedLocation> locationsAt(S3Uri root) {
        called("locationsAt", root.toString());
        List<NamedLocation> said = new ArrayList<>();
        databases.forEach((database, tables) -> tables.forEach((name, entry) -> said.addAll(NamedLocation.of(
                root,
                database + "." + name,
                entry.table.location(),
                !entry.table.partitionKeys().isEmpty(),
                entry.table.parameters(),
                () -> stored(entry)))));
        misnamed.forEach(
                (name, location) -> said.addAll(NamedLocation.of(root, name, location, false, Map.of(), List::of)));
        return said;
    }

    private static List<StoredPartition> stored(Entry entry) {
        List<StoredPartition> partitions = new ArrayList<>(entry.foreign.values());
        entry.partitions
                .values()
                .forEach(partition -> partitions.add(new StoredPartition(
                        partition.values(), partition.location().toString(), StorageFormat.PARQUET)));
        return partitions;
    }

    @Override
    public synchronized List<StoredPartition> partitions(TableId id) {
        called("partitions", id.toString());
        return stored(entry(id));
    }

    @Override
    public synchronized List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> partitions) {
        called("createPartitions", id.toString());
        return oneByOne(id, partitions, PartitionDefinition::values, (entry, partition) -> {
            if (has(entry, partition.values())) {
                return Optional.of(PartitionProblem.ALREADY_EXISTS);
            }
            entry.partitions.put(partition.values(), partition);
            return Optional.empty();
        });
    }

    @Override
    public synchronized List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> partitions) {
        called("updatePartitions", id.toString());
        return oneByOne(id, partitions, PartitionDefinition::values, (entry, partition) -> {
            if (!has(entry, partition.values())) {
                return Optional.of(PartitionProblem.NOT_FOUND);
            }
            entry.foreign.remove(partition.values());
            entry.partitions.put(partition.values(), partition);
            return Optional.empty();
        });
    }

    @Override
    public synchronized List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values) {
        called("deletePartitions", id.toString());
        return oneByOne(id, values, Function.identity(), (entry, one) -> {
            if (!has(entry, one)) {
                return Optional.of(PartitionProblem.NOT_FOUND);
            }
            entry.foreign.remove(one);
            entry.partitions.remove(one);
            return Optional.empty();
        });
    }

    private final class Outsider implements CatalogOutsider {
        @Override
        public void setParameter(TableId id, String name, String value) {
            synchronized (InMemoryTableCatalog.this) {
                Entry entry = entry(id);
                Map<String, String> parameters = new TreeMap<>(entry.table.parameters());
                parameters.put(name, value);
                entry.table = with(entry.table, parameters);
            }
        }

        @Override
        public void setOwner(TableId id, String owner) {
            synchronized (InMemoryTableCatalog.this) {
                Entry entry = entry(id);
                entry.owner = owner;
                entry.table = with(entry.table, entry.table.parameters());
            }
        }

        @Override
        public String owner(TableId id) {
            synchronized (InMemoryTableCatalog.this) {
                return entry(id).owner;
            }
        }

        @Override
        public void createTable(CatalogName database, String name, String location) {
            synchronized (InMemoryTableCatalog.this) {
                misnamed.put(database + "." + name, location);
            }
        }

        @Override
        public void createView(TableId view) {
            put(new StoredTable(
                    view,
                    "0",
                    "VIRTUAL_VIEW",
                    new StorageFormat("", "", ""),
                    "",
                    List.of(),
                    List.of(),
                    "",
                    Optional.empty(),
                    Map.of()));
        }
    }

    /** What one partition meets: empty when it is done, else Glue's name of the error. */
    private interface OnPartition<T> {
        Optional<String> apply(Entry entry, T partition);
    }

    private <T> List<PartitionProblem> oneByOne(
            TableId id, List<T> partitions, Function<T, List<String>> values, OnPartition<T> action) {
        List<PartitionProblem> problems = new ArrayList<>();
        for (T partition : partitions) {
            Entry entry = entry(id);
            PartitionProblem refusal = refusals.get(id + " " + values.apply(partition));
            if (refusal == null) {
                action.apply(entry, partition)
                        .ifPresent(code -> problems.add(
                                new PartitionProblem(values.apply(partition), code, "Partition: " + code)));
            } else {
                problems.add(refusal);
            }
        }
        return problems;
    }

    private void called(String call, String subject) {
        String name = call + " " + subject;
        calls.add(name);
        if (forbidden.contains(call)) {
            throw new AssertionError("nobody is to call " + name);
        }
        Runnable action = before.remove(name);
        if (action != null) {
            action.run();
        }
        if (failures.containsKey(name)) {
            throw failures.get(name);
        }
    }

    private Optional<Entry> present(TableId id) {
        return Optional.ofNullable(databases.get(id.database())).map(tables -> tables.get(id.table()));
    }

    private Entry entry(TableId id) {
        return present(id)
                .orElseThrow(() -> new JobFailure(FailureKind.MISSING_INPUT, "there is no table %s".formatted(id)));
    }

    private NavigableMap<CatalogName, Entry> tables(CatalogName database) {
        return Optional.ofNullable(databases.get(database))
                .orElseThrow(
                        () -> new JobFailure(FailureKind.MISSING_INPUT, "there is no database %s".formatted(database)));
    }

    private static boolean has(Entry entry, List<String> values) {
        return entry.partitions.containsKey(values) || entry.foreign.containsKey(values);
    }

    private static void refuseLongTexts(TableId id, String description, List<CatalogColumn> columns) {
        boolean longComment =
                columns.stream().anyMatch(column -> column.comment().length() > CatalogColumn.LONGEST_COMMENT);
        if (longComment || description.getBytes(StandardCharsets.UTF_8).length > LONGEST_DESCRIPTION) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "%s: InvalidInputException: a comment or the description is longer than Glue takes".formatted(id));
        }
    }

    private static StoredTable stored(
            TableId id, String version, TableDefinition definition, Map<String, String> parameters) {
        return new StoredTable(
                id,
                version,
                StoredTable.EXTERNAL,
                StorageFormat.PARQUET,
                definition.description(),
                definition.columns(),
                definition.partitionKeys(),
                definition.location().toString(),
                definition.buckets(),
                parameters);
    }

    private static StoredTable with(StoredTable table, Map<String, String> parameters) {
        return new StoredTable(
                table.id(),
                next(table),
                table.tableType(),
                table.format(),
                table.description(),
                table.columns(),
                table.partitionKeys(),
                table.location(),
                table.buckets(),
                parameters);
    }

    private static String next(StoredTable table) {
        return Long.toString(Long.parseLong(table.version()) + 1);
    }
}
