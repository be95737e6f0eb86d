package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;

/**
 * The port to a catalog of tables with the promises of the Glue Data Catalog: every call changes one table, or a batch of
 * partitions one by one; nothing spans tables.
 *
 * <p>Every method follows all pages of an answer and sends as many requests as the limits of a batch ask for. They throw
 * {@link com.omc.flywheel.common.failure.JobFailure}: ACCESS_DENIED with the action that was refused, on what, to whom,
 * and the grant that is missing, whether IAM or Lake Formation refused; SERVICE when the catalog does not answer until the
 * retries are used up.
 */
public interface TableCatalog {
    boolean databaseExists(CatalogName database);

    /** Creates a database; one that is there is no error. */
    void createDatabase(CatalogName database);

    /** The table; empty when there is none. A database that is not there has none. */
    Optional<StoredTable> find(TableId id);

    /**
     * The tables whose names begin with the prefix, in the order of their names.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure MISSING_INPUT when there is no such database
     */
    List<StoredTable> list(CatalogName database, TablePrefix prefix);

    /**
     * Creates a table. Repeated with the same definition, it succeeds: an answer that was lost does no harm.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure CONFLICT when there is a table of another definition;
     *     MISSING_INPUT when there is no such database
     */
    void create(TableId id, TableDefinition definition);

    /**
     * Changes a table in one step, keeping everything that the definition does not name: who owns it, parameters that
     * others have set, and so on. No version of it is archived.
     *
     * @param expected the table as the caller has seen it
     * @throws com.omc.flywheel.common.failure.JobFailure CONFLICT when somebody has changed or deleted it since
     */
    void update(StoredTable expected, TableDefinition definition);

    /** Takes a table out of the catalog; its files stay. One that is not there is no error. */
    void delete(TableId id);

    /** Every partition of a table, in no particular order. */
    List<StoredPartition> partitions(TableId id);

    /** Creates partitions; gives those that were not created, each with its reason. */
    List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> partitions);

    /** Replaces partitions by their values; gives those that were not replaced, each with its reason. */
    List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> partitions);

    /** Takes partitions out of the catalog; their files stay. Gives those that were not, each with its reason. */
    List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values);

    /**
     * Who reads files at a folder: what every table of every database, whoever made it and whatever its name, says of
     * where its files lie, if its location is this folder, contains it or lies in it.
     *
     * <p>A table gives its own location when it has no partition keys, or projects its partitions; with partition keys
     * also the location of every partition, wherever that is. Partitions of a table whose own location is unrelated to the
     * folder are not looked at.
     */
    List<NamedLocation> locationsAt(S3Uri root);
}
