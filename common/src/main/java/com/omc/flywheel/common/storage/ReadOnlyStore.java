package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A store for whoever may look and change nothing: every write is a CONFLICT here, before the store is asked. */
public final class ReadOnlyStore implements ObjectStore {
    private final ObjectStore store;

    public ReadOnlyStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public List<S3Uri> folders(S3Uri parent) {
        return store.folders(parent);
    }

    @Override
    public Listing listWithTime(S3Uri folder) {
        return store.listWithTime(folder);
    }

    @Override
    public Optional<byte[]> read(S3Uri object) {
        return store.read(object);
    }

    @Override
    public boolean exists(S3Uri object) {
        return store.exists(object);
    }

    @Override
    public List<PendingUpload> pendingUploads(S3Uri folder) {
        return store.pendingUploads(folder);
    }

    @Override
    public void write(S3Uri object, byte[] content, String contentType) {
        throw refused("write " + object);
    }

    @Override
    public boolean create(S3Uri object, byte[] content, String contentType) {
        throw refused("create " + object);
    }

    @Override
    public void delete(Collection<S3Uri> objects) {
        throw refused("delete %,d objects".formatted(objects.size()));
    }

    @Override
    public void complete(PendingUpload upload, List<String> partEtags) {
        throw refused("complete an upload");
    }

    @Override
    public void abort(PendingUpload upload) {
        throw refused("abort an upload");
    }

    private static JobFailure refused(String what) {
        return new JobFailure(
                FailureKind.CONFLICT,
                "a plan was about to %s, and a plan changes nothing; report this as an error of this program"
                        .formatted(what));
    }
}
