package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.snapshot.SnapshotDate;

/** Where the files of a snapshot lie in a data set, and so what a run replaces. */
public enum Layout {
    /** A folder for each table, which holds one snapshot: a run replaces the one before. */
    CLUSTERED,
    /** A folder for each table, with a folder for each snapshot in it: a run replaces its own snapshot and no other. */
    PARTITIONED,
    /** The same for a data set that is one table: the folders of snapshots lie directly under its root. */
    PARTITIONED_ROOT;

    public boolean isPartitioned() {
        return this != CLUSTERED;
    }

    /** The folder of a table, from the root of the data set: empty, or with a slash at its end. */
    public String tableFolder(String table) {
        return this == PARTITIONED_ROOT ? "" : table + "/";
    }

    /** Where readers look for the files of a table's snapshot, from the root of the data set, with a slash at its end. */
    public String documented(String table, SnapshotDate snapshot) {
        return isPartitioned() ? tableFolder(table) + snapshot.folderName() + "/" : tableFolder(table);
    }

    /**
     * Where a run writes the files of a snapshot that is published already. The catalog switches from one to the other; who
     * lists folders finds the version before. The name is one that readers of a table's folder skip, and that no repair
     * takes for a partition.
     */
    String beside(String table, SnapshotDate snapshot, RunId run) {
        return "%s_snapshot_%s_run_%s/".formatted(tableFolder(table), snapshot, run);
    }

    /** Whether a run of one snapshot replaces what a run of another one published. */
    boolean replaces(SnapshotDate snapshot, SnapshotDate other) {
        return !isPartitioned() || snapshot.equals(other);
    }
}
