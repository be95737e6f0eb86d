package com.omc.flywheel.common.catalog;

/** Where a table is found in the catalog. */
public record TableId(CatalogName database, CatalogName table) {

    public static TableId of(String database, String table) {
        return new TableId(new CatalogName(database), new CatalogName(table));
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
