package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;

/**
 * Tells data sets by what this program leaves in them; a folder that merely looks like one is none. Folders are listed, and
 * nothing in them is read.
 */
public final class DataSets {
    private DataSets() {}

    /** False when no run of this program has ever written there. */
    public static boolean isKnown(ObjectStore store, DataSet dataSet) {
        return store.folders(dataSet.root()).contains(dataSet.ours());
    }

    /** The folder itself when it is a data set, otherwise those directly under it that are, in the order of their names. */
    public static List<DataSet> under(ObjectStore store, S3Uri path) {
        DataSet itself = new DataSet(path);
        List<S3Uri> inside = store.folders(itself.root());
        if (inside.contains(itself.ours())) {
            return List.of(itself);
        }
        return inside.stream()
                .map(DataSet::new)
                .filter(candidate -> isKnown(store, candidate))
                .toList();
    }
}
