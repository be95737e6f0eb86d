package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.parallel.TablesInParallel;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where every table and partition of a database says that its files lie: what no file may be deleted under. */
public final class DatabaseLocations {
    /** Every name that {@link CatalogName} takes begins with one of these. */
    private static final String FIRST_LETTERS = "_abcdefghijklmnopqrstuvwxyz";

    private final Map<String, List<CatalogLocation>> byTable;

    private DatabaseLocations(Map<String, List<CatalogLocation>> byTable) {
        this.byTable = byTable;
    }

    /**
     * Asks the catalog for every table of the database, whoever made it, and for every partition of each.
     *
     * @param atATime for how many tables at a time
     */
    public static DatabaseLocations read(TableCatalog catalog, CatalogName database, int atATime) {
        List<StoredTable> tables = FIRST_LETTERS
                .chars()
                .mapToObj(letter -> new TablePrefix(Character.toString(letter)))
                .flatMap(prefix -> catalog.list(database, prefix).stream())
                .toList();
        List<List<CatalogLocation>> locations = new TablesInParallel(atATime, "nothing is deleted")
                .run(tables, table -> table.id().toString(), table -> locations(catalog, table));
        Map<String, List<CatalogLocation>> byTable = new TreeMap<>();
        for (int i = 0; i < tables.size(); i++) {
            byTable.put(tables.get(i).id().toString(), locations.get(i));
        }
        return new DatabaseLocations(byTable);
    }

    private static List<CatalogLocation> locations(TableCatalog catalog, StoredTable table) {
        List<CatalogLocation> locations = new ArrayList<>();
        if (!table.partitionKeys().isEmpty()) {
            catalog.partitions(table.id())
                    .forEach(partition -> locations.add(new CatalogLocation(partition.location())));
        } else if (!table.location().isBlank()) {
            locations.add(new CatalogLocation(table.location()));
        }
        return locations;
    }

    /** The tables whose readers may come by files of this folder. */
    public List<String> readersOf(S3Uri folder) {
        CatalogLocation asked = CatalogLocation.of(folder);
        return byTable.entrySet().stream()
                .filter(table -> table.getValue().stream().anyMatch(asked::overlaps))
                .map(Map.Entry::getKey)
                .toList();
    }
}
