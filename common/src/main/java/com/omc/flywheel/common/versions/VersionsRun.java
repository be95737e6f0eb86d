package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSets;
import com.omc.flywheel.common.publish.HeldDataSets;
import com.omc.flywheel.common.publish.Holder;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Duration;
import java.util.List;

/** What every run that builds versions asks before it begins, and what it holds while it works. */
final class VersionsRun {
    private final JobContext context;
    private final QueryEngine engine;
    private final Duration timeToLive;
    private final String baseArgument;
    private final VersionOptions options;

    /**
     * A run.
     *
     * @param timeToLive how long it may give no sign of life before another one takes its place
     * @param baseArgument the argument that names the base folder
     */
    VersionsRun(
            JobContext context, QueryEngine engine, Duration timeToLive, String baseArgument, VersionOptions options) {
        this.context = context;
        this.engine = engine;
        this.timeToLive = timeToLive;
        this.baseArgument = baseArgument;
        this.options = options;
    }

    /** Every folder that this run reads or writes; one that it does both to is held once. */
    HeldDataSets leases() {
        Holder holder = context.holder(options.job(), timeToLive);
        return HeldDataSets.none(context.store(), holder, context.clock());
    }

    /** The tables of the base folder, which is held from now on; what is read is held before. */
    TableVersions hold(HeldDataSets leases) {
        leases.hold(new DataSet(options.base()));
        return new TableVersions(context, engine, leases::requireHeld, options);
    }

    /**
     * Only settles what runs before have left.
     *
     * @throws JobFailure MISSING_INPUT when no run has ever written to the base folder
     */
    JobSummary recover() {
        requireKnown(options.base(), "so there is nothing to recover; check " + baseArgument);
        try (HeldDataSets leases = leases()) {
            return new VersionsSummary(List.of(), List.of(), hold(leases).recover());
        }
    }

    void requireDatabase(String argument, CatalogName database) {
        if (!context.catalog().databaseExists(database)) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "%s %s: there is no such database; create it, or check the name".formatted(argument, database));
        }
    }

    /**
     * Makes sure that nobody takes what is built for rows of what is read.
     *
     * @param around the tables in whose folders the base lies
     */
    void requireRoom(List<String> around) {
        if (!around.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "%s %s lies in the folder of %s, whose readers would take its files for their own; choose another"
                            .formatted(baseArgument, options.base(), String.join(", ", around)));
        }
    }

    /**
     * Makes sure that tables are what they say that they are.
     *
     * @param root the data set that they say that they come from
     * @param maker the job that describes them
     */
    void requirePublished(S3Uri root, String maker) {
        requireKnown(root, "though tables say that they come from there; run the job that writes it, then " + maker);
    }

    /** A lease in a folder that is no data set would make it look like one. */
    private void requireKnown(S3Uri root, String then) {
        if (!DataSets.isKnown(context.store(), new DataSet(root))) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT, "no run of this program has written to %s, %s".formatted(root, then));
        }
    }
}
