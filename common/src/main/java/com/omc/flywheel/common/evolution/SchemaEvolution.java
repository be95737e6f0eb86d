package com.omc.flywheel.common.evolution;

import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

    /** What is different: new, missing and moved beside the snapshot before, types beside every other one. */
    public Changes of(SnapshotSchema next) {
        List<String> notes = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        before(next).ifPresent(before -> {
            before.tables().forEach((table, columns) -> columns.stream()
                    .filter(column -> next.type(table, column.name()).isEmpty())
                    .forEach(column -> gone(column, table, before, next, notes, missing)));
            next.tables().forEach((table, columns) -> columns.stream()
                    .filter(column -> before.tablesOf(column.name()).isEmpty())
                    .forEach(column -> notes.add("%s.%s is new in snapshot %s; it is NULL in snapshot %s and before"
                            .formatted(table, column.name(), next.snapshot(), before.snapshot()))));
        });
        return new Changes(notes, missing, typeChanges(next));
    }

    private Optional<SnapshotSchema> before(SnapshotSchema next) {
        return published.stream()
                .filter(other -> other.snapshot().compareTo(next.snapshot()) < 0)
                .reduce((earlier, later) -> later);
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
