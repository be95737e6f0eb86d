package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;

/** Finds data sets by what this program leaves in them; a folder that merely looks like one is none. */
final class DataSetsUnder {
    private DataSetsUnder() {}

    static boolean isDataSet(ObjectStore store, S3Uri folder) {
        DataSet dataSet = new DataSet(folder);
        return store.folders(dataSet.root()).contains(dataSet.ours());
    }

    /** The folder itself when it is a data set, otherwise those directly under it that are, in the order of their names. */
    static List<S3Uri> find(ObjectStore store, S3Uri path) {
        S3Uri folder = path.asFolder();
        List<S3Uri> inside = store.folders(folder);
        if (inside.contains(new DataSet(folder).ours())) {
            return List.of(folder);
        }
        return inside.stream().filter(candidate -> isDataSet(store, candidate)).toList();
    }
}
