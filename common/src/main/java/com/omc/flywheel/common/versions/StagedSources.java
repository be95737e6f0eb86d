package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.StagedTables.Staged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares tables over data sets with the data sets' manifests, and says what tables are to be made of them. */
final class StagedSources {
    private final String maker;
    private final Map<String, List<Manifest>> manifests;

    /**
     * The sources.
     *
     * @param maker the job that describes the tables, for messages
     * @param manifests by the root of each data set
     */
    StagedSources(String maker, Map<String, List<Manifest>> manifests) {
        this.maker = maker;
        this.manifests = Map.copyOf(manifests);
    }

    /**
     * What is to become of the copies of tables.
     *
     * @param wanted those that are to be made
     * @param refused those that cannot be made of what their table says now, and why
     * @param gone tables that no data set holds any more, a sentence each
     */
    record Copies(List<WantedTable> wanted, Map<TableId, JobFailure> refused, List<String> gone) {
        Copies {
            wanted = List.copyOf(wanted);
            refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
            gone = List.copyOf(gone);
        }
    }

    /**
     * The copies that are to be made of these tables. One that does not agree with its manifest is left out alone; those
     * that remain agree with each other.
     *
     * @throws JobFailure CONFLICT with everything that does not agree, when those that remain do not agree with each other;
     *     MISSING_INPUT when no data set holds any of the tables
     */
    Copies copies(List<Staged> tables, CatalogName database, TablePrefix prefix, Buckets buckets, boolean allowMixed) {
        List<String> gone = new ArrayList<>();
        List<WantedTable> wanted = new ArrayList<>();
        Map<TableId, List<String>> problems = new LinkedHashMap<>();
        Map<String, List<String>> tablesByKeyType = new TreeMap<>();
        Map<SnapshotDate, List<String>> tablesBySnapshot = new TreeMap<>();
        for (Staged table : tables) {
            Optional<TableEntry> entry = entry(table);
            if (entry.isEmpty()) {
                gone.add("%s: %s holds no table %s; drop the table %s, which no data set has any more"
                        .formatted(
                                table.stored().id(),
                                table.origin().dataSet(),
                                table.origin().folder(),
                                table.stored().id()));
                continue;
            }
            TableId copy = new TableId(database, prefix.nameOf(table.name().value()));
            List<String> own = new ArrayList<>(differences(table, entry.get()));
            Optional<String> keyType = typeOf(table, buckets.column());
            if (keyType.isEmpty()) {
                own.add("%s has no column %s".formatted(table.stored().id(), buckets.column()));
            }
            if (!own.isEmpty()) {
                problems.put(copy, own);
                continue;
            }
            tablesBySnapshot
                    .computeIfAbsent(table.origin().snapshot(), any -> new ArrayList<>())
                    .add(table.name().value());
            tablesByKeyType
                    .computeIfAbsent(keyType.orElseThrow(), any -> new ArrayList<>())
                    .add(table.name().value());
            wanted.add(WantedTable.copyOf(
                    copy,
                    table.stored(),
                    table.origin(),
                    Optional.of(buckets),
                    entry.get().rows()));
        }
        if (gone.size() == tables.size()) {
            throw JobFailure.ofAll(FailureKind.MISSING_INPUT, "there is nothing to copy:", gone);
        }
        List<String> between = new ArrayList<>();
        if (tablesByKeyType.size() > 1) {
            between.add("%s is not of the same type everywhere, so no two of these tables could be joined: %s"
                    .formatted(buckets.column(), whichHasWhich(tablesByKeyType)));
        }
        if (tablesBySnapshot.size() > 1 && !allowMixed) {
            between.add(
                    "the tables are of several snapshots: %s; publish all of one, or start with --ALLOW_MIXED_SNAPSHOTS true"
                            .formatted(whichHasWhich(tablesBySnapshot)));
        }
        if (!between.isEmpty()) {
            List<String> all = Stream.concat(problems.values().stream().flatMap(List::stream), between.stream())
                    .toList();
            throw JobFailure.ofAll(FailureKind.CONFLICT, "nothing is built, since the tables do not agree:", all);
        }
        Map<TableId, JobFailure> refused = new LinkedHashMap<>();
        problems.forEach(
                (table, own) -> refused.put(table, new JobFailure(FailureKind.CONFLICT, String.join("; ", own))));
        return new Copies(wanted, refused, gone);
    }

    private Optional<TableEntry> entry(Staged table) {
        S3Uri root = table.origin().dataSet().asFolder();
        return manifests.getOrDefault(root.toString(), List.of()).stream()
                .filter(manifest -> manifest.layout() == Layout.CLUSTERED)
                .flatMap(manifest -> manifest.table(table.origin().folder()).stream())
                .reduce((older, newer) -> newer);
    }

    private List<String> differences(Staged table, TableEntry entry) {
        if (!entry.runId().equals(table.origin().run())
                || !entry.snapshotDt().equals(table.origin().snapshot())) {
            return List.of(
                    "%s describes the files of run %s (%s), the data set holds those of run %s (%s); run %s again"
                            .formatted(
                                    table.stored().id(),
                                    table.origin().run(),
                                    table.origin().snapshot(),
                                    entry.runId(),
                                    entry.snapshotDt(),
                                    maker));
        }
        List<String> published = entry.columns().stream()
                .map(column -> new CatalogColumn(column.name(), column.type(), ""))
                .collect(Collectors.collectingAndThen(Collectors.toList(), WantedTable::namesAndTypes));
        List<String> described = WantedTable.namesAndTypes(table.stored().columns());
        if (described.equals(published)) {
            return List.of();
        }
        List<String> lacking =
                published.stream().filter(column -> !described.contains(column)).toList();
        List<String> more =
                described.stream().filter(column -> !published.contains(column)).toList();
        return List.of("%s does not have the columns of its files (it lacks %s; it has %s); run %s again"
                .formatted(
                        table.stored().id(),
                        lacking.isEmpty() ? "none" : Names.list(lacking),
                        more.isEmpty() ? "none beyond, or another order" : Names.list(more),
                        maker));
    }

    private static Optional<String> typeOf(Staged table, String column) {
        return table.stored().columns().stream()
                .filter(found -> found.name().equals(column))
                .map(CatalogColumn::type)
                .findFirst();
    }

    private static String whichHasWhich(Map<?, List<String>> tables) {
        return tables.entrySet().stream()
                .map(entry -> "%s in %s".formatted(entry.getKey(), Names.list(entry.getValue())))
                .collect(Collectors.joining("; "));
    }
}
