package com.omc.flywheel.common.snapshot;

import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.util.List;

/**
 * One snapshot that was found complete.
 *
 * @param date the day it describes
 * @param uri its folder
 * @param dataFiles its Parquet files in the order of their keys, at least one
 */
public record SnapshotFolder(SnapshotDate date, S3Uri uri, List<StoredObject> dataFiles) {
    public SnapshotFolder {
        dataFiles = List.copyOf(dataFiles);
    }

    /** The size of all data files. */
    public long bytes() {
        return dataFiles.stream().mapToLong(StoredObject::bytes).sum();
    }
}
