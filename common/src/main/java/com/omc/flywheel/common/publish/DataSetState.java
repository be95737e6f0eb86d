package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.Journal.KnownRun;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.storage.Listing;
import com.omc.flywheel.common.storage.StoredObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a data set holds, by one listing and what is written in it.
 *
 * @param pointed what the pointer says; empty when there is none, or its manifest is not there
 * @param date what the file with the date says, for readers that know no manifest
 * @param runs the runs in the journal, the latest last
 * @param listing every object of the data set
 */
record DataSetState(Optional<Manifest> pointed, Optional<String> date, List<KnownRun> runs, Listing listing) {
    DataSetState {
        runs = List.copyOf(runs);
    }

    /** The last run that ended well, as the journal has it. */
    Optional<Done> lastDone() {
        return runs.stream()
                .map(KnownRun::last)
                .filter(Done.class::isInstance)
                .map(Done.class::cast)
                .reduce((earlier, later) -> later);
    }

    /** What the tables' folders hold when no run is unfinished: by the journal, of which the pointer is a copy. */
    Optional<Manifest> manifest() {
        return lastDone().map(Done::manifest).or(() -> pointed);
    }

    /** Whether all that describes the data set agrees; a run that slept through the loss of its lease may write it late. */
    boolean isDescribed() {
        return manifest()
                .filter(manifest -> pointed.equals(Optional.of(manifest))
                        && date.equals(Optional.of(manifest.snapshotDt().toString())))
                .isPresent();
    }

    /** True when a run with a later lease has ended well. */
    boolean isOvertaken(JournalMark mark) {
        return lastDone()
                .filter(done -> done.leaseNumber() > mark.leaseNumber())
                .isPresent();
    }

    /** The runs that somebody must finish or undo. */
    List<KnownRun> unfinished() {
        return runs.stream().filter(run -> !run.state().isFinal()).toList();
    }

    /** The objects by their keys from the root of the data set. */
    static Map<String, StoredObject> byKey(DataSet dataSet, List<StoredObject> objects) {
        Map<String, StoredObject> byKey = new HashMap<>();
        for (StoredObject object : objects) {
            byKey.put(dataSet.root().relativize(object.uri()), object);
        }
        return byKey;
    }
}
