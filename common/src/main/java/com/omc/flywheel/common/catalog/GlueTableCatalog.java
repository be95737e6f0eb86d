package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * {@link TableCatalog} on the Glue Data Catalog or on anything that speaks its protocol. Close it to give back its
 * connections.
 *
 * <p>A table whose name {@link CatalogName} does not take, since Athena could not query it, is not listed but named in
 * the log; where its files lie is told.
 */
public final class GlueTableCatalog implements TableCatalog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GlueTableCatalog.class);
    // AWS Glue API reference: BatchCreatePartition, PartitionInputList.
    private static final int CREATED_AT_ONCE = 100;
    // AWS Glue API reference: BatchUpdatePartition, Entries.
    private static final int UPDATED_AT_ONCE = 100;
    // AWS Glue API reference: BatchDeletePartition, PartitionsToDelete.
    private static final int DELETED_AT_ONCE = 25;

    private final GlueConnection glue;

    private GlueTableCatalog(GlueConnection glue) {
        this.glue = glue;
    }

    /**
     * Connects lazily: before the first call, no region and no credentials are looked for and nothing is sent. Credentials
     * come from the SDK's default chain.
     */
    public static GlueTableCatalog connect(ServiceEndpoint endpoint) {
        return new GlueTableCatalog(new GlueConnection(endpoint, builder -> {}));
    }

    /** Connects without credentials, to a server that lets everyone in. */
    public static GlueTableCatalog connectAnonymously(ServiceEndpoint endpoint) {
        return new GlueTableCatalog(new GlueConnection(
                endpoint, builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create())));
    }

    /** How many HTTP requests this catalog has sent so far, each attempt of a repeated one counted. */
    public long requests() {
        return glue.requests();
    }

    @Override
    public boolean databaseExists(CatalogName database) {
        return glue.call("glue:GetDatabase", database.value(), client -> {
            try {
                client.getDatabase(request -> request.name(database.value()));
                return true;
            } catch (EntityNotFoundException absent) {
                return false;
            }
        });
    }

    @Override
    public void createDatabase(CatalogName database) {
        glue.call("glue:CreateDatabase", database.value(), client -> {
            try {
                return client.createDatabase(request -> request.databaseInput(input -> input.name(database.value())));
            } catch (AlreadyExistsException present) {
                return null;
            }
        });
    }

    @Override
    public Optional<StoredTable> find(TableId id) {
        return get(id).map(table -> GlueTables.stored(id, table));
    }

    @Override
    public List<StoredTable> list(CatalogName database, TablePrefix prefix) {
        return glue.call("glue:GetTables", database.value(), client -> {
            List<StoredTable> found = new ArrayList<>();
            try {
                // A regular expression to the letter of the API reference, while Glue takes a bare asterisk for a
                // wildcard: this means the same to both, nothing in a prefix being special to either.
                client.getTablesPaginator(request ->
                                request.databaseName(database.value()).expression(prefix.value() + ".*"))
                        .forEach(page -> page.tableList()
                                .forEach(table -> named(database, prefix, table).ifPresent(found::add)));
            } catch (EntityNotFoundException absent) {
                throw glue.failures().noDatabase("glue:GetTables", database, absent);
            }
            found.sort(Comparator.comparing(table -> table.id().table()));
            return found;
        });
    }

    @Override
    public void create(TableId id, TableDefinition definition) {
        String action = "glue:CreateTable";
        boolean created = glue.call(action, id.toString(), client -> {
            try {
                client.createTable(request -> request.databaseName(id.database().value())
                        .tableInput(GlueTables.created(id.table(), definition)));
                return true;
            } catch (AlreadyExistsException | ConcurrentModificationException present) {
                return false;
            } catch (EntityNotFoundException absent) {
                throw glue.failures().noDatabase(action, id.database(), absent);
            }
        });
        if (!created && find(id).filter(table -> table.isAsDefined(definition)).isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s on %s: there is a table of this name and of another definition, or somebody creates it at this moment; see whose it is, and start the job again or take another name"
                            .formatted(action, id));
        }
    }

    @Override
    public void update(StoredTable expected, TableDefinition definition) {
        String action = "glue:UpdateTable";
        TableId id = expected.id();
        Table present = get(id).filter(table -> version(table).equals(expected.version()))
                .orElseThrow(() -> changedMeanwhile(action, id));
        TableInput changed = GlueTables.changed(present, definition);
        boolean updated = glue.call(action, id.toString(), client -> {
            try {
                client.updateTable(request -> request.databaseName(id.database().value())
                        .tableInput(changed)
                        .versionId(present.versionId())
                        .skipArchive(true));
                return true;
            } catch (ConcurrentModificationException | EntityNotFoundException changedOrGone) {
                return false;
            }
        });
        // An update whose answer was lost is sent again by the SDK, and refused for the version that it made itself.
        if (!updated
                && find(id).filter(table -> isNext(table, expected, definition)).isEmpty()) {
            throw changedMeanwhile(action, id);
        }
    }

    @Override
    public void delete(TableId id) {
        glue.call("glue:DeleteTable", id.toString(), client -> {
            try {
                return client.deleteTable(
                        request -> request.databaseName(id.database().value())
                                .name(id.table().value()));
            } catch (EntityNotFoundException gone) {
                return null;
            }
        });
    }

    @Override
    public List<StoredPartition> partitions(TableId id) {
        return onPartitions("glue:GetPartitions", id, client -> {
            List<StoredPartition> found = new ArrayList<>();
            client.getPartitionsPaginator(
                            request -> request.databaseName(id.database().value())
                                    .tableName(id.table().value())
                                    .excludeColumnSchema(true))
                    .forEach(page -> page.partitions().forEach(partition -> found.add(GlueTables.stored(partition))));
            return found;
        });
    }

    @Override
    public List<PartitionProblem> createPartitions(TableId id, List<PartitionDefinition> partitions) {
        return inBatches(
                partitions,
                CREATED_AT_ONCE,
                batch -> onPartitions(
                        "glue:BatchCreatePartition",
                        id,
                        client -> problems(client.batchCreatePartition(request -> request.databaseName(
                                                id.database().value())
                                        .tableName(id.table().value())
                                        .partitionInputList(batch.stream()
                                                .map(GlueTables::partition)
                                                .toList()))
                                .errors())));
    }

    @Override
    public List<PartitionProblem> updatePartitions(TableId id, List<PartitionDefinition> partitions) {
        return inBatches(
                partitions,
                UPDATED_AT_ONCE,
                batch -> onPartitions("glue:BatchUpdatePartition", id, client -> client
                        .batchUpdatePartition(
                                request -> request.databaseName(id.database().value())
                                        .tableName(id.table().value())
                                        .entries(batch.stream()
                                                .map(GlueTableCatalog::entry)
                                                .toList()))
                        .errors()
                        .stream()
                        .map(error -> problem(error.partitionValueList(), error.errorDetail()))
                        .toList()));
    }

    @Override
    public List<PartitionProblem> deletePartitions(TableId id, List<List<String>> values) {
        return inBatches(
                values,
                DELETED_AT_ONCE,
                batch -> onPartitions(
                        "glue:BatchDeletePartition",
                        id,
                        client -> problems(client.batchDeletePartition(request -> request.databaseName(
                                                id.database().value())
                                        .tableName(id.table().value())
                                        .partitionsToDelete(batch.stream()
                                                .map(one -> PartitionValueList.builder()
                                                        .values(one)
                                                        .build())
                                                .toList()))
                                .errors())));
    }

    @Override
    public List<NamedLocation> locationsAt(S3Uri root) {
        return new GlueLocations(glue).at(root);
    }

    @Override
    public void close() {
        glue.close();
    }

    private Optional<Table> get(TableId id) {
        return glue.call("glue:GetTable", id.toString(), client -> {
            try {
                return Optional.of(client.getTable(
                                request -> request.databaseName(id.database().value())
                                        .name(id.table().value()))
                        .table());
            } catch (EntityNotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    private <T> T onPartitions(String action, TableId id, Function<GlueClient, T> call) {
        return glue.call(action, id.toString(), client -> {
            try {
                return call.apply(client);
            } catch (EntityNotFoundException absent) {
                throw glue.failures().noTable(action, id, absent);
            }
        });
    }

    private static Optional<StoredTable> named(CatalogName database, TablePrefix prefix, Table table) {
        if (!table.name().startsWith(prefix.value())) {
            return Optional.empty();
        }
        try {
            return Optional.of(GlueTables.stored(new TableId(database, new CatalogName(table.name())), table));
        } catch (IllegalArgumentException notOurs) {
            LOG.warn(
                    "table \"{}\" of database {} is left out: {}; rename it if a job is to see it",
                    table.name(),
                    database,
                    notOurs.getMessage());
            return Optional.empty();
        }
    }

    private static JobFailure changedMeanwhile(String action, TableId id) {
        return new JobFailure(
                FailureKind.CONFLICT,
                "%s on %s: somebody changed or deleted the table meanwhile; start the job again when nobody else works on it"
                        .formatted(action, id));
    }

    private static String version(Table table) {
        return table.versionId() == null ? "" : table.versionId();
    }

    /** True when this update, and no other one since, has made the table what it is. */
    private static boolean isNext(StoredTable table, StoredTable expected, TableDefinition definition) {
        return table.isAsDefined(definition) && next(expected.version()).equals(Optional.of(table.version()));
    }

    /** Versions count upwards by one; a version of another form has no next one that we know. */
    private static Optional<String> next(String version) {
        try {
            return Optional.of(Long.toString(Long.parseLong(version) + 1));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static <T> List<PartitionProblem> inBatches(
            List<T> all, int size, Function<List<T>, List<PartitionProblem>> send) {
        List<PartitionProblem> problems = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            problems.addAll(send.apply(all.subList(from, Math.min(from + size, all.size()))));
        }
        return problems;
    }

    private static BatchUpdatePartitionRequestEntry entry(PartitionDefinition partition) {
        return BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList(partition.values())
                .partitionInput(GlueTables.partition(partition))
                .build();
    }

    /** HTTP 200 with errors per partition: AWS Glue API reference, BatchCreatePartition. */
    private static List<PartitionProblem> problems(List<PartitionError> errors) {
        return errors.stream()
                .map(error -> problem(error.partitionValues(), error.errorDetail()))
                .toList();
    }

    private static PartitionProblem problem(List<String> values, ErrorDetail detail) {
        return detail == null
                ? new PartitionProblem(values, "", "no reason given")
                : new PartitionProblem(
                        values,
                        String.valueOf(detail.errorCode()),
                        detail.errorMessage() == null ? "no message" : detail.errorMessage());
    }
}
