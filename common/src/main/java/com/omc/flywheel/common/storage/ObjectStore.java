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
    List<StoredObject> list(S3Uri folder);

    /** The content of an object; empty when there is no such object. */
    Optional<byte[]> read(S3Uri object);

    /** True when there is an object of exactly this key. A bucket that is not there has none: the answer has no body. */
    boolean exists(S3Uri object);

    /** Creates or replaces an object. */
    void write(S3Uri object, byte[] content, String contentType);

    /** Deletes these objects; one that is not there is no error. Callers name what they own, never what they listed. */
    void delete(Collection<S3Uri> objects);

    /** The multipart uploads under this folder that are neither completed nor aborted. */
    List<PendingUpload> pendingUploads(S3Uri folder);

    /** Aborts an upload; one that is not there any more is no error. */
    void abort(PendingUpload upload);
}
