package com.omc.flywheel.jobs.prepareparttables;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.parallel.TablesInParallel;
import com.omc.flywheel.common.partitions.DataSetTidying;
import com.omc.flywheel.common.partitions.DataSetTidying.ReplacedVersions;
import com.omc.flywheel.common.partitions.OutdatedTables;
import com.omc.flywheel.common.partitions.PartTable;
import com.omc.flywheel.common.partitions.PartitionRepair;
import com.omc.flywheel.common.partitions.RepairedTable;
import com.omc.flywheel.common.partitions.Retention;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.HeldDataSets;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.query.Pause;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.query.RepairTable;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesSummary.PreparedDataSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the partitions of every registered table to what the manifests of its data set say; when all tables of a data set
 * are right, it deletes the versions that readers cannot come by any more, and the snapshots that are not to be kept.
 */
public final class PreparePartTablesJob {
    private static final Logger LOG = LoggerFactory.getLogger(PreparePartTablesJob.class);
    private static final String NAME = "prepare-part-tables";

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "brings the partitions of the registered tables in the catalog to what the manifests of their data sets say.",
            PreparePartTablesArguments.class,
            PreparePartTablesJob.class,
            PreparePartTablesJob::run);

    private final PreparePartTablesArguments arguments;
    private final JobContext context;
    private final Optional<Consumer<TableId>> statement;

    private PreparePartTablesJob(PreparePartTablesArguments arguments, JobContext context) {
        this.arguments = arguments;
        this.context = context;
        this.statement = statement();
    }

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(PreparePartTablesArguments arguments, JobContext context) {
        return new PreparePartTablesJob(arguments, context).run();
    }

    private JobSummary run() {
        List<StoredTable> found = find();
        List<String> skipped = found.stream()
                .flatMap(table ->
                        PartTable.reasonToSkip(table)
                                .map(reason -> "%s %s".formatted(table.id().table(), reason))
                                .stream())
                .toList();
        skipped.forEach(table -> LOG.warn("skipped: {}", table));
        List<PartTable> tables = found.stream()
                .filter(table -> PartTable.reasonToSkip(table).isEmpty())
                .map(PartTable::of)
                .toList();
        if (tables.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.MISSING_INPUT,
                    "no table %s* in the database %s is one that %s has described; run it first:"
                            .formatted(arguments.tablePrefix(), arguments.database(), PartTable.DESCRIBED_BY),
                    skipped);
        }
        Map<DataSet, List<PartTable>> byDataSet = tables.stream().collect(Collectors.groupingBy(PartTable::dataSet));
        context.progress().phase("preparing %d tables".formatted(tables.size()), tables.size());

        List<PreparedDataSet> prepared = new ArrayList<>();
        List<JobFailure> failures = new ArrayList<>();
        try (HeldDataSets held = HeldDataSets.hold(
                context.store(), byDataSet.keySet(), context.holder(NAME, arguments.timeToLive()), context.clock())) {
            held.all().forEach((dataSet, one) -> {
                try {
                    prepared.add(prepare(dataSet, one, byDataSet.get(dataSet)));
                } catch (JobFailure e) {
                    failures.add(e);
                }
            });
        }
        if (!failures.isEmpty()) {
            throw all(failures);
        }
        return new PreparePartTablesSummary(arguments.database(), prepared, skipped);
    }

    private List<StoredTable> find() {
        TableCatalog catalog = context.catalog();
        if (!catalog.databaseExists(arguments.database())) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "--DATABASE %s: the catalog has no such database; check the name and the region, or run %s first"
                            .formatted(arguments.database(), PartTable.DESCRIBED_BY));
        }
        List<StoredTable> found = catalog.list(arguments.database(), arguments.tablePrefix());
        if (found.isEmpty()) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "the database %s has no table %s*; run %s first, or check --TABLE_PREFIX"
                            .formatted(arguments.database(), arguments.tablePrefix(), PartTable.DESCRIBED_BY));
        }
        return found;
    }

    private PreparedDataSet prepare(DataSet dataSet, HeldDataSet held, List<PartTable> tables) {
        List<Manifest> manifests = held.manifests();
        if (manifests.isEmpty()) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "no snapshot is published in %s, which tables of the catalog come from; write one, then start the job again"
                            .formatted(dataSet.root()));
        }
        Retention retention = Retention.of(manifests, arguments.retainSnapshots());
        Set<SnapshotDate> leaving = arguments.retainDryRun() ? Set.of() : retention.leavingDates();
        List<String> warnings = OutdatedTables.warnings(dataSet, tables, manifests);
        warnings.forEach(LOG::warn);
        DataSetTidying tidying =
                DataSetTidying.beforePartitionsChange(NAME, dataSet, held, context.catalog(), manifests);
        PartitionRepair repair = new PartitionRepair(
                context.store(),
                context.catalog(),
                statement,
                arguments.dropStale(),
                held::requireHeld,
                Pause.sleeping());
        List<RepairedTable> repaired = inParallel().run(tables, PreparePartTablesJob::nameOf, table -> {
            RepairedTable done = repair.repair(table, manifests, leaving);
            context.progress()
                    .step("%s: %d partitions, %d added, %d switched, %d dropped"
                            .formatted(done.table(), done.wanted(), done.added(), done.switched(), done.dropped()));
            return done;
        });

        if (!leaving.isEmpty()) {
            tidying.requireNoOtherReaders(retention.leaving(), tables);
            // Before any file: whoever asks the catalog never comes by half a snapshot.
            inParallel().run(tables, PreparePartTablesJob::nameOf, table -> repair.drop(table, leaving));
        }
        ReplacedVersions replaced = tidying.deleteReplaced(arguments.retainDryRun() ? manifests : retention.kept());
        if (!leaving.isEmpty()) {
            tidying.retire(retention.leaving());
        }
        return new PreparedDataSet(dataSet, repaired, retention, arguments.retainDryRun(), replaced, warnings);
    }

    private TablesInParallel inParallel() {
        return new TablesInParallel(arguments.maxConcurrency(), "the others are prepared and no file is deleted");
    }

    private static String nameOf(PartTable table) {
        return table.id().toString();
    }

    /** Athena is asked before anything is held: a workgroup that cannot do it is an argument to mend. */
    private Optional<Consumer<TableId>> statement() {
        return arguments.athena().map(settings -> {
            QueryEngine athena = context.queries().athena(settings);
            return table -> athena.run(
                    new RepairTable(table), context.runId(), query -> LOG.info("{}: query {}", table, query));
        });
    }

    private static JobFailure all(List<JobFailure> failures) {
        JobFailure first = failures.get(0);
        if (failures.size() == 1) {
            return first;
        }
        JobFailure all = JobFailure.ofAll(
                first.kind(),
                "%d data sets failed:".formatted(failures.size()),
                failures.stream().map(JobFailure::getMessage).toList());
        failures.forEach(all::addSuppressed);
        return all;
    }
}
