package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.Journal.KnownRun;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.Listing;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a data set says of itself. */
final class DataSetReader {
    private final ObjectStore store;
    private final DataSet dataSet;
    private final StoredJson json = new StoredJson();

    DataSetReader(ObjectStore store, DataSet dataSet) {
        this.store = store;
        this.dataSet = dataSet;
    }

    DataSetState read() {
        Listing listing = store.listWithTime(dataSet.root());
        List<KnownRun> runs = new Journal(store, dataSet).runs(listing.objects());
        List<Done> done = DataSetState.done(runs);
        Map<SnapshotDate, Manifest> described = new HashMap<>();
        Optional<Manifest> pointed = pointer().flatMap(this::manifest);
        pointed.ifPresent(manifest -> described.put(manifest.snapshotDt(), manifest));
        List<SnapshotDate> others = done.isEmpty() && isPartitioned(pointed)
                ? storedManifests(listing)
                : done.stream().map(mark -> mark.manifest().snapshotDt()).toList();
        for (SnapshotDate snapshot : others) {
            if (!described.containsKey(snapshot)) {
                manifest(snapshot).ifPresent(manifest -> described.put(snapshot, manifest));
            }
        }
        Layout layout = done.stream()
                .map(mark -> mark.manifest().layout())
                .findFirst()
                .or(() -> pointed.map(Manifest::layout))
                .orElse(Layout.CLUSTERED);
        return new DataSetState(pointed, described, date(layout), runs, listing);
    }

    private static boolean isPartitioned(Optional<Manifest> pointed) {
        return pointed.filter(manifest -> manifest.layout().isPartitioned()).isPresent();
    }

    private List<SnapshotDate> storedManifests(Listing listing) {
        return listing.objects().stream()
                .map(StoredObject::uri)
                .flatMap(object -> dataSet.snapshotOfManifest(object).stream())
                .toList();
    }

    private Optional<String> date(Layout layout) {
        return store.read(dataSet.snapshotDateFile(layout)).map(date -> new String(date, StandardCharsets.UTF_8));
    }

    /**
     * The manifest that the pointer names; empty without a pointer.
     *
     * @throws JobFailure CONFLICT when it is not there or of another version
     */
    Optional<Manifest> current() {
        return pointer().map(pointer -> manifest(pointer)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.CONFLICT,
                        "%s names the manifest %s, which is not there; run the job that writes it with --RECOVER_ONLY true"
                                .formatted(dataSet.current(), dataSet.manifest(pointer.snapshotDt())))));
    }

    Optional<CurrentPointer> pointer() {
        return store.read(dataSet.current())
                .map(content -> json.read(content, CurrentPointer.class, dataSet.current()));
    }

    Optional<Manifest> manifest(CurrentPointer pointer) {
        return manifest(pointer.snapshotDt());
    }

    private Optional<Manifest> manifest(SnapshotDate snapshot) {
        S3Uri location = dataSet.manifest(snapshot);
        return store.read(location).map(content -> {
            return json.readVersion(
                    content,
                    Manifest.class,
                    location,
                    "manifest " + location,
                    Manifest.FORMAT_VERSION,
                    StoredJson.RUN_ITS_VERSION + ", or move the data set away");
        });
    }
}
