package com.omc.flywheel.common.storage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The port to an object store with S3's promises: a write is visible whole or not at all, and a listing shows every
 * write that ended before the listing began.
 *
 * <p>Every method follows all pages of an answer and throws
 * {@link com.omc.flywheel.common.failure.JobFailure}: MISSING_INPUT for a bucket that does not exist, ACCESS_DENIED
 * with the action that was refused, SERVICE when the store does not answer until the retries are used up.
 */
public interface ObjectStore {
    /** The folders directly under this one, in the order of their names; empty when there is nothing. */
    List<S3Uri> folders(S3Uri parent);

    /** Every object whose key begins with this folder's, in the order of the keys; empty when there is none. */
    default List<StoredObject> list(S3Uri folder) {
        return listWithTime(folder).objects();
    }

    /** The same, with the time by the store's own clock: of the last page, when there are several. */
    Listing listWithTime(S3Uri folder);

    /** The content of an object; empty when there is no such object. */
    Optional<byte[]> read(S3Uri object);

    /** True when there is an object of exactly this key. A bucket that is not there has none: the answer has no body. */
    boolean exists(S3Uri object);

    /** Creates or replaces an object. */
    void write(S3Uri object, byte[] content, String contentType);

    /**
     * Creates an object unless there is one of that key: exactly one of several callers with different contents succeeds.
     *
     * <p>A caller that repeats itself with the same content succeeds again, so an answer that was lost does no harm.
     *
     * @return false when the key holds other content, which stays
     */
    boolean create(S3Uri object, byte[] content, String contentType);

    /** Deletes these objects; one that is not there is no error. Callers name what they own, never what they listed. */
    void delete(Collection<S3Uri> objects);

    /** The multipart uploads under this folder that are neither completed nor aborted. */
    List<PendingUpload> pendingUploads(S3Uri folder);

    /**
     * Makes an upload the object that it was begun for.
     *
     * <p>When the store knows no such upload, an earlier request may have completed it and its answer been lost: then the
     * object is there, which counts as done. So no two uploads may be begun for one key.
     *
     * @param partEtags the tags of its parts, in their order
     * @throws com.omc.flywheel.common.failure.JobFailure CONFLICT when the upload is gone and the object is not there:
     *     somebody aborted it
     */
    void complete(PendingUpload upload, List<String> partEtags);

    /** Aborts an upload; one that is not there any more is no error. */
    void abort(PendingUpload upload);
}
