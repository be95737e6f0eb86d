package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;

/** A catalog for whoever may look and change nothing: every change is a CONFLICT here, before the catalog is asked. */
public final class ReadOnlyCatalog implements TableCatalog {
    private final TableCatalog catalog;

    public ReadOnlyCatalog(TableCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public boolean databaseExists(CatalogName database) {
        return catalog.databaseExists(database);
    }

    @Override
    public Optional<StoredTable> find(TableId id) {
        return catalog.find(id);
    }

    @Override
    public List<StoredTable> list(CatalogName database, TablePrefix prefix) {
        return catalog.list(database, prefix);
    }

    @Override
    public List<StoredPartition> partitions(TableId id) {
        return catalog.partitions(id);
    }

    @Override
    public List<NamedLocation> locationsAt(S3Uri root) {
        return catalog.locationsAt(root);
    }

    @Override
    public void createDatabase(CatalogName database) {
        throw refused("create the database " + database);
    }

    @Override
    public void create(TableId id, TableDefinition definition) {
        throw refused("create the table " + id);
    }

    @Override
    public void update(StoredTable expected, TableDefinition definition) {
        throw refused("change the table " + expected.id());
    }

    @Override
    public void delete(TableId id) {
        throw refused("delete the table " + id);
    }

    @Override
    public List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> partitions) {
        throw refused("create partitions of " + id);
    }

    @Override
    public List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> partitions) {
        throw refused("change partitions of " + id);
    }

    @Override
    public List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values) {
        throw refused("delete partitions of " + id);
    }

    private static JobFailure refused(String what) {
        return new JobFailure(
                FailureKind.CONFLICT,
                "a plan was about to %s, and a plan changes nothing; report this as an error of this program"
                        .formatted(what));
    }
}
