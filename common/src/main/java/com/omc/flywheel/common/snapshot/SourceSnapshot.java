package com.omc.flywheel.common.snapshot;

import com.omc.flywheel.common.storage.S3Uri;

/**
 * What was found of a snapshot in one source when the snapshot was decided.
 *
 * @param source the folder of the {@code snapshot_dt=YYYY-MM-DD} folders
 * @param newest the newest date that the source had, which need not be the one that was decided
 * @param files how many data files the decided one had, at least one
 * @param bytes the size of these
 */
public record SourceSnapshot(S3Uri source, SnapshotDate newest, int files, long bytes) {
    public SourceSnapshot {
        source = source.asFolder();
        if (files < 1 || bytes < 0) {
            throw new IllegalArgumentException("%s with %d files of %d bytes".formatted(source, files, bytes));
        }
    }
}
