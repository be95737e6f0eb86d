package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;

/**
 * What the keys of a table are like: counts, never a key.
 *
 * @param table its name
 * @param files those that were read
 * @param rows of all files
 * @param nullKeys the rows without a key
 * @param distinctKeys how many different keys there are
 * @param fingerprint stands for the keys
 */
public record TableKeys(
        String table, List<S3Uri> files, long rows, long nullKeys, long distinctKeys, KeyFingerprint fingerprint) {
    public TableKeys {
        files = List.copyOf(files);
    }

    /** The rows whose key another row has too, one row of each key not counted; as manifests count them. */
    public long duplicateKeys() {
        return rows - nullKeys - distinctKeys;
    }
}
