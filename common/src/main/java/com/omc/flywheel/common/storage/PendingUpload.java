package com.omc.flywheel.common.storage;

/**
 * A multipart upload that was begun and neither completed nor aborted: invisible to readers, and paid for.
 *
 * @param uri the object that it would become
 * @param uploadId the store's name for the upload
 */
public record PendingUpload(S3Uri uri, String uploadId) {}
