package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.OwnTables;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.parallel.TablesInParallel;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.HeldDataSets;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings tables of a catalog to what their data sets say, and no other table near. */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    private final JobContext context;
    private final RegistrationOptions options;
    private final OwnTables tables;

    Registration(JobContext context, RegistrationOptions options) {
        this.context = context;
        this.options = options;
        this.tables = new OwnTables(context.catalog(), options.job(), options.takeOver());
    }

    /** Takes the data sets for this job. */
    static HeldDataSets hold(JobContext context, RegistrationOptions options, List<DataSet> dataSets) {
        return HeldDataSets.hold(
                context.store(), dataSets, context.holder(options.job(), options.timeToLive()), context.clock());
    }

    /** Throws MISSING_INPUT when the database is not there; tables are created by jobs, databases by people. */
    void requireDatabase() {
        if (!context.catalog().databaseExists(options.database())) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "%s: the catalog has no database %s; create it with: aws glue create-database --database-input Name=%s"
                            .formatted(options.databaseArgument(), options.database(), options.database()));
        }
    }

    /** What the catalog calls a table. */
    TableId idOf(String folder) {
        return new TableId(options.database(), options.prefix().nameOf(folder));
    }

    /**
     * Registers tables, several at a time.
     *
     * @throws JobFailure CONFLICT, before anything is changed, when two tables would have one name; naming every table that
     *     failed, when the others are registered
     */
    RegistrationSummary run(List<TableToRegister> wanted, List<String> notes, List<String> warnings) {
        requireNamesOfTheirOwn(wanted);
        notes.forEach(note -> LOG.info("{}", note));
        warnings.forEach(warning -> LOG.warn("{}", warning));
        int count = wanted.size();
        context.progress().phase(count == 1 ? "registering 1 table" : "registering %,d tables".formatted(count), count);
        List<RegisteredTable> registered = new TablesInParallel(options.parallelism(), "the others are registered")
                .run(wanted, table -> table.id().table().value(), this::register);
        List<String> all = Stream.concat(
                        warnings.stream(), registered.stream().flatMap(table -> table.warnings().stream()))
                .toList();
        return new RegistrationSummary(options.database(), registered, notes, all);
    }

    /**
     * The tables that this job made for a data set and that it has no more, a sentence each: they stay, for nobody but a
     * person can know who reads them.
     */
    List<String> abandoned(S3Uri dataSet, Collection<String> folders) {
        Set<CatalogName> known = folders.stream().map(options.prefix()::nameOf).collect(Collectors.toSet());
        return context.catalog().list(options.database(), options.prefix()).stream()
                .filter(table -> !known.contains(table.id().table()))
                .filter(table -> TableOrigin.of(table)
                        .filter(origin -> origin.job().equals(options.job()))
                        .filter(origin -> origin.dataSet().equals(dataSet))
                        .isPresent())
                .map(table ->
                        "table %s was registered for %s, which has no such table any more; it stays, drop it when nobody needs it"
                                .formatted(table.id(), dataSet))
                .toList();
    }

    private static void requireNamesOfTheirOwn(List<TableToRegister> wanted) {
        Map<String, List<String>> byName = new TreeMap<>();
        wanted.forEach(table -> byName.computeIfAbsent(table.id().toString(), name -> new ArrayList<>())
                .add("%s of %s".formatted(table.folder(), table.dataSet())));
        List<String> problems = byName.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "%s: %s".formatted(entry.getKey(), String.join(", ", entry.getValue())))
                .toList();
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.CONFLICT,
                    "several tables would have one name in the catalog; register their data sets with different prefixes:",
                    problems);
        }
    }

    private RegisteredTable register(TableToRegister table) {
        TableId id = table.id();
        Optional<StoredTable> found = tables.find(id);
        found.ifPresent(stored -> requireSameDataSet(stored, table.dataSet()));
        PlannedTable planned = table.plan().apply(found);
        TableDefinition definition = planned.definition();
        List<String> warnings = new ArrayList<>(planned.warnings());
        overBudget(id, definition).ifPresent(warnings::add);
        warnings.forEach(warning -> LOG.warn("{}", warning));
        table.held().requireHeld();
        OwnTables.Change change = tables.put(id, found, definition);
        context.progress()
                .step("%s: %s, %d columns, %,d rows"
                        .formatted(id, change, definition.columns().size(), planned.rows()));
        return new RegisteredTable(
                id, change, definition.columns().size(), planned.rows(), definition.location(), warnings);
    }

    private void requireSameDataSet(StoredTable stored, S3Uri dataSet) {
        Optional<S3Uri> other =
                TableOrigin.of(stored).map(TableOrigin::dataSet).filter(origin -> !origin.equals(dataSet));
        if (other.isPresent() && !options.takeOver()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s describes the data set %s and would describe %s; choose another prefix or database, or let this run change it with --TAKE_OVER true"
                            .formatted(stored.id(), other.get(), dataSet));
        }
    }

    private Optional<String> overBudget(TableId id, TableDefinition definition) {
        Optional<String> over = options.budget()
                .exceededBy(id.toString(), names(definition.columns()), names(definition.partitionKeys()));
        if (over.isPresent() && options.strictBudget()) {
            throw new JobFailure(FailureKind.BAD_DATA, "--STRICT_COLUMN_BUDGET true: " + over.get());
        }
        return over;
    }

    private static List<String> names(List<CatalogColumn> columns) {
        return columns.stream().map(CatalogColumn::name).toList();
    }
}
