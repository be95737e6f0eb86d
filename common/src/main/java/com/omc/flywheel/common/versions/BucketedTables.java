package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.HeldDataSets;
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
    private final Options options;
    private final VersionsRun run;

    public BucketedTables(JobContext context, QueryEngine engine, Options options) {
        this.context = context;
        this.options = options;
        this.run = new VersionsRun(context, engine, options.timeToLive(), "--BUCKETED_BASE", options.versions());
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
        run.requireDatabase("--FINAL_DB", options.database());
        run.requireRoom(staged.inTheWayOf(options.versions().base()));
        SortedSet<String> sources = staged.dataSets();
        sources.forEach(root -> run.requirePublished(S3Uri.parse(root), MAKER));
        try (HeldDataSets leases = run.leases()) {
            Map<String, List<Manifest>> manifests = new HashMap<>();
            for (String root : sources) {
                manifests.put(root, leases.hold(new DataSet(S3Uri.parse(root))).manifests());
            }
            TableVersions versions = run.hold(leases);
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
        return run.recover();
    }
}
