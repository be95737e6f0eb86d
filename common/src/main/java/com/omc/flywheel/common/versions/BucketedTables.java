package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSets;
import com.omc.flywheel.common.publish.HeldDataSets;
import com.omc.flywheel.common.publish.Holder;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the tables over published data sets into tables that are bucketed by a key, while nobody writes either; each copy
 * is switched to by itself.
 */
public final class BucketedTables {
    private static final Logger LOG = LoggerFactory.getLogger(BucketedTables.class);
    /** The job whose tables are copied. */
    private static final String MAKER = "register-staged-tables";

    private final JobContext context;
    private final QueryEngine engine;
    private final Options options;

    public BucketedTables(JobContext context, QueryEngine engine, Options options) {
        this.context = context;
        this.engine = engine;
        this.options = options;
    }

    /**
     * What is copied, and to where.
     *
     * @param staged the database of the tables that are read
     * @param stagedPrefix what their names begin with
     * @param tables which of them; all when empty
     * @param database where the copies are described
     * @param prefix what their names begin with
     * @param buckets how rows are placed
     * @param allowMixedSnapshots whether the tables may be of several snapshots
     * @param timeToLive how long this run may give no sign of life before another one takes its place
     * @param versions how versions are built and kept
     */
    public record Options(
            CatalogName staged,
            TablePrefix stagedPrefix,
            Optional<TablesFilter> tables,
            CatalogName database,
            TablePrefix prefix,
            Buckets buckets,
            boolean allowMixedSnapshots,
            Duration timeToLive,
            VersionOptions versions) {}

    /**
     * Copies them.
     *
     * @throws JobFailure MISSING_INPUT when there is nothing to copy; CONFLICT when the tables do not agree with each
     *     other, and when one does not agree with its manifest, after the others are copied; BUSY while another run holds
     *     a data set; and of whatever kind the first table failed with
     */
    public JobSummary run() {
        StagedTables staged =
                StagedTables.find(context.catalog(), options.staged(), options.stagedPrefix(), MAKER, options.tables());
        requireDatabase();
        requireRoom(staged);
        SortedSet<String> sources = staged.dataSets();
        sources.forEach(this::requirePublished);
        try (HeldDataSets leases = leases()) {
            Map<String, List<Manifest>> manifests = new HashMap<>();
            for (String root : sources) {
                manifests.put(root, leases.hold(new DataSet(S3Uri.parse(root))).manifests());
            }
            leases.hold(new DataSet(options.versions().base()));
            TableVersions versions = new TableVersions(context, engine, leases::requireHeld, options.versions());
            List<String> recovered = versions.recover();
            StagedSources.Copies copies = new StagedSources(MAKER, manifests)
                    .copies(
                            staged.tables(),
                            options.database(),
                            options.prefix(),
                            options.buckets(),
                            options.allowMixedSnapshots());
            copies.gone().forEach(table -> LOG.warn("skipped: {}", table));
            List<String> skipped = Stream.concat(staged.skipped().stream(), copies.gone().stream())
                    .toList();
            return new VersionsSummary(versions.bring(copies.wanted(), copies.refused()), skipped, recovered);
        }
    }

    /**
     * Only settles what runs before have left.
     *
     * @throws JobFailure MISSING_INPUT when no run has ever written to the base folder
     */
    public JobSummary recover() {
        requireKnown(base(), "so there is nothing to recover; check --BUCKETED_BASE");
        try (HeldDataSets leases = leases()) {
            leases.hold(new DataSet(options.versions().base()));
            TableVersions versions = new TableVersions(context, engine, leases::requireHeld, options.versions());
            return new VersionsSummary(List.of(), List.of(), versions.recover());
        }
    }

    private String base() {
        return options.versions().base().toString();
    }

    private void requireDatabase() {
        if (!context.catalog().databaseExists(options.database())) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "--FINAL_DB %s: there is no such database; create it, or check the name"
                            .formatted(options.database()));
        }
    }

    private void requireRoom(StagedTables staged) {
        List<String> around = staged.inTheWayOf(options.versions().base());
        if (!around.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "--BUCKETED_BASE %s lies in the folder of %s, whose readers would take its files for their own; choose another"
                            .formatted(base(), String.join(", ", around)));
        }
    }

    private void requirePublished(String root) {
        requireKnown(root, "though tables say that they come from there; run the job that writes it, then " + MAKER);
    }

    /** A lease in a folder that is no data set would make it look like one. */
    private void requireKnown(String root, String then) {
        if (!DataSets.isKnown(context.store(), new DataSet(S3Uri.parse(root)))) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT, "no run of this program has written to %s, %s".formatted(root, then));
        }
    }

    /** Every folder that this run reads or writes; one that it does both to is held once. */
    private HeldDataSets leases() {
        Holder holder = context.holder(options.versions().job(), options.timeToLive());
        return HeldDataSets.none(context.store(), holder, context.clock());
    }
}
