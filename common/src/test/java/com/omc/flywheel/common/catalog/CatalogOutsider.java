package com.omc.flywheel.common.catalog;

/** Somebody else at work in the same catalog, who sees and sets what the port does not. */
public interface CatalogOutsider {
    /** Sets one parameter of a table and leaves the rest of it alone. */
    void setParameter(TableId table, String name, String value);

    void setOwner(TableId table, String owner);

    /** The owner of a table; empty when it has none. */
    String owner(TableId table);

    /** Creates a table without partitions whose name Athena does not take. */
    void createTable(CatalogName database, String name, String location);

    /** Creates a view: a table without any storage. */
    void createView(TableId view);
}
