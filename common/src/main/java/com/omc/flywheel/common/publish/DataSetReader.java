package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.Listing;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
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
        return new DataSetState(
                pointer().flatMap(this::manifest),
                store.read(dataSet.snapshotDateFile()).map(date -> new String(date, StandardCharsets.UTF_8)),
                new Journal(store, dataSet).runs(listing.objects()),
                listing);
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
        S3Uri location = dataSet.manifest(pointer.snapshotDt());
        return store.read(location).map(content -> {
            Manifest manifest = json.read(content, Manifest.class, location);
            StoredJson.requireVersion(
                    "manifest " + location,
                    manifest.formatVersion(),
                    Manifest.FORMAT_VERSION,
                    StoredJson.RUN_ITS_VERSION + ", or move the data set away");
            return manifest;
        });
    }
}
