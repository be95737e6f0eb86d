package com.omc.flywheel.common.storage;

import java.time.Instant;
import java.util.List;

/**
 * The objects under a folder, in the order of their keys, and when the store said so.
 *
 * @param objects what there is
 * @param storeTime the store's own clock at the answer; comparable with {@link StoredObject#lastModified} and with
 *     nothing of this machine
 */
public record Listing(List<StoredObject> objects, Instant storeTime) {
    public Listing {
        objects = List.copyOf(objects);
    }
}
