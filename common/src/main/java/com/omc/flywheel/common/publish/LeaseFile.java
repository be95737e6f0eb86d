package com.omc.flywheel.common.publish;

import java.time.Instant;

/**
 * The content of one numbered file of a lease.
 *
 * @param heldSince when this run got the lease, by the store's clock
 * @param timeToLiveSeconds how long after the file was written the lease is over
 * @param released whether the run gave the lease back
 */
record LeaseFile(
        int formatVersion,
        RunId runId,
        String job,
        String process,
        Instant heldSince,
        long timeToLiveSeconds,
        boolean released) {
    static final int FORMAT_VERSION = 1;

    /** The same lease, given back. */
    LeaseFile asReleased() {
        return new LeaseFile(formatVersion, runId, job, process, heldSince, timeToLiveSeconds, true);
    }
}
