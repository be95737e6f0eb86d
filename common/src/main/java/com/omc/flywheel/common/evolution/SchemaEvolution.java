package com.omc.flywheel.common.evolution;

import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares a snapshot with those that are published beside it.
 *
 * <p>A column that is new is read as NULL in the snapshots before it. One that is missing would be NULL from now on, which
 * nobody may find out by chance. One of another type cannot be read at all: a table has one type for a column, whatever
 * its partitions say ("HIVE_PARTITION_SCHEMA_MISMATCH", Amazon Athena user guide).
 */
public final class SchemaEvolution {
    private final List<SnapshotSchema> published;

    /**
     * A comparison with these.
     *
     * @param published the schemas of the snapshots that are there, in any order
     */
    public SchemaEvolution(List<SnapshotSchema> published) {
        this.published = published.stream()
                .sorted(Comparator.comparing(SnapshotSchema::snapshot))
                .toList();
    }

    /**
     * What is different in a snapshot, a sentence for each column.
     *
     * @param notes what readers can live with: columns that are new, or are in another table now
     * @param missing columns that the snapshot before has and this one has in no table
     * @param typeChanges columns that another snapshot has with another type
     */
    public record Changes(List<String> notes, List<String> missing, List<String> typeChanges) {
        public Changes {
            notes = List.copyOf(notes);
            missing = List.copyOf(missing);
            typeChanges = List.copyOf(typeChanges);
        }
    }

    /** What is different: new, missing and moved beside the snapshots before, types beside every other one. */
    public Changes of(SnapshotSchema next) {
        List<String> notes = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Map<String, SnapshotSchema> before = before(next);
        before.forEach((table, last) -> last.columns(table).stream()
                .filter(column -> next.type(table, column.name()).isEmpty())
                .forEach(column -> gone(column, table, last, next, notes, missing)));
        next.tables().forEach((table, columns) -> columns.stream()
                .filter(column -> before.entrySet().stream().noneMatch(last -> last.getValue()
                        .type(last.getKey(), column.name())
                        .isPresent()))
                .forEach(column -> latestBefore(next)
                        .ifPresent(last -> notes.add("%s.%s is new in snapshot %s; it is NULL in snapshot %s and before"
                                .formatted(table, column.name(), next.snapshot(), last.snapshot())))));
        return new Changes(notes, missing, typeChanges(next));
    }

    /**
     * For each table the latest snapshot before that has it: one of some tables alone may lie between. A table that is in no
     * mapping any more is missed once, in the snapshot after the last one that has it.
     */
    private Map<String, SnapshotSchema> before(SnapshotSchema next) {
        Map<String, SnapshotSchema> before = new TreeMap<>();
        latestBefore(next).ifPresent(last -> last.tables().keySet().forEach(table -> before.put(table, last)));
        for (String table : next.tables().keySet()) {
            earlier(next)
                    .filter(other -> !other.columns(table).isEmpty())
                    .reduce((older, newer) -> newer)
                    .ifPresent(last -> before.put(table, last));
        }
        return before;
    }

    private Optional<SnapshotSchema> latestBefore(SnapshotSchema next) {
        return earlier(next).reduce((older, newer) -> newer);
    }

    private Stream<SnapshotSchema> earlier(SnapshotSchema next) {
        return published.stream().filter(other -> other.snapshot().compareTo(next.snapshot()) < 0);
    }

    private static void gone(
            ColumnEntry column,
            String table,
            SnapshotSchema before,
            SnapshotSchema next,
            List<String> notes,
            List<String> missing) {
        List<String> now = next.tablesOf(column.name());
        if (now.isEmpty()) {
            missing.add("%s.%s of snapshot %s is in no table of snapshot %s"
                    .formatted(table, column.name(), before.snapshot(), next.snapshot()));
        } else {
            notes.add("%s.%s of snapshot %s is in %s from snapshot %s on; in %s it is NULL from then on"
                    .formatted(
                            table, column.name(), before.snapshot(), String.join(", ", now), next.snapshot(), table));
        }
    }

    private List<String> typeChanges(SnapshotSchema next) {
        List<String> changes = new ArrayList<>();
        next.tables().forEach((table, columns) -> {
            for (ColumnEntry column : columns) {
                published.stream()
                        .filter(other -> !other.snapshot().equals(next.snapshot()))
                        .filter(other -> other.type(table, column.name())
                                .filter(type -> !type.equals(column.type()))
                                .isPresent())
                        .reduce((earlier, later) -> later)
                        .ifPresent(other -> changes.add("%s.%s is %s in snapshot %s and %s in snapshot %s"
                                .formatted(
                                        table,
                                        column.name(),
                                        column.type(),
                                        next.snapshot(),
                                        other.type(table, column.name()).orElseThrow(),
                                        other.snapshot())));
            }
        });
        return changes;
    }
}
