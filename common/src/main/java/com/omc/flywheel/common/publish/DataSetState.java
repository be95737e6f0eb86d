package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.Journal.KnownRun;
import com.omc.flywheel.common.publish.JournalMark.Committing;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.Listing;
import com.omc.flywheel.common.storage.StoredObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a data set holds, by one listing and what is written in it.
 *
 * @param pointed what the pointer says; empty when there is none, or its manifest is not there
 * @param described the manifests that are stored: those of the snapshots that the journal knows, and the pointed one;
 *     all of a partitioned data set whose journal is gone
 * @param date what the file with the date says, for readers that know no manifest
 * @param runs the runs in the journal, the latest last
 * @param listing every object of the data set
 */
record DataSetState(
        Optional<Manifest> pointed,
        Map<SnapshotDate, Manifest> described,
        Optional<String> date,
        List<KnownRun> runs,
        Listing listing) {
    DataSetState {
        described = Map.copyOf(described);
        runs = List.copyOf(runs);
    }

    /** The runs that ended well and that no later one replaces, as the journal has them, by their snapshots. */
    List<Done> done() {
        return done(runs);
    }

    static List<Done> done(List<KnownRun> runs) {
        Map<SnapshotDate, Done> last = new TreeMap<>();
        for (KnownRun run : runs) {
            if (run.last() instanceof Done mark) {
                Manifest manifest = mark.manifest();
                last.keySet().removeIf(other -> manifest.layout().replaces(manifest.snapshotDt(), other));
                last.put(manifest.snapshotDt(), mark);
            }
        }
        return List.copyOf(last.values());
    }

    /**
     * What the tables' folders hold when no run is unfinished, the newest snapshot last: by the journal, of which all else
     * is a copy.
     */
    List<Manifest> manifests() {
        List<Done> done = done();
        if (!done.isEmpty()) {
            return done.stream().map(Done::manifest).toList();
        }
        return pointed.filter(manifest -> manifest.layout().isPartitioned())
                .map(manifest -> List.copyOf(new TreeMap<>(described).values()))
                .orElseGet(() -> pointed.stream().toList());
    }

    /** What a run of this snapshot finds in its place: of a clustered data set, whatever it holds. */
    Optional<Manifest> manifest(Layout layout, SnapshotDate snapshot) {
        return manifests().stream()
                .filter(manifest -> layout.replaces(snapshot, manifest.snapshotDt()))
                .reduce((older, newer) -> newer);
    }

    /** Whether all that describes the data set agrees; a run that slept through the loss of its lease may write it late. */
    boolean isDescribed() {
        List<Manifest> held = manifests();
        if (held.isEmpty()) {
            return false;
        }
        Manifest newest = held.get(held.size() - 1);
        return held.stream().allMatch(this::isDescribed)
                && pointed.equals(Optional.of(newest))
                && date.equals(Optional.of(newest.snapshotDt().toString()));
    }

    /** Whether the manifest is stored as the journal has it. */
    boolean isDescribed(Manifest manifest) {
        return manifest.equals(described.get(manifest.snapshotDt()));
    }

    /** True when a run with a later lease has ended well in the place of this one. */
    boolean isOvertaken(JournalMark mark) {
        if (!(mark instanceof Committing committing)) {
            return false;
        }
        Manifest meant = committing.manifest();
        return done().stream()
                .filter(done -> meant.layout()
                        .replaces(meant.snapshotDt(), done.manifest().snapshotDt()))
                .anyMatch(done -> done.leaseNumber() > mark.leaseNumber());
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
