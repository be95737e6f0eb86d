package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.OwnTables;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.parallel.TablesInParallel;
import com.omc.flywheel.common.progress.Progress;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.TableOutcome.Change;
import com.omc.flywheel.common.versions.VersionRecord.VersionFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Builds versions of tables and sends readers from one to the next, each table by itself; the package's documentation has
 * the states.
 *
 * <p>Readers find a whole version at any time: the one before until the catalog is updated, the new one after. A run that
 * ends anywhere is settled by the next one that calls {@link #recover}. Whoever uses this holds the lease of the base
 * folder.
 */
public final class TableVersions {
    private static final String OTHERS = "the others are as they should be";

    private final JobContext context;
    private final VersionOptions options;
    private final TableCatalog catalog;
    private final QueryEngine engine;
    private final Progress progress;
    private final RunId run;
    private final Runnable requireHeld;
    private final OwnTables own;
    private final VersionRecords records;
    private final VersionCheck check;

    /**
     * The tables of one run.
     *
     * @param engine the one that the options name
     * @param requireHeld throws when another run has taken over what this one reads or writes
     */
    public TableVersions(JobContext context, QueryEngine engine, Runnable requireHeld, VersionOptions options) {
        this.context = context;
        this.options = options;
        this.catalog = context.catalog();
        this.engine = engine;
        this.progress = context.progress();
        this.run = context.runId();
        this.requireHeld = requireHeld;
        this.own = new OwnTables(catalog, options.job(), options.takeOver());
        this.records = new VersionRecords(context.store(), options.base(), requireHeld);
        this.check = new VersionCheck(context.store(), context.footers(), options.base());
    }

    /**
     * Brings to its end what runs before have left; gives a sentence for each version.
     *
     * @throws JobFailure naming every version that could not be settled; what it left stays
     */
    public List<String> recover() {
        List<VersionRecord> left = records.all().stream()
                .filter(version -> version.state() != VersionState.PUBLISHED)
                .filter(version -> !version.runId().equals(run))
                .toList();
        return new TablesInParallel(options.atATime(), "the others are settled")
                .run(left, version -> "%s of run %s".formatted(version.id(), version.runId()), this::settle);
    }

    /**
     * Makes every table hold what is wanted of it. One that does so already is not touched, or only described anew; one that
     * fails does not keep the others from being built, and goes on showing readers the version before.
     *
     * @throws JobFailure naming every table that failed; of the engine, before anything is written, when it can build none
     */
    public List<TableOutcome> bring(List<WantedTable> wanted) {
        return bring(wanted, Map.of());
    }

    /**
     * The same beside tables of which it is known already that they fail, and why: they are named with the others.
     *
     * @throws JobFailure as there, and whenever there is one of those
     */
    public List<TableOutcome> bring(List<WantedTable> wanted, Map<TableId, JobFailure> refused) {
        if (wanted.stream().map(WantedTable::table).distinct().count() < wanted.size()) {
            throw new IllegalArgumentException("a table is wanted twice");
        }
        wanted.stream().findFirst().ifPresent(this::prepare);
        progress.phase("bringing %d tables to their next version".formatted(wanted.size()), wanted.size());
        Map<TableId, Supplier<TableOutcome>> work = new LinkedHashMap<>();
        refused.forEach((table, failure) -> work.put(table, () -> {
            throw failure;
        }));
        wanted.forEach(table -> work.put(table.table(), () -> bringOne(table)));
        return new TablesInParallel(options.atATime(), OTHERS)
                .run(List.copyOf(work.entrySet()), table -> table.getKey().toString(), table -> table.getValue()
                        .get());
    }

    /** What an engine cannot do for one table it cannot do for any: they are all made in the same way. */
    private void prepare(WantedTable wanted) {
        VersionRecord version = VersionRecord.building(options.job(), run, options.engine(), wanted.table());
        engine.prepare(wanted.statement(version.temporary(), records.location(version)));
    }

    private TableOutcome bringOne(WantedTable wanted) {
        Optional<StoredTable> found = own.find(wanted.table());
        Optional<VersionRecord> held = options.force() ? Optional.empty() : found.flatMap(table -> held(wanted, table));
        Change change;
        VersionRecord version;
        if (held.isPresent()) {
            version = held.get();
            change = describe(wanted, found.orElseThrow(), version);
        } else {
            version = build(wanted, found);
            change = Change.BUILT;
        }
        int kept = retireOld(version);
        TableOutcome outcome = new TableOutcome(
                wanted.table(),
                change,
                version.rows(),
                wanted.buckets(),
                version.files().size(),
                version.bytes(),
                records.location(version),
                kept);
        progress.step("%s: %s, %,d rows in %,d files at %s"
                .formatted(outcome.table(), change, outcome.rows(), outcome.files(), outcome.location()));
        return outcome;
    }

    /** The version that readers are sent to, when it is what is wanted and still whole. */
    private Optional<VersionRecord> held(WantedTable wanted, StoredTable found) {
        if (!wanted.isHeldBy(found)) {
            return Optional.empty();
        }
        return TableOrigin.of(found)
                .flatMap(origin -> records.find(wanted.table(), origin.run()))
                .filter(version -> version.state() == VersionState.PUBLISHED)
                .filter(version -> VersionCheck.isAt(found, records.location(version)))
                .filter(this::isWhole);
    }

    private boolean isWhole(VersionRecord version) {
        List<VersionFile> named = version.files().stream()
                .map(file -> new VersionFile(file.key(), file.bytes(), 0))
                .toList();
        return new HashSet<>(named).equals(new HashSet<>(records.filesNow(version)));
    }

    private Change describe(WantedTable wanted, StoredTable found, VersionRecord version) {
        String jarVersion = TableOrigin.of(found).map(TableOrigin::jarVersion).orElse(context.jarVersion());
        TableDefinition definition =
                wanted.definition(options.job(), version.runId(), jarVersion, records.location(version));
        requireHeld.run();
        OwnTables.Change change = own.put(wanted.table(), Optional.of(found), definition);
        return change == OwnTables.Change.UNCHANGED ? Change.UNCHANGED : Change.DESCRIBED;
    }

    private VersionRecord build(WantedTable wanted, Optional<StoredTable> found) {
        Building building = new Building(VersionRecord.building(options.job(), run, options.engine(), wanted.table()));
        try {
            records.create(building.version);
            S3Uri location = records.location(building.version);
            TableId temporary = building.version.temporary();
            engine.run(wanted.statement(temporary, location), run, building::started);
            List<VersionFile> files = check.require(wanted, catalog.find(temporary), location);
            building.write(building.version.built(wanted.rows(), files));
            requireSameSource(wanted);
            records.requireUnsettled(building.version);
        } catch (RuntimeException e) {
            settleAfter(e, building.version);
            throw e;
        }
        return publish(wanted, found, building.version);
    }

    private void requireSameSource(WantedTable wanted) {
        if (catalog.find(wanted.source().id()).filter(wanted::isReadFrom).isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s was changed while %s was built from it, which stays as it is; start the job again"
                            .formatted(wanted.source().id(), wanted.table()));
        }
    }

    /**
     * The one step that readers notice, and what follows it.
     *
     * @param found the table as it was before anything was built: whatever another run has made of it since stays
     */
    private VersionRecord publish(WantedTable wanted, Optional<StoredTable> found, VersionRecord version) {
        TableDefinition definition =
                wanted.definition(options.job(), run, context.jarVersion(), records.location(version));
        requireHeld.run();
        try {
            own.put(wanted.table(), found, definition);
        } catch (JobFailure e) {
            if (!wasPublishedAllTheSame(version, e)) {
                // Whatever the catalog answered, an attempt before may have taken effect, and one look may be too
                // early.
                throw new JobFailure(
                        e.kind(),
                        "whether %s is sent to %s is not known (%s), so nothing is deleted; start the job again, or with --RECOVER_ONLY true"
                                .formatted(wanted.table(), records.location(version), e.getMessage()),
                        e);
            }
        }
        return endPublished(version);
    }

    /** An answer that was lost says nothing of the update: the catalog does. */
    private boolean wasPublishedAllTheSame(VersionRecord version, JobFailure failure) {
        try {
            return isPointedAt(version);
        } catch (JobFailure unread) {
            failure.addSuppressed(unread);
            return false;
        }
    }

    private VersionRecord endPublished(VersionRecord version) {
        requireHeld.run();
        // Its files are the other table's now, and stay.
        catalog.delete(version.temporary());
        VersionRecord published = version.published();
        records.write(published);
        return published;
    }

    private boolean isPointedAt(VersionRecord version) {
        return catalog.find(version.id())
                .filter(table -> VersionCheck.isAt(table, records.location(version)))
                .isPresent();
    }

    /** After a failure; when that cannot be done either, the next run does it. */
    private void settleAfter(RuntimeException failure, VersionRecord version) {
        try {
            settle(version);
        } catch (RuntimeException later) {
            failure.addSuppressed(later);
        }
    }

    private String settle(VersionRecord version) {
        requireHeld.run();
        stop(version);
        if (isPointedAt(version)) {
            endPublished(version.state() == VersionState.BUILDING ? asFound(version) : version);
            return "%s: readers are sent to the version of run %s, which had not ended"
                    .formatted(version.id(), version.runId());
        }
        catalog.delete(version.temporary());
        records.undo(version);
        return "%s: what run %s had built and readers were never sent to is deleted"
                .formatted(version.id(), version.runId());
    }

    /** A folder that grows while it is deleted would be left half-full. */
    private void stop(VersionRecord version) {
        if (version.state() != VersionState.BUILDING || version.engine() != EngineChoice.ATHENA) {
            return;
        }
        if (options.engine() != EngineChoice.ATHENA && !version.queryIds().isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "run %s has begun the query %s in Athena, which this run cannot stop; start the job with --ENGINE athena, and --RECOVER_ONLY true if no more is wanted of it"
                            .formatted(version.runId(), String.join(", ", version.queryIds())));
        }
        version.queryIds().forEach(engine::stop);
    }

    private VersionRecord asFound(VersionRecord version) {
        long rows = catalog.find(version.id()).map(WantedTable::rowsOf).orElse(0L);
        return version.built(rows, records.filesNow(version));
    }

    /**
     * Deletes the oldest versions beyond those that are kept; gives how many are left.
     *
     * <p>The catalog is asked again before each: whatever it names now stays.
     */
    private int retireOld(VersionRecord current) {
        List<VersionRecord> versions = records.of(current.id()).stream()
                .filter(version -> version.state() == VersionState.PUBLISHED)
                .collect(Collectors.toCollection(ArrayList::new));
        List<VersionRecord> others = versions.stream()
                .filter(version -> !version.runId().equals(current.runId()))
                .toList();
        int retired = 0;
        for (VersionRecord version : others.subList(0, Math.max(0, others.size() - options.keepVersions() + 1))) {
            if (!isPointedAt(version)) {
                records.retire(version);
                retired++;
            }
        }
        return versions.size() - retired;
    }

    /** The record of a version while its statement runs. */
    private final class Building {
        private VersionRecord version;

        Building(VersionRecord version) {
            this.version = version;
        }

        /** Kept here first: when it cannot be written, the query must be stopped all the same. */
        void started(String queryId) {
            if (!version.queryIds().contains(queryId)) {
                write(version.withQuery(queryId));
            }
        }

        void write(VersionRecord next) {
            version = next;
            records.write(next);
        }
    }
}
