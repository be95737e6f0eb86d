package com.omc.flywheel.sequence.glue;

import java.util.List;

/** Where the catalog is kept between two starts. Each call has been done when it returns. */
interface CatalogFiles {
    /** Everything that was kept. */
    List<StoredDatabase> load();

    void keepDatabase(StoredDatabase database);

    /** Keeps a table that was not there, and forgets the partitions of an earlier one of its name. */
    void keepNewTable(String database, StoredTable table);

    /** Keeps a table without its partitions. */
    void keepTable(String database, StoredTable table);

    /** Keeps the partitions of a table that is kept already. */
    void keepPartitions(String database, StoredTable table);

    void forgetTable(String database, String table);

    /** Keeps nothing. */
    static CatalogFiles none() {
        return new CatalogFiles() {
            @Override
            public List<StoredDatabase> load() {
                return List.of();
            }

            @Override
            public void keepDatabase(StoredDatabase database) {}

            @Override
            public void keepNewTable(String database, StoredTable table) {}

            @Override
            public void keepTable(String database, StoredTable table) {}

            @Override
            public void keepPartitions(String database, StoredTable table) {}

            @Override
            public void forgetTable(String database, String table) {}
        };
    }
}
