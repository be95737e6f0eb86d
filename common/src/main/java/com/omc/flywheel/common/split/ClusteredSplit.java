package com.omc.flywheel.common.split;

import com.omc.flywheel.common.evolution.SchemaEvolution;
import com.omc.flywheel.common.evolution.SchemaEvolution.Changes;
import com.omc.flywheel.common.evolution.SnapshotSchema;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.parallel.TablesInParallel;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Holder;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Source;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.publish.OutputCommit;
import com.omc.flywheel.common.publish.PublishingRun;
import com.omc.flywheel.common.publish.RunContent;
import com.omc.flywheel.common.publish.RunContent.KeyLimits;
import com.omc.flywheel.common.publish.WrittenFile;
import com.omc.flywheel.common.sizing.FilePlan;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.snapshot.SnapshotLocator;
import com.omc.flywheel.common.storage.DataSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a {@link SplitPlan}: reads the keys once, writes every table out of sight, checks it, and publishes all
 * tables together. When any table fails, none is published.
 */
public final class ClusteredSplit {
    private static final Logger LOG = LoggerFactory.getLogger(ClusteredSplit.class);

    private final JobContext context;
    private final SplitPlan plan;
    private final SplitOptions options;

    public ClusteredSplit(JobContext context, SplitPlan plan, SplitOptions options) {
        this.context = context;
        this.plan = plan;
        this.options = options;
    }

    /**
     * Runs, or with {@code dryRun} stops after the checks that need no Spark; when all of it is published already, it
     * stops there too, unless it is forced.
     *
     * @throws JobFailure naming every table that failed; the target is then as it was. BUSY when another run writes it.
     *     A failure after all tables are written says what it left to the next run
     */
    public SplitSummary run() {
        DataSetPublisher publisher = new DataSetPublisher(context.store(), options.target(), context.clock());
        boolean takeOver = options.publish().takeOver();
        requireBudget();
        Optional<Manifest> published = publisher.check(content(), takeOver);
        if (options.dryRun()) {
            requireReadableBeside(publisher::manifests);
            return SplitSummary.planned(plan, options, published.filter(manifest -> !options.publish()
                    .force()));
        }
        if (published.isPresent() && !options.publish().force()) {
            return SplitSummary.alreadyPublished(plan, options, published.get());
        }
        Holder holder = context.holder(options.job(), options.publish().timeToLive());
        try (HeldDataSet held = publisher.hold(holder)) {
            // A run that was recovered may have published just this.
            published = held.check(content(), takeOver);
            if (published.isPresent() && !options.publish().force()) {
                return SplitSummary.alreadyPublished(plan, options, published.get());
            }
            requireReadableBeside(held::manifests);
            return writeAndPublish(held);
        }
    }

    private void requireBudget() {
        List<String> over = plan.tables().stream()
                .flatMap(table -> table.over(options.budget(), plan.placement()).stream())
                .toList();
        if (options.strictBudget() && !over.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "--STRICT_COLUMN_BUDGET true, and tables have more columns than readers can see:",
                    over);
        }
        over.forEach(LOG::warn);
    }

    /** Time series: what is written must be one table with the snapshots beside it, which are not read for anything else. */
    private void requireReadableBeside(Supplier<List<Manifest>> manifests) {
        if (options.schema().isEmpty()) {
            return;
        }
        SnapshotSchema next = options.schema().get();
        List<Manifest> published = manifests.get();
        Changes changes = new SchemaEvolution(published.stream()
                        .filter(manifest -> !manifest.snapshotDt().equals(next.snapshot()))
                        .map(SnapshotSchema::of)
                        .toList())
                .of(next);
        changes.notes().forEach(note -> LOG.info("{}", note));
        List<String> problems = new ArrayList<>(changes.typeChanges());
        problems.addAll(otherPartitions(published, next.snapshot()));
        if (options.allowDroppedColumns()) {
            changes.missing().forEach(LOG::warn);
        } else {
            problems.addAll(changes.missing());
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "snapshot %s does not go with the snapshots in %s; mend it at the producer, or the mapping; missing columns may be left out with --ALLOW_DROPPED_COLUMNS true, a changed type needs another --TARGET_PATH:"
                            .formatted(next.snapshot(), options.target().root()),
                    problems);
        }
    }

    /** A table has the same partition columns in all snapshots, or it cannot be registered. */
    private List<String> otherPartitions(List<Manifest> published, SnapshotDate snapshot) {
        List<String> keys = names(plan.placement().partitionKeys());
        return published.stream()
                .filter(manifest -> !manifest.snapshotDt().equals(snapshot))
                .filter(manifest -> manifest.tables().stream()
                        .anyMatch(table -> !names(table.partitionKeys()).equals(keys)))
                .map(manifest ->
                        "snapshot %s is partitioned by %s, and this one would be by %s; give it the same --ID_BUCKETS (0 for none), or another --TARGET_PATH"
                                .formatted(
                                        manifest.snapshotDt(),
                                        names(manifest.tables().get(0).partitionKeys()),
                                        keys))
                .toList();
    }

    private static List<String> names(List<ColumnEntry> columns) {
        return columns.stream().map(ColumnEntry::name).toList();
    }

    private SplitSummary writeAndPublish(HeldDataSet held) {
        SparkSession spark = context.spark();
        SourceRows rows = new SourceRows(spark, plan);
        SplitFailures failures = new SplitFailures(spark, plan);
        KeyStatistics keys = readKeys(rows, failures);
        OutputCommit output = held.output(spark.sessionState().newHadoopConf());
        try (PublishingRun run = held.begin(content(), options.publish().takeOver(), output)) {
            TableWriter writer = new TableWriter(spark, plan, rows, options.target(), context.requests());
            List<TableEntry> written = writeTables(index -> {
                held.requireHeld();
                return writeTable(writer, failures, keys, output, run, index);
            });
            new SnapshotLocator(context.store(), context.clock())
                    .requireUnchanged(plan.source().folder());
            context.progress().phase("publishing " + plural(written.size(), "table"), 1);
            Manifest manifest = run.publish(written);
            context.progress().step("manifest written");
            return SplitSummary.published(plan, options, manifest);
        }
    }

    private RunContent content() {
        return new RunContent(
                options.job(),
                plan.placement().layout(),
                plan.source().folder().date(),
                plan.source().fingerprint(),
                options.mappingSha256().orElse(""),
                bucketing(),
                written(),
                new KeyLimits(options.maxNullKeys(), options.maxDuplicateKeys()),
                plan.tables().stream().map(TablePlan::folder).toList(),
                options.onlySomeTables(),
                options.allowMixedSnapshots());
    }

    private Written written() {
        return new Written(plan.targetFileSize().bytes(), options.kmsKeyId().orElse(""));
    }

    private KeyStatistics readKeys(SourceRows rows, SplitFailures failures) {
        context.progress()
                .phase(
                        "reading the key column of %,d rows"
                                .formatted(plan.source().rows()),
                        1);
        KeyStatistics keys;
        try {
            keys = rows.keyStatistics();
        } catch (Exception e) {
            // Spark throws checked exceptions that it does not declare.
            throw failures.of("reading the key column", List.of(plan.key()), e);
        }
        requireAllRows(keys);
        requireWithinLimits(keys);
        context.progress()
                .step("%,d rows in %d buckets, %,d without a key, %,d with a repeated one"
                        .formatted(keys.rows(), plan.buckets(), keys.nullKeys(), keys.duplicateKeys()));
        return keys;
    }

    private void requireAllRows(KeyStatistics keys) {
        if (keys.rows() != plan.source().rows()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "the footers of %s count %d rows, reading gave %d: files were added or removed while the job ran; start it again"
                            .formatted(
                                    plan.source().folder().uri(), plan.source().rows(), keys.rows()));
        }
    }

    private void requireWithinLimits(KeyStatistics keys) {
        List<String> problems = new ArrayList<>();
        if (keys.nullKeys() > options.maxNullKeys()) {
            problems.add("%,d rows have no %s, --MAX_NULL_KEYS allows %,d"
                    .formatted(keys.nullKeys(), plan.key().name(), options.maxNullKeys()));
        }
        if (keys.duplicateKeys() > options.maxDuplicateKeys()) {
            problems.add("%,d rows repeat a %s, --MAX_DUPLICATE_KEYS allows %,d"
                    .formatted(keys.duplicateKeys(), plan.key().name(), options.maxDuplicateKeys()));
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "the keys of %s are not as they should be; mend them at the producer, or raise the limit:"
                            .formatted(plan.source().folder().uri()),
                    problems);
        }
    }

    private List<TableEntry> writeTables(Function<Integer, TableEntry> writeTable) {
        int tables = plan.tables().size();
        context.progress().phase("writing " + plural(tables, "table"), tables);
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            indexes.add(i);
        }
        return new TablesInParallel(options.parallelism(), "none is published")
                .run(indexes, index -> plan.tables().get(index).folder(), writeTable);
    }

    private TableEntry writeTable(
            TableWriter writer,
            SplitFailures failures,
            KeyStatistics keys,
            OutputCommit commit,
            PublishingRun run,
            int index) {
        TablePlan table = plan.tables().get(index);
        FilePlan files = FilePlan.pack(keys.rowsPerBucket(), table.bytes(), plan.targetFileSize());
        List<WrittenFile> written;
        try {
            written = writer.write(table, run.location(table.folder()), files, commit, index);
        } catch (Exception e) {
            // As above: an exception of Hadoop may come out undeclared.
            throw failures.of("writing its files", table.columns(), e);
        }
        TableEntry entry = entry(table, run.location(table.folder()), keys, written);
        context.progress()
                .step("%s: %d columns, %s, %s"
                        .formatted(
                                table.folder(),
                                table.columns().size(),
                                DataSize.format(entry.bytes()),
                                plural(written.size(), "file")));
        return entry;
    }

    private TableEntry entry(TablePlan table, String location, KeyStatistics keys, List<WrittenFile> written) {
        SnapshotFolder snapshot = plan.source().folder();
        return new TableEntry(
                table.folder(),
                location,
                context.runId(),
                snapshot.date(),
                table.columnEntries(),
                plan.placement().partitionKeys(),
                table.over(options.budget(), plan.placement()).orElse(""),
                written.stream().mapToLong(WrittenFile::rows).sum(),
                keys.nullKeys(),
                keys.duplicateKeys(),
                bucketing(),
                written(),
                written.stream()
                        .map(file -> new FileEntry(
                                file.key(), file.bytes(), file.rows(), "", file.firstBucket(), file.lastBucket()))
                        .toList(),
                new Source(
                        snapshot.uri().toString(),
                        plan.source().fingerprint(),
                        snapshot.dataFiles().size(),
                        snapshot.bytes(),
                        options.droppedColumns()),
                options.mappingSha256().orElse(""),
                context.jarVersion());
    }

    private Bucketing bucketing() {
        return plan.placement().bucketing(plan.key().name().value());
    }

    private static String plural(int count, String noun) {
        return count == 1 ? "1 " + noun : "%,d %ss".formatted(count, noun);
    }
}
