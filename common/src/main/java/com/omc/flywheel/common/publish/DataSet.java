package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;

/**
 * Where everything of one data set lies: a folder for each table, and what is ours in a folder that every reader skips.
 *
 * @param root for example {@code s3://lake/split_cluster/infobase_attributes/}
 */
public record DataSet(S3Uri root) {
    public DataSet {
        root = root.asFolder();
    }

    public S3Uri tableFolder(String folder) {
        return root.folder(folder);
    }

    /** The manifest of one snapshot. */
    public S3Uri manifest(SnapshotDate snapshot) {
        return ours().folder("manifests").folder(snapshot.folderName()).file("manifest.json");
    }

    /** The pointer to the manifest that describes what the folders hold now. */
    public S3Uri current() {
        return ours().file("current.json");
    }

    /** The date of the snapshot and nothing else, for readers that know no manifest. */
    public S3Uri snapshotDateFile() {
        return root.folder("metadata").file("snapshot_dt.txt");
    }

    /** An object that a run writes and deletes at once, to see whether it may. */
    public S3Uri permissionProbe(RunId run) {
        return ours().file("permission-probe-" + run);
    }

    private S3Uri ours() {
        return root.folder("_flywheel");
    }
}
