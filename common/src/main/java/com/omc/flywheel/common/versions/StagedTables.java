package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.mapping.TableName;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables over published data sets that one job has described.
 *
 * @param tables those that are asked for, in the order of their names
 * @param skipped every other table of the prefix and why, a sentence each
 */
record StagedTables(List<Staged> tables, List<String> skipped) {
    StagedTables {
        tables = List.copyOf(tables);
        skipped = List.copyOf(skipped);
    }

    /**
     * One of them.
     *
     * @param name without its prefix
     */
    record Staged(TableName name, StoredTable stored, TableOrigin origin) {}

    /**
     * Lists them.
     *
     * @param maker the job whose tables count
     * @throws JobFailure MISSING_INPUT when there are none, BAD_ARGUMENT when one that is asked for is not there
     */
    static StagedTables find(
            TableCatalog catalog,
            CatalogName database,
            TablePrefix prefix,
            String maker,
            Optional<TablesFilter> filter) {
        TreeMap<TableName, Staged> staged = new TreeMap<>();
        List<String> skipped = new ArrayList<>();
        for (StoredTable table : catalog.list(database, prefix)) {
            Optional<TableName> name = nameOf(prefix, table);
            Optional<TableOrigin> origin = TableOrigin.of(table);
            if (name.isPresent()
                    && origin.filter(found -> found.job().equals(maker)).isPresent()) {
                staged.put(name.get(), new Staged(name.get(), table, origin.get()));
            } else {
                skipped.add("%s: %s".formatted(table.id(), reason(table, name, maker)));
            }
        }
        String owner = "%s.%s* of %s%s"
                .formatted(
                        database,
                        prefix,
                        maker,
                        skipped.isEmpty() ? "" : " (skipped: %s)".formatted(String.join("; ", skipped)));
        if (staged.isEmpty()) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT, "there is no table %s; run %s first".formatted(owner, maker));
        }
        List<TableName> known = List.copyOf(staged.keySet());
        List<TableName> asked = filter.map(names -> names.select(known, owner)).orElse(known);
        return new StagedTables(asked.stream().map(staged::get).toList(), skipped);
    }

    /** The data sets that their rows come from, in the order of their addresses: every run asks for them in the same. */
    SortedSet<String> dataSets() {
        SortedSet<String> roots = new TreeSet<>();
        tables.forEach(table -> roots.add(table.origin().dataSet().asFolder().toString()));
        return roots;
    }

    /** The tables whose files lie where those of others would be written, or the other way round. */
    List<String> inTheWayOf(S3Uri folder) {
        return tables.stream()
                .filter(table -> {
                    S3Uri location =
                            table.origin().dataSet().folder(table.origin().folder());
                    return location.contains(folder);
                })
                .map(table -> table.stored().id().toString())
                .toList();
    }

    private static Optional<TableName> nameOf(TablePrefix prefix, StoredTable table) {
        try {
            return prefix.without(table.id().table()).map(TableName::parse);
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static String reason(StoredTable table, Optional<TableName> name, String maker) {
        if (name.isEmpty()) {
            return "its name is none that a mapping has";
        }
        return TableOrigin.jobOf(table)
                .map(job -> job.equals(maker)
                        ? "it does not say where it comes from; run %s again".formatted(maker)
                        : "it is described by the job %s".formatted(job))
                .orElse("it was not made by this program");
    }
}
