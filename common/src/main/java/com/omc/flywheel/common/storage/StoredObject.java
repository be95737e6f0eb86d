package com.omc.flywheel.common.storage;

import java.time.Instant;

/**
 * What a listing says of one object.
 *
 * @param uri where it is
 * @param bytes its size
 * @param etag the store's tag of its content, without quotation marks; it changes when the content changes
 * @param lastModified when it was written, by the store's clock
 */
public record StoredObject(S3Uri uri, long bytes, String etag, Instant lastModified) {
    /** True for what consoles and connectors leave to make an empty folder visible. */
    public boolean isFolderMarker() {
        return bytes == 0 && uri.key().endsWith("/");
    }
}
