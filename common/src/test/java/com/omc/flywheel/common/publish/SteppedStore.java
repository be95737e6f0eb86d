package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.storage.Listing;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way of one process to a store, on which a test can step between any two calls. Each key of a delete is a call of
 * its own, since S3 may carry out any part of one.
 */
final class SteppedStore implements ObjectStore {
    private final ObjectStore store;
    private final Step before;
    private final Step after;
    private final boolean lastDeletedFirst;
    private final List<String> calls = new ArrayList<>();

    /** What happens before or after a call, the first being 1. */
    interface Step {
        void at(int call);
    }

    SteppedStore(ObjectStore store, Step before, Step after) {
        this(store, before, after, false);
    }

    /** The same, deleting the last key of several first if so told. */
    SteppedStore(ObjectStore store, Step before, Step after, boolean lastDeletedFirst) {
        this.store = store;
        this.before = before;
        this.after = after;
        this.lastDeletedFirst = lastDeletedFirst;
    }

    /** The calls that were begun. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private synchronized <T> T call(String verb, S3Uri subject, Supplier<T> effect) {
        calls.add(verb + " " + subject);
        int number = calls.size();
        before.at(number);
        T result = effect.get();
        after.at(number);
        return result;
    }

    private void run(String verb, S3Uri subject, Runnable effect) {
        call(verb, subject, () -> {
            effect.run();
            return true;
        });
    }

    @Override
    public List<S3Uri> folders(S3Uri parent) {
        return call("folders", parent, () -> store.folders(parent));
    }

    @Override
    public Listing listWithTime(S3Uri folder) {
        return call("list", folder, () -> store.listWithTime(folder));
    }

    @Override
    public Optional<byte[]> read(S3Uri object) {
        return call("read", object, () -> store.read(object));
    }

    @Override
    public boolean exists(S3Uri object) {
        return call("exists", object, () -> store.exists(object));
    }

    @Override
    public void write(S3Uri object, byte[] content, String contentType) {
        run("write", object, () -> store.write(object, content, contentType));
    }

    @Override
    public boolean create(S3Uri object, byte[] content, String contentType) {
        return call("create", object, () -> store.create(object, content, contentType));
    }

    @Override
    public void delete(Collection<S3Uri> objects) {
        List<S3Uri> ordered = new ArrayList<>(objects);
        if (lastDeletedFirst) {
            Collections.reverse(ordered);
        }
        ordered.forEach(object -> run("delete", object, () -> store.delete(List.of(object))));
    }

    @Override
    public List<PendingUpload> pendingUploads(S3Uri folder) {
        return call("pendingUploads", folder, () -> store.pendingUploads(folder));
    }

    @Override
    public void complete(PendingUpload upload, List<String> partEtags) {
        run("complete", upload.uri(), () -> store.complete(upload, partEtags));
    }

    @Override
    public void abort(PendingUpload upload) {
        run("abort", upload.uri(), () -> store.abort(upload));
    }
}
