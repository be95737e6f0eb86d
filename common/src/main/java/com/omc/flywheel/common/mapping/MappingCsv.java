package com.omc.flywheel.common.mapping;

import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumns;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table-split CSV. Whatever is wrong with it, alone or against a source, is reported at once with line numbers; it
 * never loses a line or a column without a word.
 */
public final class MappingCsv {
    private final S3Uri location;
    private final String sha256;
    private final Map<TableName, List<MappedColumn>> tables = new LinkedHashMap<>();
    private final ProblemLines problems = new ProblemLines();

    private MappingCsv(S3Uri location, String sha256) {
        this.location = location;
        this.sha256 = sha256;
    }

    /**
     * Reads the file. Problems are kept for {@link #check}, so that they are reported with those of the source.
     *
     * @throws JobFailure MISSING_INPUT when there is no such file; BAD_DATA when it is empty or has another header
     */
    public static MappingCsv read(ObjectStore store, S3Uri location) {
        byte[] content = store.read(location)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.MISSING_INPUT, "there is no mapping at %s; check --CSV_FILE".formatted(location)));
        MappingCsv csv = new MappingCsv(location, Sha256.of(content));
        MappingLines lines = MappingLines.parse(content, location);
        lines.problems().forEach(csv.problems::add);
        lines.rows().forEach(csv::add);
        return csv;
    }

    /**
     * The mapping, when it is right in itself and fits the source.
     *
     * @param key the key column, which becomes the first column of every table
     * @param maxColumns how many columns a table may have, the key counted
     * @param source the columns that there are; all of them must be in some table
     * @param allowDroppedColumns whether source columns in no table may be left out
     * @throws JobFailure BAD_DATA with every problem there is
     */
    public TableMapping check(ColumnName key, int maxColumns, SourceColumns source, boolean allowDroppedColumns) {
        List<MappedTable> mapped = new ArrayList<>();
        ProblemLines ofLines = problems.copy();
        tables.forEach((name, columns) -> mapped.add(withKeyFirst(name, columns, key, ofLines)));
        TableMapping mapping = new TableMapping(mapped, sha256);
        for (MappedTable table : mapped) {
            findTooWide(table, maxColumns, ofLines);
        }
        findUnknownColumns(mapping, key, source, ofLines);

        List<String> found = new ArrayList<>(ofLines.inOrder());
        if (source.find(key).isEmpty()) {
            found.add("the source has no key column %s%s"
                    .formatted(
                            key,
                            nearest(key, source)
                                    .map(name -> "; did you mean " + name + "?")
                                    .orElse("")));
        }
        List<String> dropped = droppedColumns(mapping, source);
        if (!dropped.isEmpty() && !allowDroppedColumns) {
            found.add(
                    "%d source columns are in no table and would be lost: %s; map them, or pass --ALLOW_DROPPED_COLUMNS true"
                            .formatted(dropped.size(), Names.list(dropped)));
        }
        if (!found.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA, "mapping %s does not fit the source:".formatted(location), found);
        }
        return mapping;
    }

    /** The source columns that no table of the mapping has. */
    public static List<String> droppedColumns(TableMapping mapping, SourceColumns source) {
        Set<ColumnName> mapped = mapping.columnNames();
        return source.names().stream()
                .filter(name -> !mapped.contains(name))
                .map(ColumnName::toString)
                .toList();
    }

    private void add(MappingLines.Row row) {
        Optional<TableName> table = problems.reading(row.line(), () -> TableName.parse(row.table()));
        Optional<ColumnName> column = problems.reading(row.line(), () -> ColumnName.parse(row.column()));
        if (table.isPresent() && column.isPresent()) {
            tables.computeIfAbsent(table.get(), name -> new ArrayList<>())
                    .add(new MappedColumn(column.get(), row.description(), row.line()));
        }
    }

    /** A repeated key row is dropped; any other repeated pair is a problem, since one of its lines is a mistake. */
    private static MappedTable withKeyFirst(
            TableName name, List<MappedColumn> columns, ColumnName key, ProblemLines ofLines) {
        Map<ColumnName, MappedColumn> byName = new LinkedHashMap<>();
        byName.put(key, new MappedColumn(key, "", 0));
        for (MappedColumn column : columns) {
            if (column.name().equals(key)) {
                byName.merge(key, column, (first, second) -> first.line() == 0 ? second : first);
                continue;
            }
            MappedColumn first = byName.putIfAbsent(column.name(), column);
            if (first != null) {
                ofLines.add(
                        column.line(), "%s.%s stands on line %d already".formatted(name, column.name(), first.line()));
            }
        }
        return new MappedTable(name, List.copyOf(byName.values()));
    }

    private void findTooWide(MappedTable table, int maxColumns, ProblemLines ofLines) {
        int columns = table.columns().size();
        if (columns <= maxColumns) {
            return;
        }
        List<MappedColumn> over = table.columns().subList(maxColumns, columns);
        ofLines.add(
                over.get(0).line(),
                "table %s has %d columns, %d are allowed (--MAX_COLS; Clean Rooms lists 100 a table): move the last %d, from %s, to a new table, for example %s, which gets the key by itself"
                        .formatted(
                                table.name(),
                                columns,
                                maxColumns,
                                over.size(),
                                over.get(0).name(),
                                freeName(table.name())));
    }

    private TableName freeName(TableName wide) {
        for (char suffix = 'A'; suffix <= 'Z'; suffix++) {
            TableName candidate = new TableName(wide.value().replaceAll("_[A-Z]$", "") + "_" + suffix);
            if (!tables.containsKey(candidate)) {
                return candidate;
            }
        }
        return new TableName(wide.value() + "_MORE");
    }

    private static void findUnknownColumns(
            TableMapping mapping, ColumnName key, SourceColumns source, ProblemLines ofLines) {
        for (MappedTable table : mapping.tables()) {
            for (MappedColumn column : table.columns()) {
                if (!column.name().equals(key) && source.find(column.name()).isEmpty()) {
                    ofLines.add(
                            column.line(),
                            "%s.%s is not a column of the source%s"
                                    .formatted(
                                            table.name(),
                                            column.name(),
                                            nearest(column.name(), source)
                                                    .map(name -> "; the nearest is " + name)
                                                    .orElse("")));
                }
            }
        }
    }

    private static Optional<String> nearest(ColumnName name, SourceColumns source) {
        Set<String> known = new LinkedHashSet<>();
        source.names().forEach(column -> known.add(column.value()));
        return Names.nearest(name.value(), known);
    }
}
