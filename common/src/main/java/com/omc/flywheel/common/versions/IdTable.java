package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.partitions.PartTable;
import com.omc.flywheel.common.publish.HeldDataSets;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.query.SelectedColumn;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies the key of one snapshot of a partitioned table into a table of its own, twice: as the unique id of the row, which
 * AWS Entity Resolution asks for, and under its own name. Nobody writes the snapshot meanwhile, and readers are sent from
 * one version to the next in one step.
 */
public final class IdTable {
    /** The unique id of a row. */
    public static final ColumnName ROW_ID = new ColumnName("row_id");

    private final JobContext context;
    private final Options options;
    private final VersionsRun run;

    public IdTable(JobContext context, QueryEngine engine, Options options) {
        this.context = context;
        this.options = options;
        this.run = new VersionsRun(context, engine, options.timeToLive(), "--LOCATION", options.versions());
    }

    /**
     * What is copied, and to where.
     *
     * @param source the table that is read
     * @param target the table that is kept, in the same database
     * @param key the column that is copied
     * @param snapshot the one that is read; the newest when empty
     * @param timeToLive how long this run may give no sign of life before another one takes its place
     * @param versions how versions are built and kept
     */
    public record Options(
            TableId source,
            TableId target,
            ColumnName key,
            Optional<SnapshotDate> snapshot,
            Duration timeToLive,
            VersionOptions versions) {}

    /**
     * Copies it, unless that is done already.
     *
     * @throws JobFailure MISSING_INPUT when the table or its snapshot is not there; CONFLICT when the catalog does not have
     *     it as the manifest does; BAD_DATA when the key is no unique id of its rows; BUSY while another run holds the data
     *     set or the base folder
     */
    public JobSummary run() {
        run.requireDatabase("--DATABASE", options.target().database());
        PartTable source = source();
        boolean isAround = source.dataSet().root().contains(options.versions().base());
        run.requireRoom(isAround ? List.of(source.id().toString()) : List.of());
        requireNoNeighbour(source.dataSet().root());
        run.requirePublished(source.dataSet().root(), PartTable.DESCRIBED_BY);
        try (HeldDataSets leases = run.leases()) {
            List<Manifest> manifests = leases.hold(source.dataSet()).manifests();
            TableVersions versions = run.hold(leases);
            List<String> recovered = versions.recover();
            WantedTable wanted = wanted(source, chosen(source, manifests));
            return new VersionsSummary(versions.bring(List.of(wanted)), List.of(), recovered);
        }
    }

    /**
     * Only settles what runs before have left.
     *
     * @throws JobFailure MISSING_INPUT when no run has ever written to the base folder
     */
    public JobSummary recover() {
        return run.recover();
    }

    private PartTable source() {
        TableId id = options.source();
        StoredTable table = context.catalog()
                .find(id)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.MISSING_INPUT,
                        "--SOURCE_TABLE %s: there is no such table in the database %s; run %s first, or check the name"
                                .formatted(id.table(), id.database(), PartTable.DESCRIBED_BY)));
        PartTable.reasonToSkip(table).ifPresent(reason -> {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "--SOURCE_TABLE %s %s; name a table that %s has described, by snapshot"
                            .formatted(id.table(), reason, PartTable.DESCRIBED_BY));
        });
        return PartTable.of(table);
    }

    /** The job that describes the source is given its data set or the folder around that, and takes what it finds there. */
    private void requireNoNeighbour(S3Uri dataSet) {
        S3Uri base = options.versions().base();
        int around = dataSet.key().length() - dataSet.name().length() - 1;
        if (around < 0) {
            return;
        }
        S3Uri parent = new S3Uri(dataSet.bucket(), dataSet.key().substring(0, around));
        boolean isBeside = !base.name().isEmpty() && base.equals(parent.folder(base.name()));
        if (base.equals(parent) || isBeside) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "--LOCATION %s is the folder of the data set %s or lies beside it, where %s would take it for a data set; choose a folder elsewhere"
                            .formatted(base, dataSet, PartTable.DESCRIBED_BY));
        }
    }

    private Manifest chosen(PartTable source, List<Manifest> manifests) {
        List<Manifest> published = manifests.stream()
                .filter(manifest -> manifest.table(source.origin().folder()).isPresent())
                .toList();
        if (published.isEmpty()) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "no snapshot of %s is published in %s; write one, then run prepare-part-tables"
                            .formatted(source.id(), source.dataSet().root()));
        }
        return options.snapshot()
                .map(date -> published.stream()
                        .filter(manifest -> manifest.snapshotDt().equals(date))
                        .findFirst()
                        .orElseThrow(() -> new JobFailure(
                                FailureKind.MISSING_INPUT,
                                "--SNAPSHOT_DT %s: %s is not published in %s, which has %s; name one of these, or none for the newest"
                                        .formatted(
                                                date,
                                                source.id(),
                                                source.dataSet().root(),
                                                Names.list(published.stream()
                                                        .map(manifest -> manifest.snapshotDt()
                                                                .toString())
                                                        .toList())))))
                .orElseGet(() -> published.get(published.size() - 1));
    }

    private WantedTable wanted(PartTable source, Manifest manifest) {
        TableEntry entry = manifest.table(source.origin().folder()).orElseThrow();
        CatalogColumn key = key(source, entry);
        requireUniqueIds(source, entry);
        List<String> differences =
                source.differences(manifest, context.catalog().partitions(source.id()));
        if (!differences.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.CONFLICT,
                    "%s stays as it is, since the catalog does not have snapshot %s of %s as it is published; run prepare-part-tables first:"
                            .formatted(options.target(), entry.snapshotDt(), source.id()),
                    differences);
        }
        TableOrigin origin = new TableOrigin(
                source.origin().job(),
                source.dataSet().root(),
                entry.folder(),
                entry.snapshotDt(),
                entry.runId(),
                entry.mappingSha256(),
                entry.jarVersion());
        return copyOf(options.target(), source.stored(), origin, key, entry.rows());
    }

    /**
     * The table of ids over one snapshot of another table.
     *
     * @param origin of the snapshot
     * @param key the column that is copied, as the catalog has it
     * @param rows of the snapshot
     */
    public static WantedTable copyOf(
            TableId target, StoredTable source, TableOrigin origin, CatalogColumn key, long rows) {
        ColumnName name = new ColumnName(key.name());
        return new WantedTable(
                target,
                source,
                origin,
                List.of(new SelectedColumn(name, ROW_ID), SelectedColumn.of(name)),
                List.of(new CatalogColumn(ROW_ID.value(), key.type(), "unique id of the row: its " + name), key),
                Optional.empty(),
                rows);
    }

    /** The key as the catalog has it, which is the column that the manifest counts nulls and repeats of. */
    private CatalogColumn key(PartTable source, TableEntry entry) {
        String name = options.key().value();
        String counted = entry.bucketing().column();
        if (!counted.equals(name)) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "--KEY %s: the key of snapshot %s of %s is %s, and of no other column it is known whether its values are unique; name that one"
                            .formatted(name, entry.snapshotDt(), source.id(), counted));
        }
        String published = typeOf(entry, name);
        return source.stored().columns().stream()
                .filter(column -> column.name().equals(name) && column.type().equals(published))
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        FailureKind.CONFLICT,
                        "%s has no column %s of the type %s, which snapshot %s has; run %s again"
                                .formatted(source.id(), name, published, entry.snapshotDt(), PartTable.DESCRIBED_BY)));
    }

    private static String typeOf(TableEntry entry, String name) {
        return entry.columns().stream()
                .filter(column -> column.name().equals(name))
                .map(ColumnEntry::type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the manifest has no column %s, which its rows are placed by".formatted(name)));
    }

    /**
     * AWS Entity Resolution rejects a record whose unique id is missing or not unique within its table: user guide,
     * "Create a schema mapping".
     */
    private void requireUniqueIds(PartTable source, TableEntry entry) {
        List<String> problems = new ArrayList<>();
        if (entry.nullKeys() > 0) {
            problems.add("%,d of %,d rows have no %s".formatted(entry.nullKeys(), entry.rows(), options.key()));
        }
        if (entry.duplicateKeys() > 0) {
            problems.add("%,d of %,d rows have a %s that another row has"
                    .formatted(entry.duplicateKeys(), entry.rows(), options.key()));
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "%s stays as it is, since AWS Entity Resolution rejects records without a unique id (its user guide, \"Create a schema mapping\"), and snapshot %s of %s has some; have the producer mend the source, then write the snapshot again without --MAX_NULL_KEYS and --MAX_DUPLICATE_KEYS:"
                            .formatted(options.target(), entry.snapshotDt(), source.id()),
                    problems);
        }
    }
}
