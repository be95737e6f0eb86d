package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetStatus;
import com.omc.flywheel.common.publish.DataSetStatus.Fate;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.DataSetStatus.RunStatus;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.List;
import java.util.Optional;

/**
 * A data set as it was when it was looked at.
 *
 * @param status empty when it could not be read
 */
record ObservedDataSet(DataSet dataSet, Optional<DataSetStatus> status) {

    /** What is published, the newest snapshot first. */
    List<Manifest> published() {
        return status.map(DataSetStatus::published).orElse(List.of());
    }

    boolean isPartitioned() {
        return published().stream().anyMatch(manifest -> manifest.layout().isPartitioned());
    }

    /** The newest entry of a table. */
    Optional<TableEntry> entry(String folder) {
        return entries(folder).stream().findFirst();
    }

    /** All entries of a table, the newest snapshot first. */
    List<TableEntry> entries(String folder) {
        return published().stream()
                .flatMap(manifest -> manifest.table(folder).stream())
                .toList();
    }

    /** The entry of a table that holds a snapshot. */
    Optional<TableEntry> entry(String folder, SnapshotDate snapshot) {
        return entries(folder).stream()
                .filter(entry -> entry.snapshotDt().equals(snapshot))
                .findFirst();
    }

    List<RunStatus> unfinished() {
        return status.stream()
                .flatMap(read -> read.runs().stream())
                .filter(run -> run.fate() != Fate.ENDED)
                .toList();
    }

    boolean isHeld() {
        return status.filter(read -> read.lease().state() == LeaseState.HELD).isPresent();
    }

    /**
     * Who is writing it, or has been until it was killed, as a clause; empty when nobody is, and for a killed run that was
     * never visible: nothing that is found is its doing, and nothing of it passes.
     */
    Optional<String> writer() {
        if (isHeld()) {
            return status.flatMap(read -> read.lease().holder())
                    .map(holder -> "%s is being written by %s".formatted(dataSet.root(), holder));
        }
        return unfinished().stream()
                .filter(DataSetCheck::isVisible)
                .findFirst()
                .map(run -> "%s was being written by run %s, which has not ended".formatted(dataSet.root(), run.run()));
    }
}
