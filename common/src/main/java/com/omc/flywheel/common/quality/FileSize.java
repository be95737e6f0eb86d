package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;

/**
 * A file of a table, as a listing or a manifest has it.
 *
 * @param file where it is
 * @param bytes its size
 */
public record FileSize(S3Uri file, long bytes) {
    public FileSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("%s cannot have %d bytes".formatted(file, bytes));
        }
    }

    public static FileSize of(StoredObject object) {
        return new FileSize(object.uri(), object.bytes());
    }
}
