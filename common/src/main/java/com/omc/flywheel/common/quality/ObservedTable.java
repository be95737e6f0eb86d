package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.util.Optional;

/**
 * A table and where its rows come from.
 *
 * @param stored as the catalog has it
 * @param family the job that it is expected of, or that says that it described it
 * @param origin empty when it is not ours, or does not say where it comes from
 * @param source the data set that it names; empty when it names none
 */
record ObservedTable(
        StoredTable stored, Family family, Optional<TableOrigin> origin, Optional<ObservedDataSet> source) {

    TableId id() {
        return stored.id();
    }

    String folder() {
        return origin.map(TableOrigin::folder).orElse("");
    }

    /**
     * What the manifest says of the rows that the table shows or is a copy of; of a table over snapshots, the newest of
     * them.
     */
    Optional<TableEntry> entry() {
        if (origin.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        return family == Family.ID_TABLE
                ? source.get().entry(folder(), origin.get().snapshot())
                : source.get().entry(folder());
    }

    /** What the run has counted that wrote the rows which are looked at; empty for a copy of what another run wrote. */
    Optional<TableEntry> counted() {
        return entry().filter(entry -> !family.hasVersions() || isUpToDate());
    }

    /** The snapshot of the files that are looked at. */
    Optional<SnapshotDate> snapshotRead() {
        return family.hasVersions() ? origin.map(TableOrigin::snapshot) : entry().map(TableEntry::snapshotDt);
    }

    /** The run whose files it shows or is a copy of. */
    Optional<RunId> sourceRun() {
        return family.hasVersions() ? PublishedVersion.sourceRunOf(stored) : origin.map(TableOrigin::run);
    }

    /** Whether it describes, or is a copy of, what the manifest says now. */
    boolean isUpToDate() {
        return entry().isPresent() && sourceRun().equals(entry().map(TableEntry::runId));
    }
}
