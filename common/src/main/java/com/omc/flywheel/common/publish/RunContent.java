package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.List;

/**
 * What a run is going to write, as far as it must agree with what stays.
 *
 * @param job the job that writes the data set; no other may
 * @param snapshot the snapshot that is read
 * @param sourceFingerprint the snapshot's files as they are now
 * @param bucketing how rows are placed
 * @param folders the tables that are written
 * @param onlyTheseTables whether the data set's other tables stay; otherwise they go
 */
public record RunContent(
        String job,
        SnapshotDate snapshot,
        String sourceFingerprint,
        Bucketing bucketing,
        List<String> folders,
        boolean onlyTheseTables) {
    public RunContent {
        folders = List.copyOf(folders);
    }
}
