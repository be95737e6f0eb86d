package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.partitions.PartTable;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a table is what readers of it rely on: external, Parquet, with the key, partitioned by what its family is, and
 * with the columns that its files have.
 */
final class ContractCheck {
    /** Parquet has one type of 32 bits; an engine may leave the narrower one to the catalog. */
    private static final Set<String> NARROW = Set.of("tinyint", "smallint");

    private final String key;
    private final NextCommands next;

    ContractCheck(String key, NextCommands next) {
        this.key = key;
        this.next = next;
    }

    /**
     * What was found.
     *
     * @param isExternal whether the catalog says so
     * @param holds whether all of it holds
     */
    record Contract(boolean isExternal, boolean holds) {}

    Contract check(ObservedTable table, Alerts alerts) {
        StoredTable stored = table.stored();
        List<String> problems = new ArrayList<>();
        boolean isExternal = stored.tableType().equals(StoredTable.EXTERNAL);
        if (!isExternal) {
            problems.add("its type is %s and not %s"
                    .formatted(stored.tableType().isEmpty() ? "not given" : stored.tableType(), StoredTable.EXTERNAL));
        }
        if (!stored.format().equals(StorageFormat.PARQUET)) {
            problems.add("its format is not Parquet");
        }
        if (stored.columns().stream().noneMatch(column -> column.name().equals(key))) {
            problems.add("it has no column %s".formatted(key));
        }
        boolean otherKeys = !hasItsPartitionKeys(table);
        if (otherKeys) {
            problems.add("it is partitioned by %s, which tables of %s are not"
                    .formatted(
                            stored.partitionKeys().isEmpty() ? "nothing" : String.join(", ", PartTable.keys(stored)),
                            table.family().maker()));
        }
        problems.addAll(otherColumns(table));
        if (!problems.isEmpty()) {
            String mend = next.describeAgain(table);
            alerts.error(
                    MonitorCheck.CONTRACT,
                    String.join("; ", problems),
                    otherKeys ? "drop the table from the catalog (its files stay), then " + mend : mend);
        }
        return new Contract(isExternal, problems.isEmpty());
    }

    /** Whether the files have the columns, and in the types, that the catalog tells readers of. */
    void checkFiles(ObservedTable table, TableContents contents, Alerts alerts) {
        Set<String> promised = contents.files() == 0 ? Set.of() : promised(table);
        List<String> problems = new ArrayList<>();
        for (CatalogColumn column : table.stored().columns()) {
            TableContents.Column inFiles = contents.columns().get(column.name());
            if (inFiles == null || inFiles.filesWithout() > 0) {
                if (promised.contains(column.name())) {
                    problems.add("%s is in the catalog and not in %d of %d files"
                            .formatted(
                                    column.name(),
                                    inFiles == null ? contents.files() : inFiles.filesWithout(),
                                    contents.files()));
                }
            }
            if (inFiles != null && !isReadAs(column.type(), inFiles.types())) {
                problems.add("%s is %s in the catalog and %s in the files"
                        .formatted(column.name(), column.type(), String.join(" or ", inFiles.types())));
            }
        }
        if (!problems.isEmpty()) {
            alerts.error(
                    MonitorCheck.CONTRACT,
                    "columns cannot be read as they are described: " + Names.list(problems),
                    next.describeAgain(table));
        }
    }

    /** The columns that all files must have. Of other snapshots a table may have more, which are null in this one. */
    private static Set<String> promised(ObservedTable table) {
        return table.family().hasVersions()
                ? table.stored().columns().stream().map(CatalogColumn::name).collect(Collectors.toSet())
                : table.entry().stream()
                        .flatMap(entry -> entry.columns().stream())
                        .map(ColumnEntry::name)
                        .collect(Collectors.toSet());
    }

    private static boolean isReadAs(String described, Set<String> types) {
        return types.stream()
                .allMatch(type -> type.equals(described) || (NARROW.contains(described) && type.equals("int")));
    }

    private static boolean hasItsPartitionKeys(ObservedTable table) {
        return table.family() == Family.PARTITIONED
                ? PartTable.isPartitioned(table.stored())
                : table.stored().partitionKeys().isEmpty();
    }

    /** A table that describes another run may have other columns; that it does is a finding of its own. */
    private List<String> otherColumns(ObservedTable table) {
        if (!table.isUpToDate() || table.family() == Family.ID_TABLE) {
            return List.of();
        }
        Map<String, String> published = published(table);
        Map<String, String> described = new LinkedHashMap<>();
        table.stored().columns().forEach(column -> described.put(column.name(), column.type()));
        List<String> lacking = new ArrayList<>();
        published.forEach((name, type) -> {
            String found = described.get(name);
            if (found == null && !name.equals(key)) {
                lacking.add(name);
            } else if (found != null && !found.equals(type)) {
                lacking.add("%s (as %s, it is %s)".formatted(name, type, found));
            }
        });
        List<String> problems = new ArrayList<>();
        if (!lacking.isEmpty()) {
            problems.add("it lacks columns of its manifest: " + Names.list(lacking));
        }
        List<String> more = described.keySet().stream()
                .filter(name -> !published.containsKey(name))
                .toList();
        // A table over snapshots may keep columns that none has any more: ALLOW_DROPPED_COLUMNS.
        if (!more.isEmpty() && table.family() != Family.PARTITIONED) {
            problems.add("it has columns that its manifest does not have: " + Names.list(more));
        }
        return problems;
    }

    private static Map<String, String> published(ObservedTable table) {
        List<TableEntry> entries = table.family() == Family.PARTITIONED
                ? table.source().orElseThrow().entries(table.folder())
                : List.of(table.entry().orElseThrow());
        Map<String, String> types = new TreeMap<>();
        for (TableEntry entry : entries) {
            for (ColumnEntry column : entry.columns()) {
                types.putIfAbsent(column.name(), column.type());
            }
        }
        return types;
    }
}
