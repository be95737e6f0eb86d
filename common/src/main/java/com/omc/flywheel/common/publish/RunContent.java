package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.List;

/**
 * What a run is going to write, as far as it must agree with what stays, or may be what is there already.
 *
 * @param job the job that writes the data set; no other may
 * @param layout where files lie
 * @param snapshot the snapshot that is read
 * @param sourceFingerprint the snapshot's files as they are now
 * @param mappingSha256 the checksum of the mapping; empty when there is none
 * @param bucketing how rows are placed
 * @param written how files are written
 * @param keyLimits how many keys may not be as they should
 * @param folders the tables that are written
 * @param onlyTheseTables whether the data set's other tables stay; otherwise they go
 * @param allowMixedSnapshots whether the tables that stay may be of another snapshot
 */
public record RunContent(
        String job,
        Layout layout,
        SnapshotDate snapshot,
        String sourceFingerprint,
        String mappingSha256,
        Bucketing bucketing,
        Written written,
        KeyLimits keyLimits,
        List<String> folders,
        boolean onlyTheseTables,
        boolean allowMixedSnapshots) {
    public RunContent {
        folders = List.copyOf(folders);
    }

    /** True when this run would write the same table again, and may. */
    boolean isIn(TableEntry table) {
        return table.snapshotDt().equals(snapshot)
                && table.source().fingerprint().equals(sourceFingerprint)
                && table.mappingSha256().equals(mappingSha256)
                && table.bucketing().equals(bucketing)
                && table.written().equals(written)
                && table.nullKeys() <= keyLimits.nulls()
                && table.duplicateKeys() <= keyLimits.duplicates();
    }

    /**
     * Limits of one table.
     *
     * @param nulls how many rows may have no key
     * @param duplicates how many rows may repeat a key
     */
    public record KeyLimits(long nulls, long duplicates) {}
}
